package dev.portcullis.auth.redis;

import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.signature.ReplayMemory;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.time.Instant;

/**
 * Requests that can be claimed once, by one of all nodes. A claim is one command: {@code SET} with {@code NX} and
 * {@code PX}. If it is not answered nobody knows whether it was made, and the request is not let in: it fails closed.
 */
final class Claims implements ReplayMemory {

    /** How far the clocks of nodes may be apart, and one not let in what another has forgotten. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final Line line;
    private final Names names;

    Claims(Line line, Names names) {
        this.line = line;
        this.names = names;
    }

    @Override
    public boolean claim(SHA256 fingerprint, SHA256 request, Instant now, Instant until) {
        long millis = Math.max(0, Duration.between(now, until).toMillis()) + CLOCKS_APART.toMillis();
        String name = names.claim(fingerprint, request);
        return "OK"
                .equals(line.change(
                        Reason.REPLAY_MEMORY_UNAVAILABLE,
                        redis -> redis.set(name, "", SetArgs.Builder.nx().px(millis))));
    }
}
