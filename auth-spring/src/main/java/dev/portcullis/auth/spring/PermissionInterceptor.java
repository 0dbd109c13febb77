package dev.portcullis.auth.spring;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Decision;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FilterSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Enforces {@link RequiresPermission} on the handler that is about to run. */
final class PermissionInterceptor implements HandlerInterceptor {

    private static final String PERMITTED_ATTRIBUTE = PermissionInterceptor.class.getName() + ".permitted";
    private static final Decision PERMITTED = new Decision.Permitted();

    private final MethodRequirements requirements;
    private final FilterSettings settings;

    PermissionInterceptor(MethodRequirements requirements, FilterSettings settings) {
        this.requirements = requirements;
        this.settings = settings;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        Set<String> required = requirements.of(handler);
        Object place = handler instanceof HandlerMethod method ? method.getMethod() : handler;
        if (required.isEmpty() || place.equals(request.getAttribute(PERMITTED_ATTRIBUTE))) {
            return true; // a request that comes back to its handler, with its answer, is not judged again
        }
        long start = System.nanoTime();
        Caller caller = AuthenticationFilter.callerOf(request);
        Decision decision = decide(caller, required);
        settings.tell(AuthEvent.of(decision, caller, System.nanoTime() - start));
        if (decision instanceof Decision.Refused refused) {
            settings.refusalsFor(request).refuse(response, refused);
            return false;
        }
        request.setAttribute(PERMITTED_ATTRIBUTE, place);
        return true;
    }

    private static Decision decide(@Nullable Caller caller, Set<String> required) {
        if (caller == null) {
            return new Decision.Refused(Reason.NO_CREDENTIALS, Set.of());
        }
        return caller.permissions().containsAll(required)
                ? PERMITTED
                : new Decision.Refused(Reason.MISSING_PERMISSION, required);
    }
}
