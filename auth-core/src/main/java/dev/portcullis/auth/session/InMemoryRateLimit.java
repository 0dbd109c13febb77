package dev.portcullis.auth.session;

import dev.portcullis.auth.SecondChanceCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A rate limit on this node alone: for each name a bucket that holds a number of attempts and is filled again evenly. The
 * names that were seen last are kept; one that is forgotten begins with a full bucket.
 */
public final class InMemoryRateLimit implements RateLimit {

    /** About 300 bytes each. */
    private static final int USUAL_NAMES = 100_000;

    private final int attempts;
    private final Duration period;
    private final TimeMeter clock;
    private final SecondChanceCache<String, Bucket> buckets;
    private final Object making = new Object();

    private InMemoryRateLimit(int attempts, Duration period, int names, TimeMeter clock) {
        this.attempts = attempts;
        this.period = period;
        this.clock = clock;
        this.buckets = new SecondChanceCache<>(names);
    }

    /**
     * So many attempts in a period, all at once if need be.
     *
     * @param attempts at least 1
     * @param period how long it takes until an empty bucket is full again; from a second to a day
     * @return the limit, for up to 100,000 names, by a clock that nobody sets
     * @throws IllegalArgumentException if either is out of range
     */
    public static InMemoryRateLimit of(int attempts, Duration period) {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
        }
        if (period.compareTo(Duration.ofSeconds(1)) < 0 || period.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("period must be from a second to a day, not " + period);
        }
        return new InMemoryRateLimit(attempts, period, USUAL_NAMES, TimeMeter.SYSTEM_NANOTIME);
    }

    /**
     * The same for another number of names.
     *
     * @param names how many are kept, about 300 bytes each; at least 1
     * @return another limit, with nothing counted
     * @throws IllegalArgumentException if it is less
     */
    public InMemoryRateLimit maximumNames(int names) {
        if (names < 1) {
            throw new IllegalArgumentException("maximumNames must be at least 1, not " + names);
        }
        return new InMemoryRateLimit(attempts, period, names, clock);
    }

    /** The same by another clock. */
    InMemoryRateLimit clock(TimeMeter other) {
        return new InMemoryRateLimit(attempts, period, USUAL_NAMES, other);
    }

    @Override
    public Duration take(String name) {
        ConsumptionProbe probe = bucketOf(name).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    }

    /** Two at once get the same bucket, lest each begin with a full one. */
    private Bucket bucketOf(String name) {
        @Nullable Bucket found = buckets.find(name);
        if (found != null) {
            return found;
        }
        synchronized (making) {
            @Nullable Bucket made = buckets.find(name);
            if (made != null) {
                return made;
            }
            Bucket bucket = Bucket.builder()
                    .addLimit(limit -> limit.capacity(attempts).refillGreedy(attempts, period))
                    .withCustomTimePrecision(clock)
                    .build();
            buckets.keep(name, bucket, 1);
            return bucket;
        }
    }

    @Override
    public String toString() {
        return "InMemoryRateLimit[" + attempts + " in " + period + "]";
    }
}
