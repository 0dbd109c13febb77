package dev.portcullis.auth.apikey;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A watched store, a cache in front of it, a time that stands still, and background work that waits for its turn. */
final class CacheFixture {

    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    final WatchedStore store = new WatchedStore();

    /** It begins shortly before its numbers overflow, as {@link System#nanoTime()} may. */
    final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000);

    final Queue<Runnable> background = new ArrayDeque<>();

    static AuditNote note(AuditAction action) {
        return new AuditNote(action, Actor.APPLICATION, NOW);
    }

    static APIKey newKey() {
        int number = NUMBERS.incrementAndGet();
        return APIKey.builder()
                .id(new UUID(7, number))
                .hash(hash(number))
                .owner("owner")
                .name("Key no. " + number)
                .keyPrefix("grd_live_0123abcd")
                .createdAt(NOW)
                .build();
    }

    static SHA256 newHash() {
        return hash(NUMBERS.incrementAndGet());
    }

    private static SHA256 hash(int number) {
        return SHA256.of(SecretText.of("key " + number));
    }

    /** A key that the store has, and the cache has not heard of. */
    APIKey stored() {
        APIKey key = newKey();
        store.memory.add(key, AddTerms.any(), note(AuditAction.ISSUE));
        return key;
    }

    CachedAPIKeyStore cache() {
        return cache(settings -> settings);
    }

    /** Copies live a second, and staleness is a minute. */
    CachedAPIKeyStore cache(UnaryOperator<CachedAPIKeyStore.Builder> more) {
        return more.apply(CachedAPIKeyStore.over(store)
                        .lifetime(Duration.ofSeconds(1))
                        .maximumStaleness(Duration.ofMinutes(1))
                        .ticker(nanos::get)
                        .executor(background::add))
                .build();
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    void passNanos(long time) {
        nanos.addAndGet(time);
    }

    /** Does what waits to be done in the background, and says how much that was. */
    int runBackground() {
        int done = 0;
        for (Runnable task = background.poll(); task != null; task = background.poll()) {
            task.run();
            done++;
        }
        return done;
    }
}
