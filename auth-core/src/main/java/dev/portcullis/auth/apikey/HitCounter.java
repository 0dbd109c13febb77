package dev.portcullis.auth.apikey;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what happens in every request, in a nanosecond: each thread in a place that it seldom shares, and without
 * making sure. Threads that meet in one place may lose a count.
 */
final class HitCounter {

    private static final int PLACES = 64;

    /** Places lie a cache line apart. */
    private static final int STRIDE = 8;

    private final AtomicLongArray counts = new AtomicLongArray((PLACES + 1) * STRIDE);

    void increment() {
        int place = (int) ((Thread.currentThread().getId() * 0x9E3779B97F4A7C15L) >>> 58) + 1;
        counts.setPlain(place * STRIDE, counts.getPlain(place * STRIDE) + 1);
    }

    long sum() {
        long sum = 0;
        for (int place = 1; place <= PLACES; place++) {
            sum += counts.get(place * STRIDE);
        }
        return sum;
    }
}
