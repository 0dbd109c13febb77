package dev.portcullis.auth.apikey;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keys in the order of their owners and identifiers, in runs that are split when they grow too long: an owner costs
 * nothing, and a key about 8 bytes. Whoever owns this sees to it that one thread at a time uses it.
 */
final class OrderedKeys {

    /** Identifiers as numbers without signs (RFC 9562 section 6.11); those of {@link UUID} itself have signs. */
    static final Comparator<UUID> IDENTIFIERS = (one, other) -> {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    };

    private static final int LONGEST_RUN = 256;

    /** None of them is empty. */
    private final ArrayList<ArrayList<APIKey>> runs = new ArrayList<>();

    /** No identifier is greater than all. */
    private static int compare(APIKey key, String owner, @Nullable UUID id) {
        int owners = key.owner().compareTo(owner);
        if (owners != 0) {
            return owners;
        }
        return id == null ? -1 : IDENTIFIERS.compare(key.id(), id);
    }

    /** The last run that begins at or before a place, or else the first. */
    private int runOf(String owner, @Nullable UUID id) {
        int low = 0;
        int high = runs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(runs.get(middle).get(0), owner, id) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.max(0, low - 1);
    }

    /** How many keys of a run stand before a place. */
    private static int before(List<APIKey> run, String owner, @Nullable UUID id) {
        int low = 0;
        int high = run.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(run.get(middle), owner, id) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Adds a key that is not there yet. */
    void add(APIKey key) {
        if (runs.isEmpty()) {
            ArrayList<APIKey> first = new ArrayList<>(LONGEST_RUN);
            first.add(key);
            runs.add(first);
            return;
        }
        int place = runOf(key.owner(), key.id());
        if (runs.get(place).size() == LONGEST_RUN) {
            split(place);
            place = runOf(key.owner(), key.id());
        }
        ArrayList<APIKey> run = runs.get(place);
        run.add(before(run, key.owner(), key.id()), key);
    }

    private void split(int place) {
        List<APIKey> upper = runs.get(place).subList(LONGEST_RUN / 2, LONGEST_RUN);
        ArrayList<APIKey> next = new ArrayList<>(LONGEST_RUN);
        next.addAll(upper);
        upper.clear();
        runs.add(place + 1, next);
    }

    /** Puts a changed key in the place of the one that is there. */
    void replace(APIKey key) {
        ArrayList<APIKey> run = runs.get(runOf(key.owner(), key.id()));
        run.set(before(run, key.owner(), key.id()), key);
    }

    /** Removes a key that is there. */
    void remove(APIKey key) {
        int place = runOf(key.owner(), key.id());
        ArrayList<APIKey> run = runs.get(place);
        run.remove(before(run, key.owner(), key.id()));
        if (run.isEmpty()) {
            runs.remove(place);
        }
    }

    /** An owner's keys, the greatest identifier first. */
    List<APIKey> list(String owner, @Nullable UUID before, int limit) {
        List<APIKey> page = new ArrayList<>();
        descend(owner, before, key -> {
            page.add(key);
            return page.size() < limit;
        });
        return page;
    }

    /** Whether an owner has so many keys of a kind; the latest ones, which most likely are, are looked at first. */
    boolean hasAtLeast(int number, String owner, Predicate<APIKey> kind) {
        int[] count = {0};
        descend(owner, null, key -> {
            count[0] += kind.test(key) ? 1 : 0;
            return count[0] < number;
        });
        return count[0] >= number;
    }

    /** Shows an owner's keys, the greatest identifier first, as long as more are wanted. */
    private void descend(String owner, @Nullable UUID before, Predicate<APIKey> wantsMore) {
        if (runs.isEmpty()) {
            return;
        }
        int place = runOf(owner, before);
        int end = before(runs.get(place), owner, before);
        while (true) {
            for (int i = end - 1; i >= 0; i--) {
                APIKey key = runs.get(place).get(i);
                if (!key.owner().equals(owner) || !wantsMore.test(key)) {
                    return;
                }
            }
            if (place == 0) {
                return;
            }
            place--;
            end = runs.get(place).size();
        }
    }
}
