package dev.portcullis.auth.servlet.session;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.Refusals;
import dev.portcullis.auth.session.LoginFailure;
import dev.portcullis.auth.session.LoginOutcome;
import dev.portcullis.auth.session.OpenedSession;
import dev.portcullis.auth.session.SessionTransport;
import dev.portcullis.auth.session.Sessions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges an API key for a session: {@code POST} with {@code {"api_key": "…"}}. Whatever format refusals have elsewhere,
 * this endpoint's are {@code {"error": "<message>", "status": "failure"}}, with the messages of {@link LoginFailure}.
 *
 * <p>It judges all that is sent by itself. So its route is open to anyone, and an exception to the authentication method
 * ({@link dev.portcullis.auth.AuthenticationMethod#exceptOn}): a browser sends the cookie of the last session along, and
 * that must not keep anybody from logging in. Nothing of that cookie is ever used.
 */
public final class LoginServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Sessions sessions;
    private final transient SessionAnswer answer;
    private final transient FilterSettings settings;

    private LoginServlet(Sessions sessions, Builder settings) {
        this.sessions = sessions;
        this.answer = SessionAnswer.by(settings.transport);
        this.settings = settings.shared;
    }

    /**
     * Begins a servlet.
     *
     * @param sessions what opens sessions
     * @return a builder with every other setting at its default
     */
    public static Builder builder(Sessions sessions) {
        return new Builder(sessions);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            fail(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Method not allowed.", null);
            return;
        }
        SecretText key = LoginBody.keyIn(request);
        if (key == null) {
            fail(response, LoginFailure.MALFORMED_REQUEST, null);
            return;
        }
        long start = System.nanoTime();
        LoginOutcome outcome;
        try {
            outcome = sessions.login(key, AuthenticationFilter.requestOf(request));
        } catch (AuthUnavailableException e) {
            settings.refusals().note(e);
            settings.tell(AuthEvent.unavailable(e.reason(), System.nanoTime() - start));
            fail(response, e.reason().status(), e.reason().detail(), e.retryAfter());
            return;
        }
        answer(response, outcome, start);
    }

    private void answer(HttpServletResponse response, LoginOutcome outcome, long start) throws IOException {
        if (outcome instanceof LoginOutcome.Opened opened) {
            tell(opened.opened(), start);
            answer.opened(response, opened.opened());
        } else if (outcome instanceof LoginOutcome.Limited limited) {
            fail(response, LoginFailure.TOO_MANY_ATTEMPTS, limited.retryAfter());
        } else if (outcome instanceof LoginOutcome.Failed failed) {
            tell(failed.reason(), start);
            fail(response, failed.failure(), null);
        }
    }

    private void tell(OpenedSession opened, long start) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        String account = opened.session().account();
        settings.tell(new AuthEvent(AuthEvent.Type.AUTHENTICATED, null, CredentialKind.API_KEY, account, elapsed));
    }

    private void tell(Reason reason, long start) {
        Outcome outcome = reason.status() == HttpServletResponse.SC_FORBIDDEN
                ? Outcome.refused(reason, null)
                : Outcome.rejected(reason, CredentialKind.API_KEY);
        settings.tell(AuthEvent.of(outcome, System.nanoTime() - start));
    }

    private static void fail(HttpServletResponse response, LoginFailure failure, @Nullable Duration wait)
            throws IOException {
        fail(response, failure.status(), failure.message(), wait);
    }

    private static void fail(HttpServletResponse response, int status, String message, @Nullable Duration wait)
            throws IOException {
        if (wait != null) {
            response.setHeader("Retry-After", Refusals.retryAfter(wait));
        }
        SessionAnswer.write(response, status, "{\"error\": \"" + message + "\", \"status\": \"failure\"}");
    }

    /** The settings of a {@link LoginServlet}. */
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
         * What the filters were given. The defaults unless set.
         *
         * @param settings the settings, of which the listener counts here
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
        public LoginServlet build() {
            return new LoginServlet(sessions, this);
        }
    }
}
