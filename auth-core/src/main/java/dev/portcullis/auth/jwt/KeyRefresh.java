package dev.portcullis.auth.jwt;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The keys at hand, when they are fetched anew, and who waits for that. Requests drive it: without requests there are no
 * fetches, and no threads that wait for a time.
 *
 * <p>All that is shared is published through volatile fields, so that whoever finds usable keys takes no lock. The lock
 * only guards the start of a fetch; a fetch publishes what came of it, then that it is over, then wakes who waits.
 *
 * @param <S> a set of keys
 * @param <K> a key
 */
final class KeyRefresh<S extends NamedKeys<K>, K> {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);

    /** The first wait after a failed fetch, and the least {@code Retry-After}. */
    private static final long FIRST_BACKOFF = Duration.ofSeconds(1).toNanos();

    /** Without keys every request fails, so that the next attempt is never further away than this. */
    private static final long LONGEST_BACKOFF_WITHOUT_KEYS =
            Duration.ofSeconds(5).toNanos();

    /** A fetch ends by itself when its time is over; who waits allows it this much to say so. */
    private static final long GRACE = Duration.ofMillis(250).toNanos();

    private final KeyDownload<S> download;
    private final Executor executor;
    private final Limits limits;
    private final LongSupplier ticker;
    private final Semaphore waiters;
    private final ReentrantLock starting = new ReentrantLock();
    private final List<Consumer<S>> listeners = new CopyOnWriteArrayList<>();

    private final LongAdder fetches = new LongAdder();
    private final LongAdder failedFetches = new LongAdder();

    private volatile @Nullable HeldKeys<S> held;
    private volatile @Nullable Outage outage;
    private volatile @Nullable Flight flight;
    private volatile long coolUntil;
    private volatile boolean closed;

    /**
     * Limits in nanoseconds.
     *
     * @param fetchTimeout how long one fetch can take
     * @param unknownKeyCooldown how long one fetch for an unknown {@code kid} forbids another; also the longest backoff
     * @param maximumStaleness how long after their fetch keys are used when no other fetch succeeds
     * @param maximumWaiters how many threads wait for fetches at once
     */
    record Limits(long fetchTimeout, long unknownKeyCooldown, long maximumStaleness, int maximumWaiters) {}

    /** Keys, when they were fetched, when the next fetch starts behind the requests' back, and when they wait for it. */
    private static final class HeldKeys<S> {
        private final S keys;
        private final long fetchedAt;
        private final long refreshAt;
        private final long freshUntil;

        HeldKeys(S keys, long now, long lifetime) {
            this.keys = keys;
            fetchedAt = now;
            refreshAt = now + lifetime / 5 * 4;
            freshUntil = now + lifetime;
        }
    }

    /** Fetches that failed since the last one that did not. */
    private record Outage(int failures, long nextAttemptAt) {}

    /** A fetch under way. */
    private static final class Flight {
        private final long startedAt = System.nanoTime();
        private final CountDownLatch over = new CountDownLatch(1);
    }

    KeyRefresh(KeyDownload<S> download, Executor executor, Limits limits, LongSupplier ticker) {
        this.download = download;
        this.executor = executor;
        this.limits = limits;
        this.ticker = ticker;
        this.waiters = new Semaphore(limits.maximumWaiters());
        this.coolUntil = ticker.getAsLong();
    }

    void onChange(Consumer<S> listener) {
        listeners.add(listener);
    }

    /** Starts the first fetch, for which nobody waits yet. */
    void start() {
        join(null, ticker.getAsLong(), false);
    }

    /** Ends fetching. The caller ends the executor, and with it the fetch under way. */
    void close() {
        closed = true;
    }

    KeyStatus status() {
        HeldKeys<S> now = held;
        Outage current = outage;
        long at = ticker.getAsLong();
        return new KeyStatus(
                now == null ? 0 : now.keys.size(),
                now == null ? null : Duration.ofNanos(Math.max(0, at - now.fetchedAt)),
                now != null && !isStale(now, at),
                fetches.sum(),
                failedFetches.sum(),
                current == null ? 0 : current.failures());
    }

    S current() {
        return usable().keys;
    }

    @Nullable
    K find(@Nullable String kid) {
        HeldKeys<S> before = held;
        HeldKeys<S> now = usable();
        K key = now.keys.find(kid);
        if (key != null || kid == null || now != before) {
            return key; // a set that came while this request waited needs no other fetch
        }
        return findAfterRefetch(kid, now);
    }

    private HeldKeys<S> usable() {
        HeldKeys<S> seen = held;
        long now = ticker.getAsLong();
        return seen != null && now - seen.refreshAt < 0 ? seen : refreshed(seen, now);
    }

    private HeldKeys<S> refreshed(@Nullable HeldKeys<S> seen, long now) {
        Flight joined = join(seen, now, false);
        if (joined != null && mustWait(seen, now)) {
            await(joined);
        }
        HeldKeys<S> latest = held;
        if (latest == null || isStale(latest, ticker.getAsLong())) {
            throw unavailable();
        }
        return latest;
    }

    /** While the issuer is down, nobody who has keys to go on with waits for it. */
    private boolean mustWait(@Nullable HeldKeys<S> seen, long now) {
        return seen == null || isStale(seen, now) || (outage == null && now - seen.freshUntil >= 0);
    }

    private boolean isStale(HeldKeys<S> keys, long now) {
        return now - keys.fetchedAt > limits.maximumStaleness();
    }

    /**
     * The cool-down is read before the flight, because a flight for an unknown key is published before it claims the
     * cool-down: whoever finds the cool-down claimed finds that flight too, or what came of it.
     */
    private @Nullable K findAfterRefetch(String kid, HeldKeys<S> seen) {
        long now = ticker.getAsLong();
        boolean cooling = now - coolUntil < 0;
        Flight joined = cooling ? flight : join(seen, now, true);
        if (joined != null && !await(joined)) {
            throw unavailable();
        }
        HeldKeys<S> latest = held;
        K key = latest == null ? null : latest.keys.find(kid);
        if (key == null && (outage != null || closed)) {
            throw unavailable(coolUntil); // it may have been published since the last fetch that succeeded
        }
        return key;
    }

    /** The fetch under way, or a new one; null if none is due: attempts are held back, or {@code seen} is outdated. */
    private @Nullable Flight join(@Nullable HeldKeys<S> seen, long now, boolean forUnknownKey) {
        Flight underWay = flight;
        if (underWay != null || closed || isHeldBack(now)) {
            return underWay;
        }
        starting.lock();
        try {
            if (flight != null || held != seen || isHeldBack(now) || (forUnknownKey && now - coolUntil < 0)) {
                return flight;
            }
            Flight started = new Flight();
            flight = started;
            if (forUnknownKey) {
                coolUntil = now + limits.unknownKeyCooldown();
            }
            return launch(started);
        } finally {
            starting.unlock();
        }
    }

    private boolean isHeldBack(long now) {
        Outage current = outage;
        return current != null && now - current.nextAttemptAt() < 0;
    }

    private @Nullable Flight launch(Flight started) {
        boolean launched = false;
        try {
            executor.execute(() -> fly(started));
            launched = true;
            return started;
        } catch (RejectedExecutionException e) {
            return null; // the key source is closed
        } finally {
            if (!launched) {
                land(started);
            }
        }
    }

    private void fly(Flight current) {
        try {
            HeldKeys<S> before = held;
            KeyDownload.Downloaded<S> downloaded = download.get(before == null ? null : before.keys);
            succeeded(before, downloaded);
        } catch (FetchFailedException e) {
            failed(e.problem(), null);
        } catch (InterruptedException e) {
            failed("was given up", null);
        } catch (RuntimeException | Error e) {
            failed("could not be fetched or read", e);
        } finally {
            fetches.increment();
            land(current);
        }
    }

    private void land(Flight current) {
        flight = null;
        current.over.countDown();
    }

    private void succeeded(@Nullable HeldKeys<S> before, KeyDownload.Downloaded<S> downloaded) {
        S keys = downloaded.keys();
        held = new HeldKeys<>(keys, ticker.getAsLong(), downloaded.freshness().toNanos());
        Outage over = outage;
        outage = null;
        if (over != null) {
            LOG.info("The key set is there again, with {} usable keys", keys.size());
        }
        if (before != null && !keys.equals(before.keys)) {
            LOG.info("The published signing keys have changed: {} usable keys", keys.size());
            listeners.forEach(listener -> tell(listener, keys));
        }
    }

    private static <S> void tell(Consumer<S> listener, S keys) {
        try {
            listener.accept(keys);
        } catch (RuntimeException e) {
            LOG.error("What depends on the signing keys could not take note that they have changed", e);
        }
    }

    private void failed(String problem, @Nullable Throwable unexpected) {
        Outage before = outage;
        int failures = before == null ? 1 : before.failures() + 1;
        failedFetches.increment();
        outage = new Outage(failures, ticker.getAsLong() + backoff(failures));
        boolean worthTelling = !closed && Integer.bitCount(failures) == 1; // the 1st, 2nd, 4th, 8th, ... in a row
        HeldKeys<S> kept = held;
        LOG.atLevel(worthTelling ? Level.WARN : Level.DEBUG)
                .setCause(unexpected)
                .log(
                        "The key set {}; failed fetches in a row: {}; keys to go on with: {}",
                        problem,
                        failures,
                        kept == null ? 0 : kept.keys.size());
    }

    private long backoff(int failures) {
        long longest = Math.max(FIRST_BACKOFF, limits.unknownKeyCooldown());
        if (held == null) {
            longest = Math.min(longest, LONGEST_BACKOFF_WITHOUT_KEYS);
        }
        return Math.min(longest, FIRST_BACKOFF << Math.min(failures - 1, 20));
    }

    /**
     * Waits for a fetch to end.
     *
     * @return false if it could not be waited for: too many wait already, or the thread was interrupted
     */
    private boolean await(Flight joined) {
        if (!waiters.tryAcquire()) {
            return false;
        }
        try {
            long left = joined.startedAt + limits.fetchTimeout() + GRACE - System.nanoTime();
            return joined.over.await(left, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiters.release();
        }
    }

    private AuthUnavailableException unavailable() {
        return unavailable(ticker.getAsLong());
    }

    /** Nothing can be told, and no fetch that could change that starts before a time. */
    private AuthUnavailableException unavailable(long before) {
        Outage current = outage;
        long now = ticker.getAsLong();
        long wait = Math.max(before - now, current == null ? 0 : current.nextAttemptAt() - now);
        return new AuthUnavailableException(
                Reason.SIGNING_KEYS_UNAVAILABLE, Duration.ofNanos(Math.max(FIRST_BACKOFF, wait)));
    }
}
