package dev.portcullis.auth.redis;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.signature.ReplayMemory;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests that can be claimed once, by one of all nodes. A claim is one command: {@code SET} with {@code NX} and
 * {@code PX}. If it is not answered nobody knows whether it was made, and the request is not let in: it fails closed.
 */
final class Claims implements ReplayMemory {

    /** How far the clocks of nodes may be apart, and one not let in what another has forgotten. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Line line;
    private final Names names;

    /** The latest time of a claim, and the last moment of any, in milliseconds since 1970. */
    private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

    private final AtomicLong end = new AtomicLong(Long.MIN_VALUE);

    /** Of requests until this moment it is not known whether they came. */
    private final AtomicLong unknownUntil = new AtomicLong(Long.MIN_VALUE);

    Claims(Line line, Names names) {
        this.line = line;
        this.names = names;
    }

    @Override
    public boolean claim(SHA256 fingerprint, SHA256 request, Instant now, Instant until) {
        requireKnown(now.toEpochMilli(), until.toEpochMilli());
        long millis = Math.max(0, Duration.between(now, until).toMillis()) + CLOCKS_APART.toMillis();
        String name = names.claim(fingerprint, request);
        return "OK"
                .equals(line.change(
                        Reason.REPLAY_MEMORY_UNAVAILABLE,
                        redis -> redis.set(name, "", SetArgs.Builder.nx().px(millis))));
    }

    /**
     * Redis forgets by time that passes. When this node's clock was set back, the times that it shows again are those of
     * requests that Redis has forgotten: none is let in until they are over.
     */
    private void requireKnown(long now, long until) {
        long before = latest.getAndAccumulate(now, Math::max);
        if (now + CLOCKS_APART.toMillis() < before) {
            unknownUntil.accumulateAndGet(end.get(), Math::max);
        }
        if (until <= unknownUntil.get()) {
            throw new AuthUnavailableException(Reason.REPLAY_MEMORY_UNAVAILABLE, RETRY_AFTER);
        }
        end.accumulateAndGet(until, Math::max);
    }
}
