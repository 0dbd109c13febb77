package dev.portcullis.auth.servlet.session;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.Refusals;
import dev.portcullis.auth.servlet.RequestFault;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.OpenedSession;
import dev.portcullis.auth.session.SessionTransport;
import dev.portcullis.auth.session.Sessions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Opens a session for a user who has signed in: {@code POST} with a JWT, or with a credential of the application's own. A
 * key is exchanged at {@link LoginServlet}, and a session opens no other: both are 403 here. The body is not read.
 */
public final class UserLoginServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Sessions sessions;
    private final transient LoginType type;
    private final transient SessionAnswer answer;
    private final transient FilterSettings settings;

    private UserLoginServlet(Sessions sessions, Builder settings) {
        this.sessions = sessions;
        this.type = settings.type;
        this.answer = SessionAnswer.by(settings.transport);
        this.settings = settings.shared;
    }

    /**
     * Begins a servlet.
     *
     * @param sessions what opens sessions
     * @param type {@link LoginType#WEB} or {@link LoginType#MOBILE}
     * @return a builder with every other setting at its default
     * @throws IllegalArgumentException if it is {@link LoginType#API_KEY}
     */
    public static Builder builder(Sessions sessions, LoginType type) {
        if (type == LoginType.API_KEY) {
            throw new IllegalArgumentException("A session of this type is opened with a key: use LoginServlet");
        }
        return new Builder(sessions, type);
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
        } else if (!Sessions.canOpen(caller)) {
            refusals.refuse(response, Reason.CREDENTIAL_KIND_NOT_ACCEPTED);
        } else {
            open(caller, refusals, response);
        }
    }

    private void open(Caller caller, Refusals refusals, HttpServletResponse response) throws IOException {
        OpenedSession opened;
        try {
            opened = sessions.open(caller, type);
        } catch (AuthUnavailableException e) {
            refusals.refuse(response, e);
            return;
        }
        answer.opened(response, opened);
    }

    /** The settings of a {@link UserLoginServlet}. */
    public static final class Builder {

        private final Sessions sessions;
        private final LoginType type;
        private SessionTransport transport = SessionTransport.usual();
        private FilterSettings shared = FilterSettings.builder().build();

        private Builder(Sessions sessions, LoginType type) {
            this.sessions = sessions;
            this.type = type;
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
        public UserLoginServlet build() {
            return new UserLoginServlet(sessions, this);
        }
    }
}
