package dev.portcullis.auth.apikey;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When what was last changed, in ticks: each change is a tick. A copy that notes the tick at which it began to be read is
 * current as long as no later change is stamped on its subject, also if the change came while it was being read. This
 * takes no lock and no list of copies, and knows changes of what has no copy yet.
 *
 * <p>Subjects share the places for their stamps: a change makes one copy in some thousand others look outdated too, and
 * costs each a reading, nothing else.
 */
final class ChangeStamps {

    private static final int PLACES = 4096;

    private final AtomicLong ticks = new AtomicLong();
    private final AtomicLongArray stamps = new AtomicLongArray(PLACES);

    /** The tick for a copy whose reading begins now. */
    long now() {
        return ticks.get();
    }

    /** Stamps a subject: to be called after its change, and before anybody is told that it is done. */
    void changed(Object subject) {
        stamps.accumulateAndGet(placeOf(subject), ticks.incrementAndGet(), Math::max);
    }

    /** Where a subject's stamp stands. */
    int placeOf(Object subject) {
        return (subject.hashCode() * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(PLACES - 1);
    }

    /** Whether nothing at a place was changed after a tick. */
    boolean unchangedSince(long tick, int place) {
        return stamps.get(place) <= tick;
    }
}
