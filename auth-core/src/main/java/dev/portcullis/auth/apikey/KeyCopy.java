package dev.portcullis.auth.apikey;

import org.jspecify.annotations.Nullable;

/** What a store said about one hash: a key, or that there is none; and when it was asked. */
final class KeyCopy {

    private final @Nullable APIKey key;
    private final long askedAt;
    private final long tick;
    private final int place;

    /** Set while the store cannot be asked for a newer one: not before then is it tried again. */
    private volatile @Nullable Long retryAt;

    /**
     * A copy.
     *
     * @param key what was found, if anything
     * @param askedAt the time in nanoseconds, before the store was asked
     * @param tick that of {@link ChangeStamps}, before the store was asked
     * @param place where changes of this are stamped
     */
    KeyCopy(@Nullable APIKey key, long askedAt, long tick, int place) {
        this.key = key;
        this.askedAt = askedAt;
        this.tick = tick;
        this.place = place;
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

    /** Whether the last attempt to get a newer one failed. */
    boolean isFailing() {
        return retryAt != null;
    }

    boolean canBeRetried(long now) {
        Long at = retryAt;
        return at == null || now - at >= 0;
    }

    void failed(long nextTry) {
        retryAt = nextTry;
    }
}
