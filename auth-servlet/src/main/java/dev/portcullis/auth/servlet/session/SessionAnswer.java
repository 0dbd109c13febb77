package dev.portcullis.auth.servlet.session;

import dev.portcullis.auth.session.OpenedSession;
import dev.portcullis.auth.session.SessionTransport;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;

/**
 * Answers a login: the cookie, the account's header, and when the session expires. For endpoints of an application's own
 * that open sessions with {@link dev.portcullis.auth.session.Sessions#open}.
 */
public final class SessionAnswer {

    private final SessionTransport transport;

    private SessionAnswer(SessionTransport transport) {
        this.transport = transport;
    }

    /**
     * Answers for a transport.
     *
     * @param transport the names of the cookie and the header, as the authentication method has them
     * @return what answers
     */
    public static SessionAnswer by(SessionTransport transport) {
        return new SessionAnswer(transport);
    }

    /**
     * Answers that a session was opened: 200, exactly one {@code Set-Cookie}, the account in its header and nowhere else.
     *
     * @param response the response, not committed yet
     * @param opened the session
     * @throws IOException if the response cannot be written
     */
    public void opened(HttpServletResponse response, OpenedSession opened) throws IOException {
        String account = opened.session().account();
        response.setHeader("Set-Cookie", transport.cookieFor(opened));
        response.setHeader(transport.accountHeader(), SessionTransport.headerValueOf(account));
        String expiry =
                opened.session().expiresAt().truncatedTo(ChronoUnit.SECONDS).toString();
        write(response, HttpServletResponse.SC_OK, "{\"status\": \"success\", \"expires_at\": \"" + expiry + "\"}");
    }

    /**
     * Answers that the caller has no session any more: 204, and the client is to forget its cookie.
     *
     * @param response the response, not committed yet
     */
    public void ended(HttpServletResponse response) {
        response.setHeader("Set-Cookie", transport.cookieToForget());
        empty(response);
    }

    static void empty(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        response.setHeader("Cache-Control", "no-store");
    }

    /** A container that could not receive the request has answered by itself, which is left as it is. */
    static void write(HttpServletResponse response, int status, String json) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        response.resetBuffer();
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setCharacterEncoding((String) null);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
