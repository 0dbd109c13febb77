package dev.portcullis.auth.testkit;

/** Placeholder. */
public final class SettableClock {
    private SettableClock() {}
}
