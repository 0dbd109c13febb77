package dev.portcullis.auth.apikey;

import dev.portcullis.auth.SHA256;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When which key was last changed, and which hash last got a key, in ticks: each change is a tick. A copy that notes the
 * tick at which it began to be read is current as long as no later change is stamped, also if the change came while it
 * was being read. This takes no lock and no list of copies, and knows changes of what has no copy yet.
 *
 * <p>Keys share the places for their stamps: a change makes one copy in some thousand others look outdated too, and costs
 * each a reading, nothing else. Hashes have places of their own, so that a million keys can be added without making any
 * copy look outdated.
 */
final class ChangeStamps {

    private static final int PLACES = 4096;

    private final AtomicLong ticks = new AtomicLong();
    private final AtomicLongArray keys = new AtomicLongArray(PLACES);
    private final AtomicLongArray hashes = new AtomicLongArray(PLACES);

    /** The tick for a copy whose reading begins now. */
    long now() {
        return ticks.get();
    }

    /** Stamps a key: to be called after its change, and before anybody is told that it is done. */
    void keyChanged(UUID id) {
        stamp(keys, placeOf(id));
    }

    /** Stamps a hash that a key has now, and may not have had before. */
    void hashTaken(SHA256 hash) {
        stamp(hashes, placeOf(hash));
    }

    /** Of two changes at once the later tick stays. */
    private void stamp(AtomicLongArray stamps, int place) {
        stamps.accumulateAndGet(place, ticks.incrementAndGet(), Math::max);
    }

    /** Where a key's stamp stands. */
    int placeOf(UUID id) {
        return place(id.hashCode());
    }

    private static int placeOf(SHA256 hash) {
        return place(hash.hashCode());
    }

    private static int place(int hashCode) {
        return (hashCode * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(PLACES - 1);
    }

    /** Whether no key at a place was changed after a tick. */
    boolean isKeyUnchangedSince(long tick, int place) {
        return keys.get(place) <= tick;
    }

    /** Whether no key got a hash after a tick. */
    boolean isHashFreeSince(long tick, SHA256 hash) {
        return hashes.get(placeOf(hash)) <= tick;
    }
}
