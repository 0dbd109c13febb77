package dev.portcullis.auth.apikey;

import dev.portcullis.auth.SecretText;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Makes what is new of a key: its plaintext, hash and identifier. */
final class KeyMint {

    private final KeyScheme scheme;
    private final KeyHashing hashing;
    private final SecureRandom random = new SecureRandom();

    /** The greatest time of an identifier so far: milliseconds and, below them, a counter of 12 bits. */
    private final AtomicLong lastTick = new AtomicLong();

    KeyMint(KeyScheme scheme, KeyHashing hashing) {
        this.scheme = scheme;
        this.hashing = hashing;
    }

    KeyScheme scheme() {
        return scheme;
    }

    KeyHashing hashing() {
        return hashing;
    }

    /** A key of 24 random bytes; the rest is filled in by the caller. */
    IssuedAPIKey make(Environment environment, Instant now, UnaryOperator<APIKeyBuilder> rest) {
        byte[] bytes = new byte[KeyScheme.RANDOM_BYTES];
        random.nextBytes(bytes);
        String plaintext = scheme.write(environment, bytes);
        APIKeyBuilder key = APIKey.builder()
                .id(nextID(now))
                .hash(hashing.hash(SecretText.of(plaintext)))
                .hashVersion(hashing.version())
                .keyPrefix(scheme.shownOf(plaintext, environment))
                .createdAt(now);
        return new IssuedAPIKey(rest.apply(key).build(), plaintext);
    }

    /**
     * An identifier greater than all before it, as RFC 9562 section 5.7 lays it out: milliseconds, a counter (section
     * 6.2, method 1) that overflows into them, and 62 random bits.
     */
    private UUID nextID(Instant now) {
        long millis = now.toEpochMilli();
        long tick = lastTick.updateAndGet(last -> Math.max(last + 1, millis << 12));
        return id(tick >>> 12, tick);
    }

    /** An identifier of a key that was issued elsewhere, in its place among the others. */
    UUID idOf(Instant createdAt) {
        return id(createdAt.toEpochMilli(), random.nextInt());
    }

    private UUID id(long millis, long low12) {
        return new UUID((millis << 16) | 0x7000 | (low12 & 0xfff), (random.nextLong() >>> 2) | Long.MIN_VALUE);
    }
}
