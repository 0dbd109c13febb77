package dev.portcullis.auth.apikey;

/** Placeholder. */
public final class APIKeyAuthentication {
    private APIKeyAuthentication() {}
}
