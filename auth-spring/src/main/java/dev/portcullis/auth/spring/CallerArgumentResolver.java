package dev.portcullis.auth.spring;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives a controller its {@code Caller}. Where nobody is signed in, a parameter that can be null, or is an
 * {@code Optional}, is empty; any other answers 401.
 */
final class CallerArgumentResolver implements HandlerMethodArgumentResolver {

    private static final String ANNOTATED = "org.springframework.security.core.annotation.AuthenticationPrincipal";

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.nestedIfOptional().getNestedParameterType() == Caller.class
                && !MergedAnnotations.from(parameter.getParameterAnnotations()).isPresent(ANNOTATED);
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest http = request.getNativeRequest(HttpServletRequest.class);
        Caller caller = http == null ? null : AuthenticationFilter.callerOf(http);
        if (caller == null && !parameter.isOptional()) {
            throw new NotSignedInException();
        }
        return parameter.getParameterType() == Optional.class ? Optional.ofNullable(caller) : caller;
    }
}
