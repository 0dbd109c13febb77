package dev.portcullis.auth;

import java.time.Duration;

/**
 * A credential could not be checked, because of the server's own trouble: answered with 503 and {@code Retry-After},
 * never as a bad credential.
 */
public final class AuthUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One of the 503 reasons. */
    private final Reason reason;

    /** When asking again is worth the client's while. */
    private final Duration retryAfter;

    /**
     * An outage without a cause of its own, cheap to throw: it has no stack trace.
     *
     * @param reason one of the 503 reasons
     * @param retryAfter when asking again is worth the client's while; positive
     * @throws IllegalArgumentException if the reason's status is not 503
     */
    public AuthUnavailableException(Reason reason, Duration retryAfter) {
        super(reason.detail(), null, false, false);
        this.reason = checked(reason);
        this.retryAfter = retryAfter;
    }

    /**
     * An outage with a cause, for the log. The cause never reaches a response.
     *
     * @param reason one of the 503 reasons
     * @param retryAfter when asking again is worth the client's while; positive
     * @param cause what went wrong
     * @throws IllegalArgumentException if the reason's status is not 503
     */
    public AuthUnavailableException(Reason reason, Duration retryAfter, Throwable cause) {
        super(reason.detail(), cause);
        this.reason = checked(reason);
        this.retryAfter = retryAfter;
    }

    private static Reason checked(Reason reason) {
        if (reason.status() != 503) {
            throw new IllegalArgumentException("An outage has a 503 reason, not " + reason);
        }
        return reason;
    }

    /**
     * What is unavailable.
     *
     * @return a reason whose status is 503
     */
    public Reason reason() {
        return reason;
    }

    /**
     * When asking again is worth the client's while.
     *
     * @return a positive time
     */
    public Duration retryAfter() {
        return retryAfter;
    }
}
