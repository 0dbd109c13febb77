package dev.portcullis.auth;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache for what is read far more often than it is written. A hit takes no lock and, but for the first one
 * since the entry was last passed over, writes nothing: threads on different processors do not take the entry's memory
 * away from each other, as they do where each hit moves the entry in an order of use.
 *
 * <p>Entries stand in the order in which they came. When one must go it is the oldest, except that one which was used
 * since it took its place is sent to the end of the line instead: the clock, or second-chance, algorithm.
 *
 * <p>Safe for use by many threads at once.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class SecondChanceCache<K, V> {

    private final ConcurrentHashMap<K, Entry<K, V>> entries = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();
    private final long maximumWeight;

    private long weight;
    private @Nullable Entry<K, V> oldest;
    private @Nullable Entry<K, V> newest;

    /**
     * An empty cache.
     *
     * @param maximumWeight how much all entries together may weigh; at least 1
     */
    public SecondChanceCache(long maximumWeight) {
        this.maximumWeight = maximumWeight;
    }

    /**
     * Finds a value.
     *
     * @param key the key
     * @return its value, or null if there is none
     */
    public @Nullable V find(K key) {
        Entry<K, V> entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        if (!entry.used) {
            entry.used = true;
        }
        return entry.value;
    }

    /**
     * Keeps a value, in the place of an older one of the same key, and lets go of others if it must. A value that alone
     * weighs more than the cache may hold is not kept.
     *
     * @param key the key
     * @param value the value
     * @param weighs how much it weighs; at least 1
     */
    public void keep(K key, V value, int weighs) {
        keepIf(key, value, weighs, any -> true);
    }

    /**
     * Keeps a value as {@link #keep} does, unless another one has come that is worth more.
     *
     * @param key the key
     * @param value the value
     * @param weighs how much it weighs; at least 1
     * @param overPresent whether it is kept in the place of the present value, or of none: null
     */
    void keepIf(K key, V value, int weighs, Predicate<@Nullable V> overPresent) {
        Entry<K, V> entry = new Entry<>(key, value, weighs);
        changing.lock();
        try {
            Entry<K, V> present = entries.get(key);
            if (!overPresent.test(present == null ? null : present.value)) {
                return;
            }
            Entry<K, V> before = weighs > maximumWeight ? entries.remove(key) : entries.put(key, entry);
            if (before != null) {
                unlink(before);
            }
            if (weighs <= maximumWeight) {
                makeRoom(maximumWeight - weighs);
                link(entry);
            }
        } finally {
            changing.unlock();
        }
    }

    /**
     * Lets go of a value.
     *
     * @param key the key
     */
    public void drop(K key) {
        changing.lock();
        try {
            Entry<K, V> entry = entries.remove(key);
            if (entry != null) {
                unlink(entry);
            }
        } finally {
            changing.unlock();
        }
    }

    /**
     * Lets go of every value of a kind. Values that are kept meanwhile are looked at before or after this.
     *
     * @param unwanted what to let go of
     */
    public void dropIf(Predicate<? super V> unwanted) {
        changing.lock();
        try {
            for (Entry<K, V> entry = oldest; entry != null; entry = entry.newer) {
                if (unwanted.test(entry.value)) {
                    entries.remove(entry.key);
                    unlink(entry);
                }
            }
        } finally {
            changing.unlock();
        }
    }

    /**
     * How many values there are.
     *
     * @return their number, as it was at some moment of this call
     */
    public int size() {
        return entries.size();
    }

    /** Spares no more than there are entries, however fast others use them meanwhile. */
    private void makeRoom(long mostWeight) {
        int chances = entries.size();
        for (Entry<K, V> entry = oldest; entry != null && weight > mostWeight; entry = oldest) {
            unlink(entry);
            if (entry.used && chances-- > 0) {
                entry.used = false;
                link(entry);
            } else {
                entries.remove(entry.key);
            }
        }
    }

    private void link(Entry<K, V> entry) {
        entry.older = newest;
        entry.newer = null;
        if (newest == null) {
            oldest = entry;
        } else {
            newest.newer = entry;
        }
        newest = entry;
        weight += entry.weight;
    }

    /** The entry itself still leads on to the newer ones, for whoever stands at it. */
    private void unlink(Entry<K, V> entry) {
        Entry<K, V> older = entry.older;
        Entry<K, V> newer = entry.newer;
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        weight -= entry.weight;
    }

    /** How many values there are, never one of them. */
    @Override
    public String toString() {
        return "SecondChanceCache[" + size() + "]";
    }

    /** Links and weights are read and written under the lock alone. */
    private static final class Entry<K, V> {

        private final K key;
        private final V value;
        private final int weight;
        private volatile boolean used;
        private @Nullable Entry<K, V> older;
        private @Nullable Entry<K, V> newer;

        Entry(K key, V value, int weight) {
            this.key = key;
            this.value = value;
            this.weight = weight;
        }
    }
}
