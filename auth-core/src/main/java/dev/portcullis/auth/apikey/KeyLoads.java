package dev.portcullis.auth.apikey;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.UnknownAllowance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Asks the store: one question for each key at a time, however many requests wait for the answer, and no more questions
 * at once than are allowed. Nobody waits longer than for a time, except for a key that is seen for the first time: whose
 * request asks the store itself, which is quicker than to have another thread ask.
 */
final class KeyLoads {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /**
     * What is allowed.
     *
     * @param maximumLoads how many questions at once
     * @param maximumWaiters how many threads can wait at once
     * @param maximumWait how long, in nanoseconds
     */
    record Limits(int maximumLoads, int maximumWaiters, long maximumWait) {}

    private final APIKeyStore store;
    private final KeyCopies copies;
    private final ChangeStamps stamps;
    private final Horizon horizon;
    private final UnknownAllowance allowance;
    private final Limits limits;
    private final Executor threads;

    private final ConcurrentHashMap<SHA256, KeyLoad> underWay = new ConcurrentHashMap<>();
    private final Semaphore permits;
    private final AtomicInteger waiters = new AtomicInteger();

    private final LongAdder loads = new LongAdder();
    private final LongAdder failures = new LongAdder();

    KeyLoads(
            APIKeyStore store,
            KeyCopies copies,
            ChangeStamps stamps,
            Horizon horizon,
            UnknownAllowance allowance,
            Limits limits,
            Executor threads) {
        this.store = store;
        this.copies = copies;
        this.stamps = stamps;
        this.horizon = horizon;
        this.allowance = allowance;
        this.limits = limits;
        this.threads = threads;
        this.permits = new Semaphore(limits.maximumLoads);
    }

    static AuthUnavailableException unavailable() {
        return new AuthUnavailableException(Reason.API_KEY_STORE_UNAVAILABLE, RETRY_AFTER);
    }

    /**
     * What the store says now, and no earlier.
     *
     * @param old a copy at hand, outdated or not; it is what makes another thread ask
     * @throws AuthUnavailableException if the store cannot be asked, or does not answer in time
     */
    KeyCopy load(List<SHA256> hashes, @Nullable KeyCopy old) {
        long end = horizon.now() + limits.maximumWait;
        while (true) {
            KeyLoad mine = KeyLoad.of(hashes, horizon.now());
            KeyLoad other = underWay.putIfAbsent(mine.first(), mine);
            if (other == null) {
                if (!isAnswered(mine, null)) {
                    lead(mine, old);
                }
                return await(mine, mine.startedAt() + limits.maximumWait);
            }
            KeyCopy copy = await(other, other.startedAt() + limits.maximumWait);
            long now = horizon.now();
            if (copies.isUsable(copy, hashes, now)) {
                return copy;
            }
            if (now - end >= 0) {
                throw unavailable();
            }
        }
    }

    /** Somebody may have asked between our look and our question. */
    private boolean isAnswered(KeyLoad mine, @Nullable KeyCopy old) {
        KeyCopy copy = copies.usable(mine.hashes(), mine.startedAt());
        if (copy == null || copy == old) {
            return false;
        }
        underWay.remove(mine.first(), mine);
        return mine.answer().complete(copy);
    }

    /** Has the store asked in the background, unless that is done already, or everybody is busy. */
    void refresh(List<SHA256> hashes, KeyCopy old) {
        long now = horizon.now();
        if (horizon.isFresh(old.askedAt()) || !old.canBeRetried(now) || underWay.containsKey(hashes.get(0))) {
            return;
        }
        if (!permits.tryAcquire()) {
            return;
        }
        KeyLoad mine = KeyLoad.of(hashes, now);
        KeyLoad other = underWay.putIfAbsent(mine.first(), mine);
        if (other == null && !isAnswered(mine, old)) {
            execute(mine, old);
        } else {
            permits.release();
        }
    }

    private void lead(KeyLoad mine, @Nullable KeyCopy old) {
        if (!isPermitted()) {
            failed(mine, old, unavailable());
        } else if (old == null) {
            ask(mine, null);
        } else {
            execute(mine, old);
        }
    }

    private boolean isPermitted() {
        if (permits.tryAcquire()) {
            return true;
        }
        if (!canWait()) {
            return false;
        }
        try {
            return permits.tryAcquire(limits.maximumWait, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiters.decrementAndGet();
        }
    }

    private boolean canWait() {
        boolean can = waiters.incrementAndGet() <= limits.maximumWaiters;
        if (!can) {
            waiters.decrementAndGet();
        }
        return can;
    }

    /** A thread that cannot be had is no reason not to ask. */
    private void execute(KeyLoad mine, KeyCopy old) {
        try {
            threads.execute(() -> ask(mine, old));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            ask(mine, old);
        }
    }

    private void ask(KeyLoad mine, @Nullable KeyCopy old) {
        try {
            loads.increment();
            long tick = stamps.now();
            long askedAt = horizon.now();
            List<SHA256> hashes = mine.hashes();
            APIKey key = hashes.size() == 1 ? store.find(mine.first()) : store.findAny(hashes);
            KeyCopy copy = copies.keep(hashes, key, askedAt, tick);
            if (key == null) {
                allowance.spend(horizon.now());
            }
            underWay.remove(mine.first(), mine);
            mine.answer().complete(copy);
        } catch (Throwable e) { // also a checked exception, as other languages let a store throw
            failures.increment();
            failed(mine, old, e);
        } finally {
            permits.release();
        }
    }

    private void failed(KeyLoad mine, @Nullable KeyCopy old, Throwable cause) {
        if (old != null) {
            old.failed(horizon.now());
        }
        underWay.remove(mine.first(), mine);
        mine.answer().completeExceptionally(cause);
    }

    /** What hangs for so long already is not waited for at all. */
    private KeyCopy await(KeyLoad load, long end) {
        long left = end - horizon.now();
        boolean done = load.answer().isDone();
        if (!done && (left <= 0 || !canWait())) {
            throw unavailable();
        }
        try {
            return load.answer().get(Math.max(left, 0), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        } catch (TimeoutException e) {
            throw unavailable();
        } catch (ExecutionException e) {
            throw unavailable(e.getCause());
        } finally {
            if (!done) {
                waiters.decrementAndGet();
            }
        }
    }

    private static AuthUnavailableException unavailable(@Nullable Throwable cause) {
        if (cause instanceof AuthUnavailableException known) {
            return known;
        }
        return cause == null
                ? unavailable()
                : new AuthUnavailableException(Reason.API_KEY_STORE_UNAVAILABLE, RETRY_AFTER, cause);
    }

    long loads() {
        return loads.sum();
    }

    long failures() {
        return failures.sum();
    }
}
