package dev.portcullis.auth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies near by of what is stored far away. A copy is good for a short time by itself, and for longer while change
 * notices are up to date: then whatever changes is let go of when that is told. When the store cannot be asked, a copy can
 * be good for longer still; the store is asked for it again a second later.
 *
 * <p>By the system's clock what is in use is asked for again in the background once three quarters of its time are over, so
 * that hardly a request waits for the store. Where that does not come about in time, a request asks by itself.
 *
 * <p>That there is nothing can be remembered too, in a room of its own, so that nobody drives out copies by asking for what
 * there is not; and the store answers so at a limited rate. Beyond it what was not asked for before cannot be looked up,
 * while copies are not held up.
 *
 * <p>An answer that was on its way while something changed is given to whoever asked, and not kept.
 *
 * <p>Safe for use by many threads at once.
 *
 * @param <K> by what things are looked for
 * @param <V> things
 */
public final class NearCopies<K, V> implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How many copies are asked for at once in the background: what is more waits for a request. */
    private static final int MOST_REFRESHES = 4;

    private final SecondChanceCache<K, Copy<V>> copies;
    private final Terms terms;
    private final @Nullable Unknown<K> unknown;
    private final Function<? super V, List<String>> tags;
    private final LongSupplier ticker;
    private final ChangeCount changes = new ChangeCount();
    private final @Nullable Executor background;
    private final AtomicInteger refreshes = new AtomicInteger();
    private final long lifetime;
    private final long lifetimeWithNotices;
    private final long maximumLag;
    private volatile ChangeNotices.@Nullable Subscription subscription;

    /** What the store said; which changes concern it, how many had come before it was asked, and when that was. */
    private static final class Copy<V> {

        private final V value;
        private final List<Object> tags;
        private final long changesBefore;
        private final long askedAt;

        /** Before this it is not asked for again, as the store was away. */
        private volatile long retryAt;

        /** Whether it is asked for again in the background. */
        private volatile boolean refreshed;

        Copy(V value, List<Object> tags, long changesBefore, long askedAt) {
            this.value = value;
            this.tags = tags;
            this.changesBefore = changesBefore;
            this.askedAt = askedAt;
            this.retryAt = askedAt;
        }
    }

    /** What is known not to be there, under the only tag that it has. */
    private record Unknown<K>(UnknownTerms terms, SecondChanceCache<K, Copy<K>> copies, UnknownAllowance allowance) {}

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
     * How it is remembered that there is nothing.
     *
     * @param lifetime for how long
     * @param maximum how many such answers at most
     * @param perSecond how many the store gives
     * @param unavailable why nothing can be looked up beyond that
     */
    public record UnknownTerms(Duration lifetime, int maximum, int perSecond, Reason unavailable) {

        private static final int FASTEST = 1_000_000;

        /**
         * Checks the terms.
         *
         * @param lifetime for how long it is remembered
         * @param maximum how many such answers at most
         * @param perSecond how many the store gives
         * @param unavailable why nothing can be looked up beyond that
         * @throws IllegalArgumentException if a number is out of range
         */
        public UnknownTerms {
            if (lifetime.isNegative() || maximum < 1 || perSecond < 1 || perSecond > FASTEST) {
                throw new IllegalArgumentException("lifetime must not be negative, maximum must be at least 1,"
                        + " perSecond must be from 1 to " + FASTEST);
            }
        }
    }

    /**
     * No copies yet; that there is nothing will not be remembered.
     *
     * @param terms how long they will be good
     * @param tags by what changes of a value are told: its identifier, and what it belongs to
     * @param ticker what ages are measured with, like {@link System#nanoTime()}; null for that one, by which what is in use
     *     is asked for ahead of time in the background, while any other can jump
     */
    public NearCopies(Terms terms, Function<? super V, List<String>> tags, @Nullable LongSupplier ticker) {
        this(terms, null, tags, ticker);
    }

    /**
     * No copies yet.
     *
     * @param terms how long they will be good
     * @param unknown how it is remembered that there is nothing; null for not at all
     * @param tags by what changes of a value are told: its identifier, and what it belongs to
     * @param ticker what ages are measured with, like {@link System#nanoTime()}; null for that one, by which what is in use
     *     is asked for ahead of time in the background, while any other can jump
     */
    public NearCopies(
            Terms terms,
            @Nullable UnknownTerms unknown,
            Function<? super V, List<String>> tags,
            @Nullable LongSupplier ticker) {
        this(
                terms,
                unknown,
                tags,
                ticker == null ? System::nanoTime : ticker,
                ticker == null ? new LoadThreads("portcullis-copies") : null);
    }

    /** No copies yet. What is in use is asked for ahead of time by the executor, if there is one. */
    NearCopies(
            Terms terms,
            @Nullable UnknownTerms unknown,
            Function<? super V, List<String>> tags,
            LongSupplier ticker,
            @Nullable Executor background) {
        this.terms = terms;
        this.lifetime = terms.lifetime().toNanos();
        this.lifetimeWithNotices = terms.lifetimeWithNotices().toNanos();
        this.maximumLag = terms.maximumLag().toNanos();
        this.tags = tags;
        this.ticker = ticker;
        this.background = background;
        this.copies = new SecondChanceCache<>(terms.maximumCopies());
        long now = ticker.getAsLong();
        this.unknown = unknown == null
                ? null
                : new Unknown<>(
                        unknown,
                        new SecondChanceCache<>(unknown.maximum()),
                        new UnknownAllowance(unknown.perSecond(), now));
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
     * @return the value; null if the store says that there is none
     * @throws AuthUnavailableException if the store cannot be asked, and there is no copy that is good even so; or if too
     *     much was asked for that there is not
     */
    public @Nullable V find(K key, Function<K, @Nullable V> store) {
        Copy<V> copy = copies.find(key);
        long now = ticker.getAsLong();
        if (copy == null) {
            return isKnownToBeMissing(key, now) ? null : asked(key, null, store, now);
        }
        long age = now - copy.askedAt;
        long goodFor = goodFor(age);
        if (age <= goodFor && isUnchanged(copy)) {
            if (age > goodFor / 4 * 3) {
                refresh(key, copy, store);
            }
            return copy.value;
        }
        if (now - copy.retryAt < 0 && canGoOn(copy, now)) {
            return copy.value;
        }
        try {
            return asked(key, copy, store, now);
        } catch (AuthUnavailableException e) {
            copy.retryAt = ticker.getAsLong() + PAUSE.toNanos();
            if (canGoOn(copy, now)) {
                return copy.value;
            }
            throw e;
        }
    }

    private boolean canGoOn(Copy<V> copy, long now) {
        return now - copy.askedAt <= terms.maximumStaleness().toNanos() && isUnchanged(copy);
    }

    /**
     * Whether the store said so lately.
     *
     * @throws AuthUnavailableException if it did not, and must not be asked
     */
    private boolean isKnownToBeMissing(K key, long now) {
        if (unknown == null) {
            return false;
        }
        Copy<K> copy = unknown.copies.find(key);
        if (copy != null && now - copy.askedAt <= unknown.terms.lifetime().toNanos() && isUnchanged(copy)) {
            return true;
        }
        if (!unknown.allowance.isLeft(now)) {
            throw new AuthUnavailableException(unknown.terms.unavailable(), PAUSE);
        }
        return false;
    }

    /** How long a copy is good, which is for longer while notices are up to date: young ones need no look at these. */
    private long goodFor(long age) {
        if (age <= lifetime / 4 * 3) {
            return lifetime;
        }
        ChangeNotices.Subscription listening = subscription;
        return listening != null && listening.nanosBehind() <= maximumLag ? lifetimeWithNotices : lifetime;
    }

    /** Has the store asked for a copy in the background, once, unless too many are asked for already. */
    private void refresh(K key, Copy<V> copy, Function<K, @Nullable V> store) {
        if (background == null || copy.refreshed) {
            return;
        }
        if (refreshes.incrementAndGet() > MOST_REFRESHES) {
            refreshes.decrementAndGet();
            return;
        }
        copy.refreshed = true;
        try {
            background.execute(() -> askAhead(key, copy, store));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            refreshes.decrementAndGet(); // a request asks by itself
        }
    }

    /** Whatever goes wrong, the next request that needs the answer asks by itself, and tells. */
    private void askAhead(K key, Copy<V> copy, Function<K, @Nullable V> store) {
        try {
            asked(key, copy, store, ticker.getAsLong());
        } catch (Throwable e) { // also a checked exception, as other languages let a store throw
            // The copy is as it was.
        } finally {
            refreshes.decrementAndGet();
        }
    }

    /** Whether it was asked for after the last change. */
    private boolean isUnchanged(Copy<?> copy) {
        return changes.noneSince(copy.changesBefore, copy.tags);
    }

    private @Nullable V asked(K key, @Nullable Copy<V> before, Function<K, @Nullable V> store, long now) {
        long changesBefore = changes.now();
        V value = store.apply(key);
        if (value == null) {
            copies.drop(key); // that there is nothing is always believed
        } else {
            List<Object> concerning = new ArrayList<>(tags.apply(value));
            concerning.add(key);
            keep(key, before, new Copy<>(value, concerning, changesBefore, now));
        }
        if (unknown != null && value == null) {
            unknown.allowance.spend(ticker.getAsLong());
            unknown.copies.keep(key, new Copy<>(key, List.of(key), changesBefore, now), 1);
        } else if (unknown != null) {
            unknown.copies.drop(key);
        }
        return value;
    }

    /**
     * Keeps an answer unless another one has come since it was asked for, by which there is nothing, or which was asked for
     * no sooner: what is known to be gone would come back with it, for as long as the store is away.
     */
    private void keep(K key, @Nullable Copy<V> before, Copy<V> after) {
        copies.keepIf(
                key,
                after,
                1,
                present -> present == before || (present != null && present.askedAt - after.askedAt < 0));
    }

    /**
     * Copies with a tag are no longer good, also those that are on their way. To be called after a change, and before it
     * is answered.
     *
     * @param tag the identifier of what changed, or what it belongs to
     */
    public void changed(String tag) {
        changes.changed(tag);
    }

    /**
     * Something is to be found now, or something else than before: neither a copy nor an answer that there is nothing is
     * good, also those that are on their way. To be called after the change, and before it is answered.
     *
     * @param key by what it is looked for
     */
    public void appeared(K key) {
        changes.changed(key);
    }

    /** No copy is good any longer, nor one that is on its way. */
    void allChanged() {
        changes.allChanged();
    }

    /** Ends the notices, if there are any: copies are short-lived from then on, and nothing is asked for ahead of time. */
    @Override
    public void close() {
        if (background instanceof LoadThreads threads) {
            threads.close();
        }
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
