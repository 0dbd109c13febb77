package dev.portcullis.auth.redis;

import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.time.Instant;

/**
 * Things that can be claimed once, by one of all nodes. A claim is one command: {@code SET} with {@code NX} and
 * {@code PX}. If it is not answered nobody knows whether it was made, and it counts as not made: it fails closed.
 */
final class Claims {

    /** How far the clocks of nodes may be apart, and one not let in what another has forgotten. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final Line line;
    private final Names names;
    private final Reason outage;

    Claims(Line line, Names names, Reason outage) {
        this.line = line;
        this.names = names;
        this.outage = outage;
    }

    /**
     * Claims something of somebody's.
     *
     * @param owner whose
     * @param thing what
     * @param now the time
     * @param until the last moment up to which the claim is remembered, and a minute longer
     * @return whether it was claimed; false if it had been before
     * @throws dev.portcullis.auth.AuthUnavailableException if that is not known
     */
    boolean claim(SHA256 owner, SHA256 thing, Instant now, Instant until) {
        long millis = Math.max(0, Duration.between(now, until).toMillis()) + CLOCKS_APART.toMillis();
        String name = names.claim(owner, thing);
        return "OK"
                .equals(line.change(
                        outage,
                        redis -> redis.set(name, "", SetArgs.Builder.nx().px(millis))));
    }
}
