package dev.portcullis.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The script that counts in Redis decides as Bucket4j does, which counts in memory: the same arrivals, the same answers, and
 * the same waits to the microsecond in which the script counts. Both are shown one clock: Redis runs the script as it is,
 * with the time in the place of its own.
 */
class RateLimitComparisonTest {

    private static final String OWN_TIME = "redis.call('TIME')";
    private static final String OWN_LIFETIME = "'PX', ";
    private static final int ARRIVALS = 1500;
    private static final long MICROSECOND = 1000;

    /** A clock that stands until it is set. */
    private static final class SetClock implements TimeMeter {

        private long nanos = Duration.ofDays(20_000).toNanos();

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"1, PT1S", "5, PT1S", "10, PT1M", "60, PT1H", "3, PT1M", "100, PT1S"})
    void the_script_decides_as_bucket4j_does(int attempts, Duration period) {
        String script = byAnotherClock(RedisRateLimit.TAKE.text());
        SetClock clock = new SetClock();
        Bucket bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(attempts).refillGreedy(attempts, period))
                .withCustomTimePrecision(clock)
                .build();
        Random random = new Random(attempts);
        long step = period.toNanos() / attempts / MICROSECOND;
        int refused = 0;
        try (TestRedis redis = TestRedis.started("--appendonly", "no");
                RedisClient client = RedisClient.create(redis.url());
                StatefulRedisConnection<String, String> connection = connected(client)) {
            for (int arrival = 0; arrival < ARRIVALS; arrival++) {
                clock.nanos += gap(random, step) * MICROSECOND;
                ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
                long wait = taken(connection.sync(), script, attempts, period, clock.nanos / MICROSECOND);
                assertThat(wait == 0).as("arrival %s", arrival).isEqualTo(probe.isConsumed());
                assertThat(wait)
                        .as("arrival %s", arrival)
                        .isBetween(
                                probe.getNanosToWaitForRefill() / MICROSECOND - 1,
                                probe.getNanosToWaitForRefill() / MICROSECOND + 1);
                refused += probe.isConsumed() ? 0 : 1;
            }
        }
        assertThat(refused).as("both answers have been compared").isBetween(ARRIVALS / 20, ARRIVALS * 19 / 20);
    }

    /** The time is given, and nothing is forgotten by Redis's own. */
    private static String byAnotherClock(String script) {
        assertThat(script).containsOnlyOnce(OWN_TIME).containsOnlyOnce(OWN_LIFETIME);
        return script.replace(OWN_TIME, "{ARGV[3], ARGV[4]}").replace(OWN_LIFETIME, OWN_LIFETIME + "3600000 + ");
    }

    private static StatefulRedisConnection<String, String> connected(RedisClient client) {
        return await().ignoreExceptions()
                .until(client::connect, connection -> connection.sync().ping().equals("PONG"));
    }

    /** Bursts, an even flow about the limit's own, and pauses that fill a bucket. */
    private static long gap(Random random, long step) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> 0;
            case 3, 4 -> random.nextLong(3);
            case 5, 6 -> random.nextLong(2 * step);
            default -> random.nextLong(6 * step);
        };
    }

    private static long taken(
            RedisCommands<String, String> redis, String script, int attempts, Duration period, long micros) {
        double all = period.toMillis() * 1000.0;
        return redis.<Long>eval(
                script,
                ScriptOutputType.INTEGER,
                new String[] {"bucket"},
                String.valueOf(all / attempts),
                String.valueOf(all),
                String.valueOf(micros / 1_000_000),
                String.valueOf(micros % 1_000_000));
    }
}
