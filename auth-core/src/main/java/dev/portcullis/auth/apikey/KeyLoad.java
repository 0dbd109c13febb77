package dev.portcullis.auth.apikey;

import dev.portcullis.auth.SHA256;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One question to the store, for which any number of requests wait.
 *
 * @param hashes what is asked for
 * @param startedAt the time in nanoseconds
 * @param answer what comes of it
 */
record KeyLoad(List<SHA256> hashes, long startedAt, CompletableFuture<KeyCopy> answer) {

    static KeyLoad of(List<SHA256> hashes, long now) {
        return new KeyLoad(hashes, now, new CompletableFuture<>());
    }

    /** What it goes by: who asks for the same does so in the same order. */
    SHA256 first() {
        return hashes.get(0);
    }
}
