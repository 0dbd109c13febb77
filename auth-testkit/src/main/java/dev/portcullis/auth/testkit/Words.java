package dev.portcullis.auth.testkit;

/**
 * The contract's words for refused tokens. They are written out once more, and not taken from the code that says them:
 * clients match on them, so that a change there must be noticed here.
 */
final class Words {

    static final String NOTHING = "Invalid Authorization header: no credentials provided.";
    static final String SPACES = "Invalid Authorization header: token must not contain spaces.";
    static final String TOKEN = "Invalid token.";
    static final String ALGORITHM = "Invalid signing algorithm.";
    static final String SIGNATURE = "Invalid signature.";
    static final String EXPIRED = "Token has expired.";
    static final String NOT_YET = "Token is not yet valid.";
    static final String AUDIENCE = "Invalid audience.";
    static final String ISSUER = "Invalid issuer.";
    static final String PARTY = "Invalid authorized party.";

    private Words() {}
}
