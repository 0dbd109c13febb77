package dev.portcullis.auth.session;

import dev.portcullis.auth.Reason;

/**
 * Why a login failed. As with {@link Reason}, each has one HTTP status and one exact, stable message, and no other words
 * reach a response. The key is judged before the place, and that before the account.
 */
public enum LoginFailure {
    /** The request's body cannot be read. */
    MALFORMED_REQUEST(400, "Request could not be processed due to malformed syntax"),
    /** No such key: malformed, never issued, deleted, or of another environment. */
    API_KEY_NOT_FOUND(401, "api_key not found"),
    /** The key's time is over. */
    API_KEY_EXPIRED(401, "api_key has expired"),
    /** The key was revoked. */
    API_KEY_REVOKED(401, "api_key has been revoked"),
    /** The client's address is not on the key's list. */
    ADDRESS_NOT_ALLOWED(401, "IP is not whitelisted"),
    /** The client is in a country from which nobody is let in. */
    LOCATION_NOT_ALLOWED(Reason.LOCATION_NOT_ALLOWED),
    /** The key's account is suspended. */
    ACCOUNT_SUSPENDED(Reason.ACCOUNT_SUSPENDED),
    /** The key's account has to be verified again. */
    ACCOUNT_VERIFICATION_EXPIRED(Reason.ACCOUNT_VERIFICATION_EXPIRED),
    /** Too many logins from this address, or with this key. */
    TOO_MANY_ATTEMPTS(429, "You have surpassed the allocated rate limit for your tier");

    private final int status;
    private final String message;

    LoginFailure(int status, String message) {
        this.status = status;
        this.message = message;
    }

    LoginFailure(Reason reason) {
        this(reason.status(), reason.detail());
    }

    /** A key that was judged bad, in a login's words. */
    static LoginFailure ofKey(Reason reason) {
        return switch (reason) {
            case API_KEY_REVOKED -> API_KEY_REVOKED;
            case API_KEY_EXPIRED -> API_KEY_EXPIRED;
            default -> API_KEY_NOT_FOUND;
        };
    }

    /** An objection to letting the key's caller in, in a login's words. */
    static LoginFailure ofObjection(Reason reason) {
        return switch (reason) {
            case ADDRESS_NOT_ALLOWED -> ADDRESS_NOT_ALLOWED;
            case ACCOUNT_SUSPENDED -> ACCOUNT_SUSPENDED;
            case ACCOUNT_VERIFICATION_EXPIRED -> ACCOUNT_VERIFICATION_EXPIRED;
            default -> LOCATION_NOT_ALLOWED;
        };
    }

    /**
     * The HTTP status that goes with this failure.
     *
     * @return 400, 401, 403 or 429
     */
    public int status() {
        return status;
    }

    /**
     * The exact words that the client is told.
     *
     * @return ASCII without quotes and backslashes
     */
    public String message() {
        return message;
    }
}
