package dev.portcullis.auth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** A clock that stands still until a test moves it. Safe for use by many threads at once. */
public final class SettableClock implements InstantSource {

    private final AtomicReference<Reading> reading;

    private SettableClock(Instant start) {
        this.reading = new AtomicReference<>(new Reading(start, 0));
    }

    private record Reading(Instant now, long nanos) {

        /** Elapsed time never runs back, whatever the time of day does. */
        Reading at(Instant other) {
            Duration passed = Duration.between(now, other);
            return new Reading(other, passed.isNegative() ? nanos : Math.addExact(nanos, passed.toNanos()));
        }
    }

    /**
     * A clock that shows a time.
     *
     * @param start the time
     * @return the clock
     */
    public static SettableClock at(Instant start) {
        return new SettableClock(start);
    }

    @Override
    public Instant instant() {
        return reading.get().now();
    }

    /**
     * Has the clock show a time, also an earlier one.
     *
     * @param now the time
     * @throws ArithmeticException if the clock has gone forward by more than 292 years in all
     */
    public void set(Instant now) {
        reading.updateAndGet(before -> before.at(now));
    }

    /**
     * Moves the clock forward.
     *
     * @param time how far, not negative
     * @throws IllegalArgumentException if it is negative: {@link #set(Instant)} turns the clock back
     * @throws ArithmeticException if the clock has gone forward by more than 292 years in all
     */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("advance() moves the clock forward; use set() to turn it back");
        }
        reading.updateAndGet(before -> before.at(before.now().plus(time)));
    }

    /**
     * The time that has passed on this clock, for what measures time like {@link System#nanoTime()}. It moves forward with
     * the clock; when the clock is turned back it stays where it is, as elapsed time does.
     *
     * @return nanoseconds since the clock was made
     */
    public LongSupplier ticker() {
        return () -> reading.get().nanos();
    }

    @Override
    public String toString() {
        return "SettableClock[" + instant() + "]";
    }
}
