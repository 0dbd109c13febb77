package dev.portcullis.auth.apikey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of rotating a key. In all cases but the first, nothing was changed. */
public enum RotateResult {
    /** The successor was added, and the old key works until the overlap ends. */
    ROTATED,
    /** There is no such key. */
    UNKNOWN,
    /** The key has a successor. */
    ALREADY_ROTATED,
    /** The key is revoked or has expired. */
    NOT_ACTIVE,
    /** The key's owner, scopes or allow-list are not those of the successor: they were changed since the successor was made. */
    CHANGED,
    /** The owner has as many keys in their overlap as it may have. */
    TOO_MANY;

    /**
     * Judges a rotation by the key as it stands, for stores to call while nobody else can change it. The number of keys
     * is left for the store to judge, last.
     *
     * @param old the key, or null if there is none
     * @param successor what is to take its place
     * @param now when
     * @return {@link #ROTATED} if it can be, or why not
     */
    public static RotateResult judge(@Nullable APIKey old, APIKey successor, Instant now) {
        if (old == null) {
            return UNKNOWN;
        }
        if (old.revokedAt() != null) {
            return NOT_ACTIVE;
        }
        if (old.successorID() != null) {
            return ALREADY_ROTATED;
        }
        if (!old.isActive(now)) {
            return NOT_ACTIVE;
        }
        return old.owner().equals(successor.owner())
                        && old.environment() == successor.environment()
                        && old.scopes().equals(successor.scopes())
                        && old.allowList().equals(successor.allowList())
                ? ROTATED
                : CHANGED;
    }
}
