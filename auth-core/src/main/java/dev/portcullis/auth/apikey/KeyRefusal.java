package dev.portcullis.auth.apikey;

import dev.portcullis.auth.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Why a request about keys was refused. As with {@link Reason}, each has one HTTP status and one exact, stable detail,
 * and no other words reach a response; those about single fields are {@link KeyFault}s.
 */
public enum KeyRefusal {
    /** Some fields are not as they must be. */
    INVALID_INPUT(400, "Invalid input."),
    /** The caller is no user who signed in. */
    USER_REQUIRED(Reason.API_KEY_MANAGEMENT_REQUIRES_USER),
    /** No such key, or another account's. */
    NOT_FOUND(404, "API key not found."),
    /** The key has a successor. */
    ALREADY_ROTATED(409, "API key has already been rotated."),
    /** The key is revoked or has expired. */
    NOT_ACTIVE(409, "API key is not active."),
    /** The account has as many keys as it may have. */
    TOO_MANY_KEYS(409, "Too many API keys."),
    /** No such signing key, or another account's. */
    SIGNING_KEY_NOT_FOUND(404, "Signing key not found."),
    /** The account has as many signing keys as it may have. */
    TOO_MANY_SIGNING_KEYS(409, "Too many signing keys."),
    /** The public key is there already, with this account or another. */
    PUBLIC_KEY_REGISTERED(409, "Public key is already registered."),
    /** The {@code Idempotency-Key} was used with another request. */
    IDEMPOTENCY_KEY_REUSED(409, "Idempotency-Key was used with another request.");

    private final int status;
    private final String detail;
    private final @Nullable Reason reason;

    KeyRefusal(int status, String detail) {
        this.status = status;
        this.detail = detail;
        this.reason = null;
    }

    KeyRefusal(Reason reason) {
        this.status = reason.status();
        this.detail = reason.detail();
        this.reason = reason;
    }

    /**
     * The HTTP status that goes with this refusal.
     *
     * @return 400, 403, 404 or 409
     */
    public int status() {
        return status;
    }

    /**
     * The exact words that the client is told.
     *
     * @return a sentence with its full stop, in ASCII without quotes and backslashes
     */
    public String detail() {
        return detail;
    }

    /**
     * The same as a reason, if it is a question of permission.
     *
     * @return a reason whose status is 403, or null
     */
    public @Nullable Reason reason() {
        return reason;
    }
}
