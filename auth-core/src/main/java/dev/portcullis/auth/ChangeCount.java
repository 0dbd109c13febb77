package dev.portcullis.auth;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which change was the last of what, so that whatever was asked for before it is told from what was asked for after. The
 * changes are counted: a clock is read at another moment than the one it stands at in the code.
 */
final class ChangeCount {

    /** Beyond this, which one changed is not worth the room. */
    private static final int MOST_CHANGES = 10_000;

    private final AtomicLong count = new AtomicLong();
    private final Map<Object, Long> lastOf = new ConcurrentHashMap<>();
    private volatile long lastOfAll;

    /** How many changes there were: to be noted before something is asked for. */
    long now() {
        return count.get();
    }

    synchronized void changed(Object tag) {
        if (lastOf.size() >= MOST_CHANGES) {
            allChanged();
            lastOf.clear();
        }
        lastOf.put(tag, count.incrementAndGet());
    }

    synchronized void allChanged() {
        lastOfAll = count.incrementAndGet();
    }

    /** Whether nothing with one of the tags has changed since so many changes were counted. */
    boolean noneSince(long counted, List<Object> tags) {
        if (counted == count.get()) {
            return true;
        }
        for (Object tag : tags) {
            Long last = lastOf.get(tag);
            if (last != null && counted < last) {
                return false;
            }
        }
        return counted >= lastOfAll; // read last: what is no longer found above is covered by it
    }
}
