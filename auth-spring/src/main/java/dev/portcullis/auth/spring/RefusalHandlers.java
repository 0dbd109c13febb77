package dev.portcullis.auth.spring;

import dev.portcullis.auth.Decision;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.servlet.FilterSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Writes what Spring Security has refused, in the words of {@link Reason}. */
final class RefusalHandlers implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final Decision.Refused NOT_OPEN = new Decision.Refused(Reason.ROUTE_NOT_OPEN, Set.of());

    private static final Decision.Refused NOT_SIGNED_IN = new Decision.Refused(Reason.NO_CREDENTIALS, Set.of());

    private final FilterSettings settings;

    RefusalHandlers(FilterSettings settings) {
        this.settings = settings;
    }

    /**
     * Answers who is not signed in and must be. Every other exception is the application's own: it comes here because
     * Spring Security cannot tell a credential that was refused from, say, a controller's own log-in that has failed.
     */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException problem)
            throws IOException {
        boolean ours = problem instanceof AuthenticationCredentialsNotFoundException
                || (problem instanceof InsufficientAuthenticationException
                        && problem.getCause() instanceof AccessDeniedException);
        if (!ours) {
            throw problem;
        }
        RuleRefusal refusal = problem.getCause() instanceof AccessDeniedException denial ? refusal(denial) : null;
        settings.refusalsFor(request).refuse(response, refusal == null ? NOT_SIGNED_IN : refusal.decision());
    }

    /** Answers who is signed in and may not go on. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial)
            throws IOException {
        settings.refusalsFor(request).refuse(response, decision(denial));
    }

    private static @Nullable AuthorizationResult result(AccessDeniedException denial) {
        return denial instanceof AuthorizationDeniedException denied ? denied.getAuthorizationResult() : null;
    }

    private static @Nullable RuleRefusal refusal(AccessDeniedException denial) {
        return result(denial) instanceof RuleRefusal refusal ? refusal : null;
    }

    private static Decision.Refused decision(AccessDeniedException denial) {
        AuthorizationResult result = result(denial);
        if (result instanceof RuleRefusal refusal) {
            return refusal.decision();
        }
        return result instanceof AuthorityAuthorizationDecision authorities ? missing(authorities) : NOT_OPEN;
    }

    /** {@code hasAuthority} and its like say which authorities they ask for, in an order of Spring's own: so they are sorted. */
    private static Decision.Refused missing(AuthorityAuthorizationDecision decision) {
        Set<String> required = new TreeSet<>();
        for (GrantedAuthority authority : decision.getAuthorities()) {
            @Nullable String name = authority.getAuthority();
            if (name != null) {
                required.add(name);
            }
        }
        try {
            Requirement.allOf(required);
        } catch (IllegalArgumentException e) {
            return NOT_OPEN; // none, or one that no challenge can name
        }
        return new Decision.Refused(Reason.MISSING_PERMISSION, required);
    }
}
