package dev.portcullis.auth.apikey;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a store said about one hash: a key, or that there is none; and when it was asked. */
final class KeyCopy {

    /** How long a store that failed is not asked again, and how long after that it counts as failing, in nanoseconds. */
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final KeyCopies owner;
    private final @Nullable APIKey key;
    private final long askedAt;
    private final long tick;
    private final int place;

    /** Set while the store cannot be asked for a newer one: not before then is it tried again. */
    private volatile @Nullable Long retryAt;

    /**
     * A copy.
     *
     * @param owner among which it is
     * @param key what was found, if anything
     * @param askedAt the time in nanoseconds, before the store was asked
     * @param tick that of {@link ChangeStamps}, before the store was asked
     * @param place where changes of this are stamped
     */
    KeyCopy(KeyCopies owner, @Nullable APIKey key, long askedAt, long tick, int place) {
        this.owner = owner;
        this.key = key;
        this.askedAt = askedAt;
        this.tick = tick;
        this.place = place;
    }

    /** The same answer about a key of which nothing has changed that would have to be asked for. */
    KeyCopy withKey(APIKey other) {
        return new KeyCopy(owner, other, askedAt, tick, place);
    }

    @SuppressWarnings("ReferenceEquality")
    boolean isAmong(KeyCopies copies) {
        return owner == copies;
    }

    @Nullable
    APIKey key() {
        return key;
    }

    long askedAt() {
        return askedAt;
    }

    long tick() {
        return tick;
    }

    int place() {
        return place;
    }

    /** Whether an attempt to get a newer one failed just now, so that nobody need wait for another one. */
    boolean isFailing(long now) {
        Long at = retryAt;
        return at != null && now - at < PAUSE;
    }

    boolean canBeRetried(long now) {
        Long at = retryAt;
        return at == null || now - at >= 0;
    }

    void failed(long now) {
        retryAt = now + PAUSE;
    }
}
