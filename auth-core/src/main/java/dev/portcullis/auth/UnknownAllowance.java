package dev.portcullis.auth;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often a store may be asked in vain. Only an answer "there is no such thing" is paid for, so that what there is costs
 * nothing, however much of it is asked for at once; a second's worth can be spent at once, and what was overspent is waited
 * for. Safe for use by many threads at once.
 */
public final class UnknownAllowance {

    private final long interval;
    private final long ahead;

    /** The moment, in nanoseconds, up to which the allowance is spent. */
    private final AtomicLong spentUntil;

    /**
     * An allowance of which nothing is spent.
     *
     * @param perSecond how many answers are paid for in a second; from 1 to 1,000,000,000
     * @param now the time in nanoseconds, like {@link System#nanoTime()}
     */
    public UnknownAllowance(int perSecond, long now) {
        interval = 1_000_000_000L / perSecond;
        ahead = (perSecond - 1) * interval;
        spentUntil = new AtomicLong(now);
    }

    /**
     * Whether the store may be asked.
     *
     * @param now the time in nanoseconds
     * @return whether anything is left
     */
    public boolean isLeft(long now) {
        return spentUntil.get() - now <= ahead;
    }

    /**
     * Pays for one answer.
     *
     * @param now the time in nanoseconds
     */
    public void spend(long now) {
        spentUntil.updateAndGet(until -> (until - now < 0 ? now : until) + interval);
    }
}
