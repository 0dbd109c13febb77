package dev.portcullis.auth.apikey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** One owner's keys, in the order of their identifiers. Whoever owns this sees to it that one thread at a time uses it. */
final class OwnedKeys {

    /** Identifiers as numbers without signs (RFC 9562 section 6.11); those of {@link UUID} itself have signs. */
    static final Comparator<UUID> ORDER = (one, other) -> {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    };

    /** As a rule a key is added at the end. */
    private final ArrayList<APIKey> keys = new ArrayList<>(1);

    /** The place of a key, or where it is missing, as {@link java.util.Collections#binarySearch} tells it. */
    private int placeOf(UUID id) {
        int low = 0;
        int high = keys.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = ORDER.compare(keys.get(middle).id(), id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    void add(APIKey key) {
        keys.add(-placeOf(key.id()) - 1, key);
    }

    void replace(APIKey key) {
        keys.set(placeOf(key.id()), key);
    }

    void remove(APIKey key) {
        keys.remove(placeOf(key.id()));
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The greatest identifier first. */
    List<APIKey> list(@Nullable UUID before, int limit) {
        int place = before == null ? keys.size() : placeOf(before);
        int end = place < 0 ? -place - 1 : place;
        List<APIKey> page = new ArrayList<>(Math.min(limit, end));
        for (int i = end - 1; i >= 0 && page.size() < limit; i--) {
            page.add(keys.get(i));
        }
        return page;
    }

    /** Whether there are so many of a kind; the latest ones, which most likely are, are looked at first. */
    boolean hasAtLeast(int number, BiPredicate<APIKey, Instant> kind, Instant now) {
        int count = 0;
        for (int i = keys.size() - 1; i >= 0 && count < number; i--) {
            if (kind.test(keys.get(i), now)) {
                count++;
            }
        }
        return count >= number;
    }
}
