package dev.portcullis.auth.apikey;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often the store may be asked in vain. Only an answer "there is no such key" is paid for, so that good keys cost
 * nothing, however many come at once; a second's worth can be spent at once, and what was overspent is waited for.
 */
final class UnknownAllowance {

    private final long interval;
    private final long ahead;

    /** The moment, in nanoseconds, up to which the allowance is spent. */
    private final AtomicLong spentUntil;

    UnknownAllowance(int perSecond, long now) {
        interval = 1_000_000_000L / perSecond;
        ahead = (perSecond - 1) * interval;
        spentUntil = new AtomicLong(now);
    }

    boolean isLeft(long now) {
        return spentUntil.get() - now <= ahead;
    }

    void spend(long now) {
        spentUntil.updateAndGet(until -> (until - now < 0 ? now : until) + interval);
    }
}
