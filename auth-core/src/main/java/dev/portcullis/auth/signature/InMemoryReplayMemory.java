package dev.portcullis.auth.signature;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A replay memory for one node, in this process's memory. Where several nodes let requests in, each would take a request
 * once; they need a memory that they share.
 *
 * <p>It is bounded, about 200 bytes a request. No key can take more than a tenth of it, so that no client can shut out the
 * others. It goes by the latest time that it was told: when the clock is set back, nothing that it has forgotten is let in
 * again.
 */
public final class InMemoryReplayMemory implements ReplayMemory {

    private static final int USUAL_MAXIMUM = 500_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final int maximum;
    private final int maximumOfKey;

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Claim> claims = new HashSet<>();
    private final Map<SHA256, Integer> counts = new HashMap<>();
    private final TreeMap<Long, List<Claim>> byLastSecond = new TreeMap<>();
    private long forgottenUntil = Long.MIN_VALUE;

    private record Claim(SHA256 fingerprint, SHA256 request) {}

    /** A memory of 500,000 requests. */
    public InMemoryReplayMemory() {
        this(USUAL_MAXIMUM);
    }

    /**
     * A memory.
     *
     * @param maximum how many requests it can remember; at least 10
     * @throws IllegalArgumentException if there are fewer
     */
    public InMemoryReplayMemory(int maximum) {
        if (maximum < 10) {
            throw new IllegalArgumentException("maximum must be at least 10, not " + maximum);
        }
        this.maximum = maximum;
        this.maximumOfKey = maximum / 10;
    }

    @Override
    public boolean claim(SHA256 fingerprint, SHA256 request, Instant now, Instant until) {
        Claim claim = new Claim(fingerprint, request);
        lock.lock();
        try {
            forgetBefore(now.getEpochSecond());
            if (claims.contains(claim)) {
                return false;
            }
            long last = until.getEpochSecond();
            int ofKey = counts.getOrDefault(fingerprint, 0);
            if (last < forgottenUntil || claims.size() >= maximum || ofKey >= maximumOfKey) {
                throw new AuthUnavailableException(Reason.REPLAY_MEMORY_UNAVAILABLE, RETRY_AFTER);
            }
            claims.add(claim);
            counts.put(fingerprint, ofKey + 1);
            byLastSecond.computeIfAbsent(last, none -> new ArrayList<>()).add(claim);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whole seconds, and none before it is over. */
    private void forgetBefore(long second) {
        while (!byLastSecond.isEmpty() && byLastSecond.firstKey() < second) {
            byLastSecond.pollFirstEntry().getValue().forEach(this::forget);
        }
        forgottenUntil = Math.max(forgottenUntil, second);
    }

    private void forget(Claim claim) {
        claims.remove(claim);
        counts.computeIfPresent(claim.fingerprint(), (key, count) -> count == 1 ? null : count - 1);
    }

    /** How many requests are remembered. */
    @Override
    public String toString() {
        lock.lock();
        try {
            return "InMemoryReplayMemory[" + claims.size() + "]";
        } finally {
            lock.unlock();
        }
    }
}
