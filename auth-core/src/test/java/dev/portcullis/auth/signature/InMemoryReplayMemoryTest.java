package dev.portcullis.auth.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InMemoryReplayMemoryTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static SHA256 hash(int number) {
        return SHA256.of(ByteBuffer.allocate(4).putInt(number).array());
    }

    private static boolean claim(ReplayMemory memory, int key, int request, Instant now) {
        return memory.claim(hash(key), hash(request), now, NOW.plusSeconds(30));
    }

    private static void isFull(ReplayMemory memory, int key, int request, Instant now) {
        assertThatThrownBy(() -> claim(memory, key, request, now))
                .isInstanceOfSatisfying(
                        AuthUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.REPLAY_MEMORY_UNAVAILABLE));
    }

    @Test
    void a_full_memory_lets_nothing_pass_until_there_is_room() {
        InMemoryReplayMemory memory = new InMemoryReplayMemory(10);
        for (int key = 0; key < 10; key++) {
            assertThat(claim(memory, key, key, NOW)).isTrue();
        }
        isFull(memory, 10, 10, NOW);
        assertThat(claim(memory, 3, 3, NOW)).isFalse();
        isFull(memory, 10, 10, NOW.plusMillis(30_999));
        assertThat(memory.claim(hash(10), hash(10), NOW.plusSeconds(31), NOW.plusSeconds(60)))
                .isTrue();
        assertThat(memory).hasToString("InMemoryReplayMemory[1]");
    }

    /** One client cannot shut out the others. */
    @Test
    void no_key_takes_more_than_a_tenth() {
        InMemoryReplayMemory memory = new InMemoryReplayMemory(100);
        for (int request = 0; request < 10; request++) {
            assertThat(claim(memory, 1, request, NOW)).isTrue();
        }
        isFull(memory, 1, 10, NOW);
        assertThat(claim(memory, 2, 10, NOW)).isTrue();
    }

    @Test
    void what_is_forgotten_makes_room_for_as_much_of_its_key() {
        InMemoryReplayMemory memory = new InMemoryReplayMemory(30);
        Instant soon = NOW.plusSeconds(10);
        assertThat(claim(memory, 1, 1, NOW)).isTrue();
        assertThat(claim(memory, 1, 2, NOW)).isTrue();
        assertThat(memory.claim(hash(1), hash(3), NOW, soon)).isTrue();
        Instant later = soon.plusSeconds(1);
        assertThat(claim(memory, 1, 4, later)).isTrue();
        isFull(memory, 1, 5, later);
        Instant end = NOW.plusSeconds(31);
        for (int request = 6; request < 9; request++) {
            assertThat(memory.claim(hash(1), hash(request), end, end)).isTrue();
        }
        assertThatThrownBy(() -> memory.claim(hash(1), hash(9), end, end)).isInstanceOf(AuthUnavailableException.class);
    }

    /** Each waits for the other, and for no longer than a claim takes. */
    @Test
    void many_threads_claim_at_once() {
        InMemoryReplayMemory memory = new InMemoryReplayMemory(10_000);
        assertThat(memory).hasToString("InMemoryReplayMemory[0]");
        for (int round = 0; round < 50; round++) {
            int request = round;
            CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> claim(memory, 1, request, NOW));
            boolean here = claim(memory, 1, request, NOW);
            assertThat(other.orTimeout(1, TimeUnit.MINUTES).join()).isNotEqualTo(here);
        }
    }

    @Test
    void a_clock_that_is_set_back_lets_nothing_in_that_was_forgotten() {
        InMemoryReplayMemory memory = new InMemoryReplayMemory(100);
        assertThat(claim(memory, 1, 1, NOW)).isTrue();
        assertThat(memory.claim(hash(2), hash(2), NOW.plusSeconds(60), NOW.plusSeconds(90)))
                .isTrue();

        isFull(memory, 1, 1, NOW);
    }

    @Test
    void too_small_a_memory_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryReplayMemory(9));
    }
}
