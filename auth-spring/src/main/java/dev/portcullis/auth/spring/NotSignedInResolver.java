package dev.portcullis.auth.spring;

import dev.portcullis.auth.Reason;
import dev.portcullis.auth.servlet.FilterSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Answers {@link NotSignedInException}, before any handler of the application's for exceptions at large sees it. */
final class NotSignedInResolver implements HandlerExceptionResolver, Ordered {

    private final FilterSettings settings;

    NotSignedInResolver(FilterSettings settings) {
        this.settings = settings;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception problem) {
        if (!(problem instanceof NotSignedInException)) {
            return null;
        }
        try {
            settings.refusalsFor(request).refuse(response, Reason.NO_CREDENTIALS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ModelAndView();
    }
}
