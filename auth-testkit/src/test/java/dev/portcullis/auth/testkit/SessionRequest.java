package dev.portcullis.auth.testkit;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.session.OpenedSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@code GET} as a client sends it that has logged in: with the usual cookie and the header that names the account. */
public final class SessionRequest implements AuthRequest {

    private final @Nullable OpenedSession opened;

    private SessionRequest(@Nullable OpenedSession opened) {
        this.opened = opened;
    }

    /**
     * A request with a session.
     *
     * @param opened the session
     * @return the request
     */
    public static SessionRequest with(OpenedSession opened) {
        return new SessionRequest(opened);
    }

    /**
     * A request without one.
     *
     * @return the request, which has no fields
     */
    public static SessionRequest without() {
        return new SessionRequest(null);
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public List<String> headers(String name) {
        if (opened == null) {
            return List.of();
        }
        return switch (name) {
            case "cookie" -> List.of("gravity=" + opened.cookieValue().reveal());
            case "x-grvt-account-id" -> List.of(opened.session().account());
            default -> List.of();
        };
    }

    /** Never the cookie. */
    @Override
    public String toString() {
        return "SessionRequest";
    }
}
