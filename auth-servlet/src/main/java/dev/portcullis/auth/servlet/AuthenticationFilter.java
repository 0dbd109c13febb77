package dev.portcullis.auth.servlet;

/** Placeholder. */
public final class AuthenticationFilter {
    private AuthenticationFilter() {}
}
