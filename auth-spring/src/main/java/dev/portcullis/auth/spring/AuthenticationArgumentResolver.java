package dev.portcullis.auth.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives a controller its {@code Authentication} where that is a {@link CallerAuthentication}. Spring MVC would take the
 * request's principal for it, which is the {@code Caller}.
 */
final class AuthenticationArgumentResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().isAssignableFrom(CallerAuthentication.class)
                && Authentication.class.isAssignableFrom(parameter.getParameterType())
                && !parameter.hasParameterAnnotations();
    }

    /** {@inheritDoc} Of another mechanism, the request's principal is the authentication itself; of nobody, null. */
    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication instanceof CallerAuthentication ? authentication : request.getUserPrincipal();
    }
}
