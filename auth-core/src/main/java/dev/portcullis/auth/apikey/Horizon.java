package dev.portcullis.auth.apikey;

import dev.portcullis.auth.ChangeNotices;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How old a copy may be at this moment. While change notices are up to date that is long, otherwise short; after a gap in
 * the notices no copy from before counts.
 *
 * <p>To read the clock for each request costs a tenth of all its time, so a thread reads it a hundred times a second and
 * says from when on a copy is due for another look. That is a quarter of its time before it is too old: as long as the
 * thread is late by no more, no copy is used that is. Any other clock than the system's can jump, and is read.
 */
final class Horizon implements AutoCloseable {

    private static final long LONGEST_TURN = TimeUnit.MILLISECONDS.toNanos(10);

    /**
     * Time limits, in nanoseconds.
     *
     * @param lifetime how long a copy is used
     * @param coveredLifetime how long while notices are up to date
     * @param maximumLag how far behind they may be for that
     */
    record Limits(long lifetime, long coveredLifetime, long maximumLag) {}

    private final Limits limits;
    private final LongSupplier nanos;
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile ChangeNotices.@Nullable Subscription notices;
    private volatile boolean exact;
    private volatile long gapAt;
    private volatile long dueBefore;

    private Horizon(Limits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.gapAt = nanos.getAsLong();
        this.dueBefore = gapAt;
        this.exact = true;
    }

    /** A horizon by the system's clock, with a thread that reads it, or by another one: null is the system's. */
    static Horizon start(Limits limits, @Nullable LongSupplier ticker) {
        Horizon horizon = new Horizon(limits, ticker == null ? System::nanoTime : ticker);
        if (ticker == null) {
            horizon.exact = false;
            Thread thread = new Thread(horizon::run, "portcullis-key-copies");
            thread.setDaemon(true);
            thread.start();
        }
        return horizon;
    }

    private void run() {
        long turn = Math.min(LONGEST_TURN, limits.lifetime / 20);
        while (!isClosedWithin(turn)) {
            dueBefore = dueBefore(now());
        }
    }

    private boolean isClosedWithin(long turn) {
        try {
            return closing.await(turn, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return false; // only closing ends this
        }
    }

    void follow(ChangeNotices.Subscription subscription) {
        notices = subscription;
    }

    /** Anything may have changed until now, and what is being read may be from before. */
    void gap() {
        gapAt = now();
    }

    long now() {
        return nanos.getAsLong();
    }

    /** Whether a copy can be used without another look. */
    boolean isFresh(long askedAt) {
        return askedAt - (exact ? dueBefore(now()) : dueBefore) >= 0 && isAfterGap(askedAt);
    }

    /** Whether a copy can be used at a moment, due or not. */
    boolean isUsable(long askedAt, long now) {
        return isAfterGap(askedAt) && now - askedAt <= lifetime();
    }

    boolean isAfterGap(long askedAt) {
        return askedAt - gapAt >= 0;
    }

    /** Whether notices make copies live longer now. */
    boolean isCovered() {
        ChangeNotices.Subscription subscription = notices;
        return subscription != null && subscription.nanosBehind() <= limits.maximumLag / 4 * 3;
    }

    private long lifetime() {
        return isCovered() ? limits.coveredLifetime : limits.lifetime;
    }

    private long dueBefore(long now) {
        return now - lifetime() / 4 * 3;
    }

    /** From here on the clock is read each time. */
    @Override
    public void close() {
        exact = true;
        closing.countDown();
        ChangeNotices.Subscription subscription = notices;
        if (subscription != null) {
            subscription.close();
        }
    }
}
