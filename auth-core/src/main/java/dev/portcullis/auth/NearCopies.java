package dev.portcullis.auth;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies near by of what is stored far away. A copy is good for a short time by itself, and for longer while change
 * notices are up to date: then whatever changes is let go of when that is told. When the store cannot be asked, a copy can
 * be good for longer still.
 *
 * <p>An answer that was on its way while something changed is given to whoever asked, and not kept.
 *
 * <p>Safe for use by many threads at once.
 *
 * @param <K> by what things are looked for
 * @param <V> things
 */
public final class NearCopies<K, V> implements AutoCloseable {

    /** Beyond this, which one changed is not worth the room. */
    private static final int MOST_CHANGES = 10_000;

    private final SecondChanceCache<K, Copy<V>> copies;
    private final Terms terms;
    private final Function<? super V, List<String>> tags;
    private final LongSupplier ticker;
    private final Map<String, Long> changedAt = new ConcurrentHashMap<>();
    private volatile long allChangedAt;
    private volatile ChangeNotices.@Nullable Subscription subscription;

    private record Copy<V>(V value, List<String> tags, long askedAt) {}

    /**
     * How long copies are good.
     *
     * @param lifetime by itself
     * @param lifetimeWithNotices while notices are up to date
     * @param maximumLag how far behind notices may be, and still count as up to date
     * @param maximumStaleness while the store cannot be asked; no longer than else if that is zero
     * @param maximumCopies how many there are at most
     */
    public record Terms(
            Duration lifetime,
            Duration lifetimeWithNotices,
            Duration maximumLag,
            Duration maximumStaleness,
            int maximumCopies) {

        /**
         * Checks the terms.
         *
         * @param lifetime by itself
         * @param lifetimeWithNotices while notices are up to date
         * @param maximumLag how far behind notices may be
         * @param maximumStaleness while the store cannot be asked
         * @param maximumCopies how many there are at most
         * @throws IllegalArgumentException if a time is negative or contradicts another, or there is room for no copy
         */
        public Terms {
            if (lifetime.isNegative() || lifetimeWithNotices.compareTo(lifetime) < 0) {
                throw new IllegalArgumentException(
                        "lifetimeWithNotices must be at least the lifetime, and that no less than 0");
            }
            if (maximumLag.isNegative() || maximumStaleness.isNegative() || maximumCopies < 1) {
                throw new IllegalArgumentException(
                        "maximumLag and maximumStaleness must not be negative, maximumCopies must be at least 1");
            }
        }
    }

    /**
     * No copies yet.
     *
     * @param terms how long they will be good
     * @param tags by what changes of a value are told: its identifier, and what it belongs to
     * @param ticker what ages are measured with, like {@link System#nanoTime()}
     */
    public NearCopies(Terms terms, Function<? super V, List<String>> tags, LongSupplier ticker) {
        this.terms = terms;
        this.tags = tags;
        this.ticker = ticker;
        this.copies = new SecondChanceCache<>(terms.maximumCopies());
        this.allChangedAt = ticker.getAsLong() - 1;
    }

    /**
     * Listens to changes from now on, until this is closed.
     *
     * @param notices who tells of them
     * @param topic of what
     */
    public void follow(ChangeNotices notices, String topic) {
        subscription = notices.subscribe(topic, new ChangeNotices.Listener() {
            @Override
            public void changed(String id) {
                NearCopies.this.changed(id);
            }

            @Override
            public void anythingMayHaveChanged() {
                allChanged();
            }
        });
    }

    /**
     * Finds a value near by, or asks for it.
     *
     * @param key what is looked for
     * @param store asked if there is no good copy
     * @return the value; null if the store says that there is none, which is not remembered
     * @throws AuthUnavailableException if the store cannot be asked, and there is no copy that is good even so
     */
    public @Nullable V find(K key, Function<K, @Nullable V> store) {
        Copy<V> copy = copies.find(key);
        long now = ticker.getAsLong();
        if (copy != null && isYoung(now - copy.askedAt) && isUnchanged(copy)) {
            return copy.value;
        }
        try {
            return asked(key, store, now);
        } catch (AuthUnavailableException e) {
            if (copy != null && now - copy.askedAt <= terms.maximumStaleness().toNanos() && isUnchanged(copy)) {
                return copy.value;
            }
            throw e;
        }
    }

    private boolean isYoung(long age) {
        if (age <= terms.lifetime().toNanos()) {
            return true;
        }
        ChangeNotices.Subscription listening = subscription;
        return listening != null
                && age <= terms.lifetimeWithNotices().toNanos()
                && listening.nanosBehind() <= terms.maximumLag().toNanos();
    }

    /** Whether it was asked for after the last change. */
    private boolean isUnchanged(Copy<V> copy) {
        if (copy.askedAt - allChangedAt <= 0) {
            return false;
        }
        if (!changedAt.isEmpty()) {
            for (String tag : copy.tags) {
                Long at = changedAt.get(tag);
                if (at != null && copy.askedAt - at <= 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private @Nullable V asked(K key, Function<K, @Nullable V> store, long now) {
        V value = store.apply(key);
        if (value == null) {
            copies.drop(key);
        } else {
            copies.keep(key, new Copy<>(value, List.copyOf(tags.apply(value)), now), 1);
        }
        return value;
    }

    /**
     * Copies with a tag are no longer good, also those that are on their way. To be called after a change, and before it
     * is answered.
     *
     * @param tag the identifier of what changed, or what it belongs to
     */
    public synchronized void changed(String tag) {
        if (changedAt.size() >= MOST_CHANGES) {
            allChanged();
            changedAt.clear();
        }
        changedAt.put(tag, ticker.getAsLong());
    }

    /** No copy is good any longer, nor one that is on its way. */
    public void allChanged() {
        allChangedAt = ticker.getAsLong();
    }

    /** Ends the notices, if there are any: copies are short-lived from then on. */
    @Override
    public void close() {
        ChangeNotices.Subscription listening = subscription;
        subscription = null;
        if (listening != null) {
            listening.close();
        }
    }

    /** How many copies there are, never one of them. */
    @Override
    public String toString() {
        return "NearCopies[" + copies.size() + "]";
    }
}
