package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The servlets of {@link Routes}. */
public final class Handlers {

    private static final List<String> ROLES =
            List.of("catalog:read", "Catalog:Read", "catalog:*", "catalog", "holdings:read", "*", "**", "");

    private Handlers() {}

    /** What the application sees of the user, a line for each question. */
    static String seen(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        Caller caller = AuthenticationFilter.callerOf(request);
        return String.join(
                "\n",
                "dispatch=" + request.getDispatcherType(),
                "principal=" + (principal == null ? null : principal.getName()),
                "isCaller=" + Objects.equals(principal, caller),
                "remoteUser=" + request.getRemoteUser(),
                "authType=" + request.getAuthType(),
                "roles=" + ROLES.stream().filter(request::isUserInRole).toList(),
                "nullRole=" + request.isUserInRole(null),
                "error=" + request.getAttribute(RequestDispatcher.ERROR_EXCEPTION),
                "");
    }

    private static void write(ServletResponse response, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.resetBuffer();
        response.setContentType("application/octet-stream");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** Says what the application sees. */
    public static final class Echo extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            write(response, seen(request));
        }
    }

    /** Answers later. */
    static final class Async extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            boolean wrapped = request.getRequestURI().endsWith("/wrapped");
            AsyncContext context = wrapped ? request.startAsync(request, response) : request.startAsync();
            switch (request.getPathInfo()) {
                case "/run" ->
                    context.start(() -> {
                        answer((HttpServletRequest) context.getRequest(), context.getResponse());
                        context.complete();
                    });
                case "/runOutside" ->
                    context.start(() -> {
                        answer(request, context.getResponse());
                        context.complete();
                    });
                default -> context.dispatch("/after-async");
            }
        }

        private static void answer(HttpServletRequest request, ServletResponse response) {
            try {
                write(response, seen(request));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Forwards. */
    static final class Forward extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            request.getRequestDispatcher(request.getPathInfo()).forward(request, response);
        }
    }

    /** Includes. */
    static final class Include extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            request.getRequestDispatcher(request.getPathInfo()).include(request, response);
        }
    }

    /** Fails in ways that are the application's own. */
    static final class Thrown extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            switch (request.getPathInfo()) {
                case "/servlet" -> throw new ServletException("the application's own");
                case "/unavailable" ->
                    throw new AuthUnavailableException(Reason.SIGNING_KEYS_UNAVAILABLE, Duration.ofSeconds(7));
                case "/runtime" -> throw new IllegalStateException("the application's own");
                case "/io" -> throw new IOException("the application's own");
                default -> response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
        }
    }
}
