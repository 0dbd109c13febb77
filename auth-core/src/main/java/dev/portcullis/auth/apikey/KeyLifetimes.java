package dev.portcullis.auth.apikey;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long keys work, whatever their own expiry is. Times are in milliseconds, and {@link #ANY} where there is no limit.
 *
 * @param maximumAge of every key
 * @param ageEverywhere of a key without an allow-list
 * @param idleEverywhere since the last use of a key without an allow-list
 */
record KeyLifetimes(long maximumAge, long ageEverywhere, long idleEverywhere) {

    private static final long ANY = Long.MAX_VALUE;

    /** The end of the year 9999: what lies after it never comes. */
    private static final long LATEST = 253_402_300_799_999L;

    /** Uses are written down at most once a minute, and a copy of a key can be older still. */
    private static final Duration SHORTEST_IDLE = Duration.ofHours(1);

    /** Reads the settings. */
    static KeyLifetimes of(
            @Nullable Duration maximumAge, @Nullable Duration ageEverywhere, @Nullable Duration idleEverywhere) {
        Duration least = Duration.ofMillis(1);
        return new KeyLifetimes(
                millis(maximumAge, least, "maximumKeyAge", "a millisecond"),
                millis(ageEverywhere, least, "lapseAfterIssue", "a millisecond"),
                millis(idleEverywhere, SHORTEST_IDLE, "lapseAfterLastUse", "an hour"));
    }

    private static long millis(@Nullable Duration limit, Duration least, String setting, String words) {
        if (limit == null) {
            return ANY;
        }
        if (limit.compareTo(least) < 0) {
            throw new IllegalArgumentException(setting + " must be at least " + words + "; leave it out for no limit");
        }
        return limit.compareTo(Duration.ofMillis(ANY)) < 0 ? limit.toMillis() : ANY;
    }

    /** Whether the time can be over for a key: the clock is read only then. */
    boolean areLimited(APIKey key) {
        return key.expires()
                || maximumAge != ANY
                || (lapses() && key.allowList().isEverywhere());
    }

    private boolean lapses() {
        return ageEverywhere != ANY || idleEverywhere != ANY;
    }

    boolean areOver(APIKey key, long now) {
        if (key.isExpired(now, now - maximumAge)) {
            return true;
        }
        return lapses()
                && key.allowList().isEverywhere()
                && (key.isExpired(now, now - ageEverywhere) || !key.wasUsedOrIssuedSince(now - idleEverywhere));
    }

    /** When a key will stop working that is being used now; null if never. */
    @Nullable
    KeyExpiry endOf(APIKey key, long now) {
        Instant own = key.expiresAt();
        long createdAt = key.createdAt().toEpochMilli();
        KeyExpiry end = own == null ? null : new KeyExpiry(own, KeyExpiry.Cause.EXPIRES);
        end = earlier(end, createdAt, maximumAge, KeyExpiry.Cause.AGE);
        if (key.allowList().isEverywhere()) {
            end = earlier(end, createdAt, ageEverywhere, KeyExpiry.Cause.AGE_WITHOUT_ALLOW_LIST);
            end = earlier(end, now, idleEverywhere, KeyExpiry.Cause.IDLE_WITHOUT_ALLOW_LIST);
        }
        return end;
    }

    /** At its greatest age a key still works. */
    private static @Nullable KeyExpiry earlier(@Nullable KeyExpiry one, long from, long limit, KeyExpiry.Cause cause) {
        if (limit >= LATEST - from) {
            return one;
        }
        Instant at = Instant.ofEpochMilli(from + limit + 1);
        return one != null && !at.isBefore(one.at()) ? one : new KeyExpiry(at, cause);
    }
}
