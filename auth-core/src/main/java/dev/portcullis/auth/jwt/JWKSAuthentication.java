package dev.portcullis.auth.jwt;

/** Placeholder. */
public final class JWKSAuthentication {
    private JWKSAuthentication() {}
}
