package dev.portcullis.auth.apikey;

import dev.portcullis.auth.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Warns clients ahead that the key they use, or that opened their session, stops working: in the header
 * {@code X-Api-Key-Expires-At} of responses. Immutable.
 */
public final class ExpiryWarning {

    /** The name of the header. */
    public static final String HEADER = "X-Api-Key-Expires-At";

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Duration ahead;
    private final InstantSource clock;

    private ExpiryWarning(Duration ahead, InstantSource clock) {
        this.ahead = ahead;
        this.clock = clock;
    }

    /**
     * Warns from some time before the end.
     *
     * @param ahead how long before; from a millisecond to 36,500 days
     * @return the warning, by the system's clock
     * @throws IllegalArgumentException if it is out of range
     */
    public static ExpiryWarning ahead(Duration ahead) {
        if (ahead.compareTo(Duration.ofMillis(1)) < 0 || ahead.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("ahead must be from a millisecond to 36,500 days, not " + ahead);
        }
        return new ExpiryWarning(ahead, InstantSource.system());
    }

    /**
     * The same by another clock.
     *
     * @param other the time
     * @return another warning
     */
    public ExpiryWarning clock(InstantSource other) {
        return new ExpiryWarning(ahead, other);
    }

    /**
     * The value of the header for a caller.
     *
     * @param caller who is calling, or null if nobody is signed in
     * @return the first second at which the key no longer works, as RFC 3339 writes it in UTC; null if there is no reason
     *     to warn
     */
    public @Nullable String headerFor(@Nullable Caller caller) {
        if (caller == null || !(caller.attributes().get(KeyAttributes.EXPIRES_AT) instanceof Instant end)) {
            return null;
        }
        boolean isNear = !end.minus(ahead).isAfter(clock.instant());
        return isNear ? end.truncatedTo(ChronoUnit.SECONDS).toString() : null;
    }
}
