package dev.portcullis.auth.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What a request asks for, as its client spelled it. */
final class RequestTarget {

    private RequestTarget() {}

    /**
     * The path below the context path, undecoded and without the query. The container's own {@code getServletPath} is
     * decoded and normalized, so that it no longer shows what could be read in two ways.
     *
     * @return the path, or null if the target is no path or spells the context path in another way than the container
     *     does (percent-encoded, or with a {@code ;} parameter)
     */
    static @Nullable String path(HttpServletRequest request) {
        String uri = request.getRequestURI();
        String context = contextPath(request);
        if (context == null || !uri.startsWith(context)) {
            return null;
        }
        String path = uri.substring(context.length());
        if (path.isEmpty()) {
            return "/";
        }
        return path.charAt(0) == '/' ? path : null;
    }

    /**
     * The context path with which the request's URI begins. An earlier filter can have put a proxy's prefix in its place
     * ({@code X-Forwarded-Prefix}), in the URI as well: what routes the request takes that prefix away, so that the rules
     * must not see it either. Where the container itself differs from its own context path, the client has spelled it
     * oddly.
     */
    private static @Nullable String contextPath(HttpServletRequest request) {
        String deployed = request.getServletContext().getContextPath();
        String seen = request.getContextPath();
        if (seen.equals(deployed)) {
            return deployed;
        }
        HttpServletRequest sent = asReceived(request);
        boolean prefixed = request instanceof ServletRequestWrapper && deployed.equals(sent.getContextPath());
        return prefixed ? seen : null;
    }

    /** The request as the container has received it, without what filters have made of it. */
    static HttpServletRequest asReceived(HttpServletRequest request) {
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        return innermost instanceof HttpServletRequest received ? received : request;
    }

    /** Whether this is the question that a browser asks before a request to another origin (Fetch section 3.2.2). */
    static boolean isPreflight(HttpServletRequest request) {
        return "OPTIONS".equals(request.getMethod())
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }
}
