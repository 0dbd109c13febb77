package dev.portcullis.auth.redis;

import dev.portcullis.auth.Reason;
import dev.portcullis.auth.session.RateLimit;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;

/**
 * A rate limit that nodes share: for each name a bucket that holds a number of attempts and is filled again evenly, by
 * Redis's clock. Of a bucket is kept when it will be full (the generic cell rate algorithm, ITU-T I.371), and Redis forgets
 * that when it is. One attempt is one round trip. When Redis's clock is set back, a bucket counts as just emptied.
 */
final class RedisRateLimit implements RateLimit {

    /** Names: the bucket. Values: what one attempt takes of the period, and the period, in microseconds. */
    static final Script TAKE = Script.of("""
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            local step, period = tonumber(ARGV[1]), tonumber(ARGV[2])
            local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or now))
            if full > now + period + 1 then
              full = now + period
              redis.call('SET', KEYS[1], string.format('%.0f', full), 'KEEPTTL')
            end
            local wait = full + step - period - now
            if wait >= 1 then
              return math.ceil(wait)
            end
            redis.call('SET', KEYS[1], string.format('%.0f', full + step), 'PX', math.ceil((full + step - now) / 1000))
            return 0
            """);

    private static final double MICROS = 1_000_000;

    private final Line line;
    private final String prefix;
    private final int attempts;
    private final Duration period;

    /** Limits that differ do not share their buckets. */
    RedisRateLimit(Line line, Names names, int attempts, Duration period) {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
        }
        if (period.compareTo(Duration.ofSeconds(1)) < 0 || period.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("period must be from a second to a day, not " + period);
        }
        this.line = line;
        this.prefix = names.prefix() + "limit:" + attempts + "/" + period + ":";
        this.attempts = attempts;
        this.period = period;
    }

    @Override
    public Duration take(String name) {
        double micros = period.toMillis() * (MICROS / 1000);
        Long wait = (Long) line.run(
                Reason.SESSION_STORE_UNAVAILABLE,
                TAKE,
                ScriptOutputType.INTEGER,
                new String[] {prefix + name},
                String.valueOf(micros / attempts),
                String.valueOf(micros));
        return Duration.ofNanos(wait * 1000);
    }

    @Override
    public String toString() {
        return "RedisRateLimit[" + attempts + " in " + period + "]";
    }
}
