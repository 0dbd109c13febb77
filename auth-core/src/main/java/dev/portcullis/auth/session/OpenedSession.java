package dev.portcullis.auth.session;

import dev.portcullis.auth.SecretText;

/** A session that has just been opened, with the one copy of its cookie's value there ever is. */
public final class OpenedSession {

    private final Session session;
    private final SecretText cookieValue;

    OpenedSession(Session session, SecretText cookieValue) {
        this.session = session;
        this.cookieValue = cookieValue;
    }

    /**
     * What was stored.
     *
     * @return the session
     */
    public Session session() {
        return session;
    }

    /**
     * The cookie's value: 256 random bits in 43 characters of base64url. It is for the client alone.
     *
     * @return the secret
     */
    public SecretText cookieValue() {
        return cookieValue;
    }

    /** Never the cookie's value. */
    @Override
    public String toString() {
        return "OpenedSession[" + session + ", cookieValue=redacted]";
    }
}
