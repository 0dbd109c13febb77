package dev.portcullis.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.session.RateLimit;
import dev.portcullis.auth.signature.ReplayMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A clock steps by an hour: Redis's, or that of a node. What Redis keeps of a bucket is a time, so a step of its clock looks
 * like a time that is as far off.
 */
@Timeout(60)
class ClockStepTest {

    private static final String BUCKET = "portcullis:limit:2/PT2S:someone";

    private final TestRedis redis = TestRedis.started();
    private final RedisServer server = RedisServer.at(redis.url()).build();
    private final RateLimit limit = server.rateLimit(2, Duration.ofSeconds(2));

    @BeforeEach
    void awaitConnection() {
        await().until(() -> server.toString().equals("RedisServer[connected]"));
    }

    @AfterEach
    void close() {
        server.close();
        redis.close();
    }

    private void bucketIsFullAt(Instant time) {
        long micros = TimeUnit.MILLISECONDS.toMicros(time.toEpochMilli());
        redis.command("SET", BUCKET, String.valueOf(micros), "PX", "7200000");
    }

    /** Nobody waits longer than for a bucket that has just been emptied, nor is that forgotten. */
    @Test
    void an_hour_back_empties_a_bucket_and_no_more() {
        bucketIsFullAt(Instant.now().plus(Duration.ofHours(1)));
        assertThat(limit.take("someone")).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));
        await().until(() -> limit.take("someone").isZero());
        assertThat(limit.take("someone")).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void an_hour_forward_fills_a_bucket_and_no_more() {
        bucketIsFullAt(Instant.now().minus(Duration.ofHours(1)));
        assertThat(limit.take("someone")).isZero();
        assertThat(limit.take("someone")).isZero();
        assertThat(limit.take("someone")).isPositive();
    }

    /** Redis forgets by time that passes: when the node's clock shows a time again, what came in it is not known. */
    @Test
    void a_node_that_is_set_back_lets_nothing_in_that_was_forgotten() {
        ReplayMemory memory = server.replayMemory();
        Instant now = Instant.parse("2030-01-01T12:00:00Z");
        SHA256 key = Some.hash();
        SHA256 request = Some.hash();
        assertThat(memory.claim(key, request, now, now.plusSeconds(30))).isTrue();
        Instant back = now.minus(Duration.ofHours(1));
        assertRefused(() -> memory.claim(key, Some.hash(), back, back.plusSeconds(30)));
        redis.command("FLUSHALL"); // as when an hour has passed
        assertRefused(() -> memory.claim(key, request, now.plusSeconds(1), now.plusSeconds(30)));
        assertThat(memory.claim(key, Some.hash(), now.plusSeconds(1), now.plusSeconds(31)))
                .isTrue();
    }

    /** Threads overtake each other, and clocks are corrected by moments. */
    @Test
    void a_node_that_is_a_moment_back_goes_on() {
        ReplayMemory memory = server.replayMemory();
        Instant now = Instant.parse("2030-01-01T12:00:00Z");
        SHA256 key = Some.hash();
        SHA256 request = Some.hash();
        assertThat(memory.claim(key, request, now, now.plusSeconds(30))).isTrue();
        Instant earlier = now.minusSeconds(60);
        assertThat(memory.claim(key, request, earlier, earlier.plusSeconds(30))).isFalse();
        assertThat(memory.claim(key, Some.hash(), earlier, earlier.plusSeconds(30)))
                .isTrue();
    }

    private static void assertRefused(Runnable claim) {
        AuthUnavailableException thrown = catchThrowableOfType(AuthUnavailableException.class, claim::run);
        assertThat(thrown).isNotNull();
        assertThat(thrown.reason()).isEqualTo(Reason.REPLAY_MEMORY_UNAVAILABLE);
    }
}
