package dev.portcullis.auth.signature;

/**
 * What came of registering a public key.
 *
 * @param addition whether it was added
 * @param key the key, which is stored nowhere unless it was added
 */
public record SigningKeyRegistration(SigningKeyAddition addition, SigningKey key) {}
