package dev.portcullis.auth;

/**
 * Why a request was refused. This enum is the wire contract: each reason has one HTTP status and one exact, stable
 * detail that clients match on. Several reasons share a detail where clients must not, or need not, tell them apart;
 * logs and {@link AuthEvent}s do.
 */
public enum Reason {
    /** No credential on the request, and the route needs one. */
    NO_CREDENTIALS(401, "Authentication credentials were not provided."),
    /** {@code Bearer} and nothing after it. */
    EMPTY_BEARER(401, "Invalid Authorization header: no credentials provided."),
    /** More than one token after {@code Bearer}. */
    BEARER_WITH_SPACES(401, "Invalid Authorization header: token must not contain spaces."),
    /** Two {@code Authorization} header fields. */
    REPEATED_AUTHORIZATION(401, "Invalid Authorization header: sent more than once."),
    /** Two credentials of different kinds, or {@code x-api-key} twice. */
    MORE_THAN_ONE_CREDENTIAL(401, "More than one credential was sent."),

    /** Not a compact JWS: three parts in strict base64url and a JSON object as header (RFC 7515 section 7.1). */
    MALFORMED_TOKEN(401, "Invalid token."),
    /** {@code alg} is not {@code RS256} (RFC 8725 section 3.1). */
    INVALID_SIGNING_ALGORITHM(401, "Invalid signing algorithm."),
    /** The header has a parameter that changes what the token means: {@code crit}, {@code b64}, {@code zip}, a type. */
    UNSUPPORTED_TOKEN_HEADER(401, "Invalid token."),
    /** No usable published key goes by the token's {@code kid}. */
    UNKNOWN_SIGNING_KEY(401, "Invalid signature."),
    /** The signature does not verify. */
    INVALID_SIGNATURE(401, "Invalid signature."),
    /** The payload is not a JSON object with registered claims of the right type (RFC 7519 section 4.1). */
    MALFORMED_CLAIMS(401, "Invalid token."),
    /** The token is bound to a key by {@code cnf} (RFC 7800) and that binding was not checked. */
    TOKEN_BOUND_TO_KEY(401, "Invalid token."),
    /** {@code exp} is not after now. */
    TOKEN_EXPIRED(401, "Token has expired."),
    /** {@code nbf} or {@code iat} lies in the future by more than the allowed skew. */
    TOKEN_NOT_YET_VALID(401, "Token is not yet valid."),
    /** {@code aud} holds none of the configured audiences. */
    INVALID_AUDIENCE(401, "Invalid audience."),
    /** {@code iss} is not a configured issuer. */
    INVALID_ISSUER(401, "Invalid issuer."),
    /** {@code azp} is not one of the allowed parties. */
    INVALID_AUTHORIZED_PARTY(401, "Invalid authorized party."),

    /** An API key that has not the shape of one. */
    MALFORMED_API_KEY(401, "Malformed API key."),
    /** No such API key: never issued, or deleted. */
    UNKNOWN_API_KEY(401, "Invalid API key."),
    /** An API key of an environment that is not accepted here. */
    API_KEY_OF_OTHER_ENVIRONMENT(401, "Invalid API key."),
    /** The API key was revoked. */
    API_KEY_REVOKED(401, "API key has been revoked."),
    /** The API key's time is over. */
    API_KEY_EXPIRED(401, "API key has expired."),

    /** One half of a session: its cookie without the account's header, or the header without the cookie. */
    INCOMPLETE_SESSION(401, "Invalid session."),
    /** Not one cookie and one header: several, a cookie that was never ours, or a whole {@code Set-Cookie} pasted in. */
    MALFORMED_SESSION(401, "Invalid session."),
    /** No such session: never opened, or ended. */
    INVALID_SESSION(401, "Invalid session."),
    /** The cookie and the header belong to two accounts. */
    SESSION_OF_OTHER_ACCOUNT(401, "Invalid session."),
    /** The key that opened the session was revoked or deleted, or is not accepted here. */
    SESSION_WITHOUT_KEY(401, "Invalid session."),
    /** The session's time is over, or that of the key that opened it. */
    SESSION_EXPIRED(401, "Session has expired."),

    /** The client is in a country from which nobody is let in. */
    LOCATION_NOT_ALLOWED(403, "Access from this location is not allowed."),
    /** The client's address is not on the key's list. */
    ADDRESS_NOT_ALLOWED(403, "IP is not whitelisted."),
    /** The account is suspended. */
    ACCOUNT_SUSPENDED(403, "Account is suspended."),
    /** The account's identity has to be verified again. */
    ACCOUNT_VERIFICATION_EXPIRED(403, "Account verification has expired."),

    /** The route is served on other hosts than this. */
    HOST_NOT_SERVED(403, "This endpoint is not served on this host."),

    /** A request's target that is not sent in origin-form, or holds what RFC 3986 does not allow there. */
    MALFORMED_REQUEST_TARGET(400, "Malformed request target."),
    /** A signed request with a body that its method has no use for. */
    BODY_NOT_ALLOWED(400, "This request must not have a body."),
    /** A signed request whose body breaks off, or whose chunks are malformed. */
    BODY_INCOMPLETE(400, "The body could not be read."),
    /** A signed request whose body is larger than can be checked. */
    BODY_TOO_LARGE(413, "The body is too large."),
    /** A signed request whose body could be taken for a part of its target, or is compressed. */
    BODY_NOT_SIGNABLE(415, "Signed requests carry JSON bodies only."),
    /** Some of the signature's headers are there, but not all. */
    MISSING_SIGNATURE_HEADERS(401, "Missing signature headers."),
    /** The signature's headers are there more than once, or are not in their one spelling. */
    MALFORMED_SIGNATURE_HEADERS(401, "Malformed signature headers."),
    /** No key goes by the fingerprint: never registered, or deleted. */
    UNKNOWN_FINGERPRINT(401, "Invalid request signature."),
    /** The signature is not the key's over this request. */
    INVALID_REQUEST_SIGNATURE(401, "Invalid request signature."),
    /** The request was signed too long ago, or too far in the future. */
    REQUEST_OUTSIDE_WINDOW(401, "Request timestamp is outside the allowed window."),
    /** The same signed request came before. */
    REQUEST_REPLAYED(401, "Request signature was already used."),

    /** The route names the kinds of credential it accepts, and this is another. */
    CREDENTIAL_KIND_NOT_ACCEPTED(403, "This endpoint does not accept this kind of credential."),
    /** Not every required permission is held. */
    MISSING_PERMISSION(403, "Token is missing one or more required permissions."),
    /** The route is open to nobody: no rule names it, or its path could be read in two ways. */
    ROUTE_NOT_OPEN(403, "You do not have permission to perform this action."),
    /** A rule of the application's own closes the resource, in words of its own: see {@link RefusalMessage}. */
    RESOURCE_CLOSED(403, "You do not have permission to perform this action."),
    /** Keys are managed by users who have signed in, and by nobody else. */
    API_KEY_MANAGEMENT_REQUIRES_USER(403, "API key management requires a signed-in user."),

    /** No usable JWKS: never fetched, or older than the allowed staleness. */
    SIGNING_KEYS_UNAVAILABLE(503, "Signing keys are unavailable."),
    /** The store of API keys cannot be asked. */
    API_KEY_STORE_UNAVAILABLE(503, "API key store is unavailable."),
    /** The store of sessions cannot be asked. */
    SESSION_STORE_UNAVAILABLE(503, "API key store is unavailable."),
    /** The store of accounts cannot be asked. */
    ACCOUNT_STORE_UNAVAILABLE(503, "API key store is unavailable."),
    /** The client's country cannot be looked up. */
    COUNTRY_UNAVAILABLE(503, "API key store is unavailable."),
    /** The store of signing keys cannot be asked. */
    SIGNING_KEY_STORE_UNAVAILABLE(503, "API key store is unavailable."),
    /** The memory of signed requests is full or cannot be asked. */
    REPLAY_MEMORY_UNAVAILABLE(503, "API key store is unavailable.");

    private final int status;
    private final String detail;

    Reason(int status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    /**
     * The HTTP status that goes with this reason.
     *
     * @return 401, 403 or 503; for a signed request that cannot be checked as it was sent, also 400, 413 or 415
     */
    public int status() {
        return status;
    }

    /**
     * The exact words that the client is told.
     *
     * @return a sentence with its full stop
     */
    public String detail() {
        return detail;
    }
}
