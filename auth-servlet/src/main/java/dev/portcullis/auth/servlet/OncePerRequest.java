package dev.portcullis.auth.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;

/**
 * Remembers on a request that one filter has let it pass, so that a forward, an include or an asynchronous dispatch of
 * the same request is not judged again. Each filter has a mark of its own, under a name that nobody can guess.
 */
final class OncePerRequest {

    private final String mark = "dev.portcullis.auth.servlet.passed." + UUID.randomUUID();

    boolean hasPassed(HttpServletRequest request) {
        return request.getAttribute(mark) != null;
    }

    void pass(HttpServletRequest request) {
        request.setAttribute(mark, true);
    }
}
