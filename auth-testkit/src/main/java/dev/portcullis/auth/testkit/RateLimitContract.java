package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.session.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What every {@link RateLimit} must do that counts. A limit's test class implements this interface. */
public interface RateLimitContract {

    /**
     * A limit with nothing counted. It is called once or twice for each test.
     *
     * @param attempts how many may be made in the period, all at once if need be
     * @param period how long it takes until as many may be made again
     * @return the limit to be tested
     */
    RateLimit newRateLimit(int attempts, Duration period);

    /** As many as there may be, then none until there is room for one. */
    @Test
    default void so_many_attempts_may_be_made_at_once() {
        for (int attempts : List.of(1, 3, 7, 100)) {
            RateLimit limit = newRateLimit(attempts, Duration.ofHours(10));
            for (int i = 0; i < attempts; i++) {
                assertThat(limit.take("address:192.0.2.1")).isZero();
            }
            Duration each = Duration.ofHours(10).dividedBy(attempts);
            for (int i = 0; i < 3; i++) {
                assertThat(limit.take("address:192.0.2.1")).isPositive().isBetween(each.dividedBy(2), each);
            }
        }
    }

    /** Names are counted apart. */
    @Test
    default void nobody_pays_for_others() {
        RateLimit limit = newRateLimit(1, Duration.ofHours(1));
        assertThat(limit.take("address:192.0.2.1")).isZero();
        assertThat(limit.take("address:192.0.2.1")).isPositive();
        assertThat(limit.take("address:192.0.2.2")).isZero();
        assertThat(limit.take("key:192.0.2.1")).isZero();
    }

    /** Whoever waits as long as they were told may go on, and does not get all attempts at once. */
    @Test
    default void a_bucket_is_filled_evenly() {
        RateLimit limit = newRateLimit(10, Duration.ofSeconds(10));
        for (int i = 0; i < 10; i++) {
            assertThat(limit.take("a")).isZero();
        }
        Duration wait = limit.take("a");
        assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));
        long start = System.nanoTime();
        while (System.nanoTime() - start <= wait.toNanos()) {
            LockSupport.parkNanos(wait.toNanos());
        }
        assertThat(limit.take("a")).isZero();
    }

    /** However many try at once. */
    @Test
    default void attempts_at_once_are_all_counted() {
        RateLimit limit = newRateLimit(10, Duration.ofDays(1));
        List<Integer> taken = Race.run(i -> () -> {
            int count = 0;
            for (int attempt = 0; attempt < 20; attempt++) {
                count += limit.take("a").isZero() ? 1 : 0;
            }
            return count;
        });
        assertThat(taken.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10);
    }

    /** From one attempt, and from a second to a day. */
    @Test
    default void a_limit_out_of_range_is_refused() {
        newRateLimit(1, Duration.ofSeconds(1));
        newRateLimit(1, Duration.ofDays(1));
        assertThatThrownBy(() -> newRateLimit(0, Duration.ofMinutes(1))).isInstanceOf(IllegalArgumentException.class);
        for (Duration wrong : List.of(
                Duration.ofMillis(999), Duration.ofDays(1).plusNanos(1), Duration.ZERO, Duration.ofSeconds(-5))) {
            assertThatThrownBy(() -> newRateLimit(1, wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
