package dev.portcullis.auth.servlet.session;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.Refusals;
import dev.portcullis.auth.servlet.RequestFault;
import dev.portcullis.auth.session.SessionTransport;
import dev.portcullis.auth.session.Sessions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Ends the session by which the caller authenticated: {@code POST}, answered 204. The body is not read. */
public final class LogoutServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Sessions sessions;
    private final transient SessionAnswer answer;
    private final transient FilterSettings settings;

    private LogoutServlet(Sessions sessions, Builder settings) {
        this.sessions = sessions;
        this.answer = SessionAnswer.by(settings.transport);
        this.settings = settings.shared;
    }

    /**
     * Begins a servlet.
     *
     * @param sessions what ends sessions
     * @return a builder with every other setting at its default
     */
    public static Builder builder(Sessions sessions) {
        return new Builder(sessions);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Refusals refusals = settings.refusalsFor(request);
        Caller caller = AuthenticationFilter.callerOf(request);
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            refusals.refuse(response, RequestFault.METHOD_NOT_ALLOWED);
        } else if (caller == null) {
            refusals.refuse(response, Reason.NO_CREDENTIALS);
        } else if (caller.kind() != CredentialKind.SESSION) {
            refusals.refuse(response, Reason.CREDENTIAL_KIND_NOT_ACCEPTED);
        } else {
            end(caller, refusals, response);
        }
    }

    private void end(Caller caller, Refusals refusals, HttpServletResponse response) throws IOException {
        try {
            sessions.end(caller);
        } catch (AuthUnavailableException e) {
            refusals.refuse(response, e);
            return;
        }
        answer.ended(response);
    }

    /** The settings of a {@link LogoutServlet}. */
    public static final class Builder {

        private final Sessions sessions;
        private SessionTransport transport = SessionTransport.usual();
        private FilterSettings shared = FilterSettings.builder().build();

        private Builder(Sessions sessions) {
            this.sessions = sessions;
        }

        /**
         * The names of the cookie and the header. The usual ones unless set.
         *
         * @param names the same that the authentication method has
         * @return this builder
         */
        public Builder transport(SessionTransport names) {
            this.transport = names;
            return this;
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
        public LogoutServlet build() {
            return new LogoutServlet(sessions, this);
        }
    }
}
