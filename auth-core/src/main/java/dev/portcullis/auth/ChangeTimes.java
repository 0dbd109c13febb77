package dev.portcullis.auth;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** When what changed last, so that whatever was asked for before is told from what was asked for after. */
final class ChangeTimes {

    /** Beyond this, which one changed is not worth the room. */
    private static final int MOST_CHANGES = 10_000;

    private final LongSupplier ticker;
    private final Map<Object, Long> changedAt = new ConcurrentHashMap<>();
    private volatile long allChangedAt;

    ChangeTimes(LongSupplier ticker) {
        this.ticker = ticker;
        this.allChangedAt = ticker.getAsLong() - 1;
    }

    synchronized void changed(Object tag) {
        if (changedAt.size() >= MOST_CHANGES) {
            allChanged();
            changedAt.clear();
        }
        changedAt.put(tag, ticker.getAsLong());
    }

    void allChanged() {
        allChangedAt = ticker.getAsLong();
    }

    /** Whether nothing with one of the tags has changed at that moment, or later. */
    boolean noneSince(long moment, List<Object> tags) {
        if (moment - allChangedAt <= 0) {
            return false;
        }
        if (!changedAt.isEmpty()) {
            for (Object tag : tags) {
                Long at = changedAt.get(tag);
                if (at != null && moment - at <= 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
