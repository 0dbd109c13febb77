package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.signature.ReplayMemory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link ReplayMemory} must do. A memory's test class implements this interface, and runs all of these tests. */
public interface ReplayMemoryContract {

    /**
     * A memory that remembers nothing. It is called once for each test.
     *
     * @return the memory to be tested
     */
    ReplayMemory newReplayMemory();

    private static SHA256 hash(int number) {
        return SHA256.of(ByteBuffer.allocate(4).putInt(number).array());
    }

    /** Whole milliseconds, now: a memory that is shared may have a clock of its own. */
    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }

    /** "of any number of claims of the same request one succeeds". */
    @Test
    default void a_request_is_claimed_once() {
        ReplayMemory memory = newReplayMemory();
        Instant now = now();

        assertThat(memory.claim(hash(1), hash(2), now, now.plusSeconds(30))).isTrue();
        assertThat(memory.claim(hash(1), hash(2), now, now.plusSeconds(30))).isFalse();
        assertThat(memory.claim(hash(1), hash(2), now.plusSeconds(1), now.plusSeconds(31)))
                .isFalse();
    }

    /** Keyed by both: two clients that ask for the same do not shut each other out. */
    @Test
    default void another_key_or_another_request_is_another_claim() {
        ReplayMemory memory = newReplayMemory();
        Instant now = now();

        assertThat(memory.claim(hash(1), hash(2), now, now.plusSeconds(30))).isTrue();
        assertThat(memory.claim(hash(2), hash(2), now, now.plusSeconds(30))).isTrue();
        assertThat(memory.claim(hash(1), hash(1), now, now.plusSeconds(30))).isTrue();
        assertThat(memory.claim(hash(2), hash(1), now, now.plusSeconds(30))).isTrue();
    }

    /** In one step, whoever else claims at the same moment. */
    @Test
    default void claims_at_once_have_one_winner() {
        ReplayMemory memory = newReplayMemory();
        Instant now = now();
        for (int i = 0; i < 20; i++) {
            int round = i;
            List<Boolean> claimed =
                    Race.run(rival -> () -> memory.claim(hash(1), hash(100 + round), now, now.plusSeconds(30)));
            assertThat(claimed).containsOnlyOnce(true);
        }
    }

    /** "remembered up to then, and that moment included". */
    @Test
    default void a_claim_lasts_up_to_its_end() {
        ReplayMemory memory = newReplayMemory();
        Instant now = now();
        Instant until = now.plusSeconds(30);

        assertThat(memory.claim(hash(1), hash(2), now, until)).isTrue();
        assertThat(memory.claim(hash(1), hash(2), until, until)).isFalse();
    }
}
