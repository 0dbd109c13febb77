package dev.portcullis.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down when keys were last used: off the request's path, and at most once a minute for a key. A request only
 * leaves a note, and only when its key is due; one thread takes the notes to the store. A note stays until the store
 * has taken it, so a store that fails for a while costs nothing but time, and requests never hear of it.
 *
 * @param <K> keys, as a store gives them
 */
public final class LastUseRecorder<K> implements AutoCloseable {

    /** A last use that has not been. */
    public static final long NEVER_YET = Long.MIN_VALUE;

    private static final Logger LOG = LoggerFactory.getLogger(LastUseRecorder.class);

    /** A key is due when no use of the last minute was written down, in milliseconds. */
    private static final long INTERVAL = 60_000;

    /** How many notes wait at most, except that a key's first use always finds room. */
    private static final int MOST_WAITING = 100_000;

    /** How many writes are remembered, for stores that answer {@code find} from an older copy. */
    private static final int MOST_REMEMBERED = 50_000;

    /** After this many failures in a row the store is left alone until the next turn. */
    private static final int MOST_FAILURES = 8;

    private static final Duration PAUSE = Duration.ofMillis(100);

    /**
     * Keys, and the store in which their last uses stand.
     *
     * @param <K> keys
     * @param id what a key is managed by
     * @param lastUsedAt when a key was last used, as the store gave it, in milliseconds, or {@link #NEVER_YET}
     * @param touch writes down when the key with an identifier was used; there need no longer be such a key
     */
    public record Uses<K>(Function<K, UUID> id, ToLongFunction<K> lastUsedAt, BiConsumer<UUID, Instant> touch) {}

    /**
     * What a recorder keeps to.
     *
     * @param mostWaiting how many notes wait at most, besides those of first uses
     * @param turn how often the notes are taken to the store
     * @param patience how long closing tries to bring the last notes to a store that fails
     */
    public record Limits(int mostWaiting, Duration turn, Duration patience) {
        private static final Limits USUAL = new Limits(MOST_WAITING, Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    private final String what;
    private final Uses<K> keys;
    private final InstantSource clock;
    private final boolean clockCanJump;
    private final Limits limits;
    private final Map<UUID, Long> waiting = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "portcullis-last-use");

    private final Object writing = new Object();
    private final Map<UUID, Long> written = new LinkedHashMap<>();
    private boolean failing;

    /** A key that was used after this moment is not due, in milliseconds. */
    private volatile long recently;

    /** Not started: notes go to the store only by {@link #flush}. */
    LastUseRecorder(String what, Uses<K> keys, InstantSource clock, Limits limits) {
        this.what = what;
        this.keys = keys;
        this.clock = clock;
        this.clockCanJump = !clock.equals(InstantSource.system());
        this.limits = limits;
        this.recently = clock.millis() - INTERVAL;
    }

    /**
     * A recorder that takes its notes to the store each second.
     *
     * @param <K> keys
     * @param what what they are called in the log
     * @param keys the keys
     * @param clock the time
     * @return a recorder to be closed
     */
    public static <K> LastUseRecorder<K> start(String what, Uses<K> keys, InstantSource clock) {
        return start(what, keys, clock, Limits.USUAL);
    }

    /**
     * A recorder with limits of its own.
     *
     * @param <K> keys
     * @param what what they are called in the log
     * @param keys the keys
     * @param clock the time
     * @param limits what it keeps to
     * @return a recorder to be closed
     */
    public static <K> LastUseRecorder<K> start(String what, Uses<K> keys, InstantSource clock, Limits limits) {
        LastUseRecorder<K> recorder = new LastUseRecorder<>(what, keys, clock, limits);
        recorder.thread.setDaemon(true);
        recorder.thread.start();
        return recorder;
    }

    /**
     * Notes that a key, as the store gave it, is being used. Nothing that is shared is written, and nothing waited for,
     * unless the key is due.
     *
     * @param key the key
     */
    public void used(K key) {
        if (keys.lastUsedAt.applyAsLong(key) <= recently() && closing.getCount() > 0) {
            note(key, clock.millis());
        }
    }

    /**
     * To read the clock for each request costs a tenth of all its time. The system's clock moves by itself, so what it
     * said at the last turn will do: a key is due a moment later, never sooner. Any other clock can jump, and is read.
     */
    private long recently() {
        return clockCanJump ? clock.millis() - INTERVAL : recently;
    }

    private void note(K key, long now) {
        UUID id = keys.id.apply(key);
        Long noted = waiting.get(id);
        boolean due = noted == null ? hasRoomFor(key) : noted <= now - INTERVAL;
        if (due) {
            waiting.merge(id, now, Math::max);
        }
    }

    private boolean hasRoomFor(K key) {
        return keys.lastUsedAt.applyAsLong(key) == NEVER_YET || waiting.size() < limits.mostWaiting;
    }

    /** Takes all notes to the store, except those it refuses. */
    public void flush() {
        if (!clockCanJump) {
            recently = clock.millis() - INTERVAL;
        }
        synchronized (writing) {
            int failures = 0;
            for (Map.Entry<UUID, Long> note : waiting.entrySet()) {
                failures = write(note.getKey(), note.getValue()) ? 0 : failures + 1;
                if (failures == MOST_FAILURES) {
                    return;
                }
            }
        }
    }

    /** A newer note that came meanwhile stays. */
    private boolean write(UUID id, Long usedAt) {
        Long before = written.get(id);
        if (before == null || before <= usedAt - INTERVAL) {
            try {
                keys.touch.accept(id, Instant.ofEpochMilli(usedAt));
            } catch (Throwable e) { // also a checked exception, as other languages let a store throw
                failed(e);
                return false;
            }
            failing = false;
            remember(id, usedAt);
        }
        waiting.remove(id, usedAt);
        return true;
    }

    /** The oldest writes come first, and are forgotten first. */
    private void remember(UUID id, long usedAt) {
        written.remove(id);
        written.put(id, usedAt);
        var oldest = written.values().iterator();
        while (oldest.hasNext() && (oldest.next() <= usedAt - INTERVAL || written.size() > MOST_REMEMBERED)) {
            oldest.remove();
        }
    }

    /** An outage is logged once, not at each turn. */
    private void failed(Throwable e) {
        if (!failing) {
            LOG.warn("The last use of {} cannot be stored for now; it is kept and tried again", what, e);
        }
        failing = true;
    }

    private void run() {
        while (!isClosedWithin(limits.turn)) {
            flush();
        }
        long end = System.nanoTime() + limits.patience.toNanos();
        flush();
        while (!waiting.isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
            flush();
        }
    }

    /** Whoever interrupts this thread, a store perhaps, does not end it: only closing does. */
    private boolean isClosedWithin(Duration time) {
        try {
            return closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /**
     * Takes the last notes to the store, and notes no more. If the store fails it is tried for the time of patience; if
     * it hangs, closing goes on without it.
     */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(2 * limits.patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!waiting.isEmpty()) {
            LOG.warn("The last use of {} {} could not be stored", waiting.size(), what);
        }
    }
}
