package dev.portcullis.auth;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reusable engines that are dear to make and serve one thread at a time, such as {@link java.security.Signature} and
 * {@link java.security.MessageDigest}: kept without a lock and without thread-locals, so that virtual threads share
 * them too.
 *
 * <p>Whoever takes an engine gives it back when it is ready for its next use, and drops it otherwise.
 *
 * @param <T> the engine
 */
public final class EnginePool<T> {

    /** Slots that different threads use lie this many references apart, so that they do not share a cache line. */
    private static final int STRIDE = 16;

    /** How many places a thread looks at before it makes an engine, or drops one. */
    private static final int PROBES = 4;

    private final Supplier<? extends T> maker;
    private final AtomicReferenceArray<@Nullable T> slots;
    private final int mask;

    /**
     * An empty pool with at least eight places for each processor.
     *
     * @param maker makes an engine when there is none to take
     */
    public EnginePool(Supplier<? extends T> maker) {
        this.maker = maker;
        int places = Integer.highestOneBit(8 * Runtime.getRuntime().availableProcessors() - 1) << 1;
        this.slots = new AtomicReferenceArray<>(places * STRIDE);
        this.mask = places - 1;
    }

    /**
     * Takes an engine that no other thread has.
     *
     * @return a kept engine, or a new one
     */
    public T take() {
        int home = home();
        for (int i = 0; i < PROBES; i++) {
            int slot = ((home + i) & mask) * STRIDE;
            if (slots.get(slot) != null) {
                T kept = slots.getAndSet(slot, null);
                if (kept != null) {
                    return kept;
                }
            }
        }
        return maker.get();
    }

    /**
     * Gives an engine back. If there is no place for it, it is dropped.
     *
     * @param engine ready for its next use
     */
    public void giveBack(T engine) {
        int home = home();
        for (int i = 0; i < PROBES; i++) {
            int slot = ((home + i) & mask) * STRIDE;
            if (slots.get(slot) == null && slots.compareAndSet(slot, null, engine)) {
                return;
            }
        }
    }

    private static int home() {
        return (int) ((Thread.currentThread().getId() * 0x9E3779B97F4A7C15L) >>> 40);
    }
}
