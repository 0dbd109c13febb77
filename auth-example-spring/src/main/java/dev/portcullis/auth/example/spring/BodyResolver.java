package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.JSON;
import dev.portcullis.auth.example.RequestProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.databind.JsonNode;

/** Reads bodies as the other example does: bounded, in one encoding, and with one meaning. */
final class BodyResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(JsonNode.class);
    }

    @Override
    public JsonNode resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders)
            throws IOException, RequestProblem {
        return JSON.read((HttpServletRequest) request.getNativeRequest());
    }
}
