package dev.portcullis.auth.signature;

/** What came of adding a signing key. */
public enum SigningKeyAddition {
    /** It is there now. */
    ADDED,
    /** The public key was registered before, by this account or another; nothing was added. */
    ALREADY_REGISTERED,
    /** The account has as many keys as it may have; nothing was added. */
    TOO_MANY
}
