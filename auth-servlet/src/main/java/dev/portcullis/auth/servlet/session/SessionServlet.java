package dev.portcullis.auth.servlet.session;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.Refusals;
import dev.portcullis.auth.servlet.RequestFault;
import dev.portcullis.auth.session.Session;
import dev.portcullis.auth.session.Sessions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The caller's own sessions. Map it to a path and all below it, such as {@code /auth/sessions/*}; a slash at the end makes no
 * difference. {@code GET} on the path itself lists them, the latest first; {@code DELETE} on {@code /{id}/} ends one.
 * Another's session and a missing one look the same.
 */
public final class SessionServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Sessions sessions;
    private final transient FilterSettings settings;

    private SessionServlet(Sessions sessions, Builder settings) {
        this.sessions = sessions;
        this.settings = settings.shared;
    }

    /**
     * Begins a servlet.
     *
     * @param sessions what lists and ends sessions
     * @return a builder with every other setting at its default
     */
    public static Builder builder(Sessions sessions) {
        return new Builder(sessions);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Refusals refusals = settings.refusalsFor(request);
        Caller caller = AuthenticationFilter.callerOf(request);
        if (caller == null) {
            refusals.refuse(response, Reason.NO_CREDENTIALS);
            return;
        }
        try {
            answer(caller, request, response, refusals);
        } catch (AuthUnavailableException e) {
            refusals.refuse(response, e);
        }
    }

    private void answer(Caller caller, HttpServletRequest request, HttpServletResponse response, Refusals refusals)
            throws IOException {
        String name = nameIn(request.getPathInfo());
        boolean all = name.isEmpty();
        List<String> allowed = all ? List.of("GET", "HEAD") : List.of("DELETE");
        if (!allowed.contains(request.getMethod())) {
            response.setHeader("Allow", String.join(", ", allowed));
            refusals.refuse(response, RequestFault.METHOD_NOT_ALLOWED);
        } else if (all) {
            SessionAnswer.write(response, HttpServletResponse.SC_OK, listOf(caller));
        } else if (end(caller, name)) {
            SessionAnswer.empty(response);
        } else {
            refusals.refuse(response, RequestFault.NOT_FOUND);
        }
    }

    /** What stands below the servlet's path, without slashes at both ends. */
    private static String nameIn(@Nullable String pathInfo) {
        String path = pathInfo == null ? "" : pathInfo;
        int from = path.startsWith("/") ? 1 : 0;
        int to = path.length() > from && path.endsWith("/") ? path.length() - 1 : path.length();
        return path.substring(from, to);
    }

    private boolean end(Caller caller, String name) {
        UUID id;
        try {
            id = UUID.fromString(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return id.toString().equals(name) && sessions.end(caller, id);
    }

    /** No text of a client's is among these, and nothing that would need escaping. */
    private String listOf(Caller caller) {
        Object current = caller.attributes().get("session_id");
        return sessions.list(caller).stream()
                .map(session -> json(session, session.id().toString().equals(current)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String json(Session session, boolean current) {
        return "{\"id\":\"" + session.id() + "\",\"login_type\":\""
                + session.loginType().label() + "\",\"created_at\":\""
                + session.createdAt().truncatedTo(ChronoUnit.SECONDS) + "\",\"expires_at\":\""
                + session.expiresAt().truncatedTo(ChronoUnit.SECONDS) + "\",\"is_current\":" + current + "}";
    }

    /** The settings of a {@link SessionServlet}. */
    public static final class Builder {

        private final Sessions sessions;
        private FilterSettings shared = FilterSettings.builder().build();

        private Builder(Sessions sessions) {
            this.sessions = sessions;
        }

        /**
         * How refusals are written: what the filters were given. The defaults unless set.
         *
         * @param settings the settings, of which the error formats and the realm count here
         * @return this builder
         */
        public Builder settings(FilterSettings settings) {
            this.shared = settings;
            return this;
        }

        /**
         * Makes the servlet.
         *
         * @return the servlet
         */
        public SessionServlet build() {
            return new SessionServlet(sessions, this);
        }
    }
}
