package dev.portcullis.auth.apikey;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecondChanceCache;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The copies near by: of keys there are, and apart from them of hashes that no key has, so that made-up keys take no
 * room from real ones.
 */
final class KeyCopies {

    private final SecondChanceCache<SHA256, KeyCopy> known;
    private final SecondChanceCache<SHA256, KeyCopy> unknown;
    private final HashesByID hashes;
    private final Horizon horizon;
    private final ChangeStamps stamps;
    private final long unknownLifetime;

    KeyCopies(int maximumKnown, int maximumUnknown, long unknownLifetime, Horizon horizon, ChangeStamps stamps) {
        this.known = new SecondChanceCache<>(maximumKnown);
        this.hashes = new HashesByID(maximumKnown);
        this.unknown = new SecondChanceCache<>(maximumUnknown);
        this.unknownLifetime = unknownLifetime;
        this.horizon = horizon;
        this.stamps = stamps;
    }

    /** The key of a hash if there is a copy that can be used without another look. */
    @Nullable
    APIKey fresh(SHA256 hash) {
        KeyCopy copy = known.find(hash);
        return copy != null && isFresh(copy) ? copy.key() : null;
    }

    private boolean isFresh(KeyCopy copy) {
        return horizon.isFresh(copy.askedAt()) && isUnchanged(copy);
    }

    /** Whether a key is that of a copy which can be used without another look, and which no other has replaced. */
    boolean isCurrent(APIKey key) {
        return key.holder() instanceof KeyCopy copy && copy.isAmong(this) && isFresh(copy);
    }

    /** The copy of a key that has one of these hashes, outdated or not. */
    @Nullable
    KeyCopy known(List<SHA256> hashes) {
        KeyCopy outdated = null;
        for (SHA256 hash : hashes) {
            KeyCopy copy = known.find(hash);
            if (copy != null && isUnchanged(copy)) {
                return copy;
            }
            outdated = copy == null ? outdated : copy;
        }
        return outdated;
    }

    /** An answer that will do for whoever asks now, due for another look or not. */
    @Nullable
    KeyCopy usable(List<SHA256> hashes, long now) {
        KeyCopy copy = known(hashes);
        if (copy != null) {
            return isUsable(copy, hashes, now) ? copy : null;
        }
        for (SHA256 hash : hashes) {
            copy = unknown.find(hash);
            if (copy == null || !isUsable(copy, List.of(hash), now)) {
                return null;
            }
        }
        return copy;
    }

    /** Whether an answer holds for whoever asks now, and not only for whoever asked before it was read. */
    boolean isUsable(KeyCopy copy, List<SHA256> hashes, long now) {
        if (copy.key() != null) {
            return isUnchanged(copy) && horizon.isUsable(copy.askedAt(), now);
        }
        return now - copy.askedAt() <= unknownLifetime
                && horizon.isAfterGap(copy.askedAt())
                && hashes.stream().allMatch(hash -> stamps.isHashFreeSince(copy.tick(), hash));
    }

    /** Whether nobody is known to have changed a key since it was read. */
    boolean isUnchanged(KeyCopy copy) {
        return stamps.isKeyUnchangedSince(copy.tick(), copy.place());
    }

    /** Keeps what the store said of some hashes: which key has one of them, or that none has. */
    synchronized KeyCopy keep(List<SHA256> asked, @Nullable APIKey key, long askedAt, long tick) {
        if (key != null) {
            release(known.find(key.hash()));
            // A record that a store in memory holds stays that one's.
            APIKey own = key.holder() == null ? key : key.toBuilder().build();
            KeyCopy copy = new KeyCopy(this, own, askedAt, tick, stamps.placeOf(own.id()));
            hashes.add(own);
            keep(own, copy);
            return copy;
        }
        KeyCopy none = new KeyCopy(this, null, askedAt, tick, 0);
        for (SHA256 hash : asked) {
            unknown.keep(hash, none, 1);
            KeyCopy copy = known.find(hash);
            if (copy != null) {
                release(copy);
                known.drop(hash);
            }
        }
        return none;
    }

    private void keep(APIKey key, KeyCopy copy) {
        key.heldBy(copy);
        known.keep(key.hash(), copy, 1);
    }

    /** Another takes its place: its key is no longer vouched for. */
    private static void release(@Nullable KeyCopy copy) {
        APIKey key = copy == null ? null : copy.key();
        if (key != null) {
            key.heldBy(null);
        }
    }

    /**
     * Writes a last use into the copy of a key.
     *
     * @return whether there is nothing left to do: no copy that could be used is without it
     */
    synchronized boolean used(UUID id, Instant at) {
        SHA256 hash = hashes.find(id);
        if (hash == null) {
            return false;
        }
        KeyCopy copy = known.find(hash);
        if (copy == null || copy.key() == null) {
            return false;
        }
        APIKey key = copy.key().lastUsedAt(at);
        release(copy);
        keep(key, copy.withKey(key));
        return true;
    }

    int knownCount() {
        return known.size();
    }

    int unknownCount() {
        return unknown.size();
    }
}
