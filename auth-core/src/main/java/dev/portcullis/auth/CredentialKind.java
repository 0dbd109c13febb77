package dev.portcullis.auth;

/** The kinds of credential by which a caller can have authenticated. A route can accept only some of them. */
public enum CredentialKind {
    /** A JSON Web Token sent as a Bearer token (RFC 7519, RFC 6750). */
    JWT,
    /** An API key, as a Bearer token or in {@code x-api-key}. */
    API_KEY,
    /** A session: a cookie, and the account's header beside it. */
    SESSION,
    /** A signature over the request by a registered key. */
    SIGNATURE,
    /** A method of the application's own. */
    CUSTOM
}
