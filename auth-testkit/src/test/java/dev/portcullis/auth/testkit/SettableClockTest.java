package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class SettableClockTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final SettableClock clock = SettableClock.at(START);

    @Test
    void it_stands_still_until_it_is_moved() {
        assertThat(clock.instant()).isEqualTo(START);
        clock.advance(Duration.ofMillis(1500));
        assertThat(clock.instant()).isEqualTo(START.plusMillis(1500));
        assertThat(clock.millis()).isEqualTo(START.toEpochMilli() + 1500);
        clock.set(Instant.EPOCH);
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void its_ticker_moves_forward_with_it_and_never_back() {
        LongSupplier ticker = clock.ticker();
        assertThat(ticker.getAsLong()).isZero();
        clock.advance(Duration.ofSeconds(3));
        assertThat(ticker.getAsLong()).isEqualTo(3_000_000_000L);
        clock.set(START);
        assertThat(ticker.getAsLong()).isEqualTo(3_000_000_000L);
        clock.set(START.plusNanos(7));
        assertThat(ticker.getAsLong()).isEqualTo(3_000_000_007L);
        assertThat(clock.ticker().getAsLong()).isEqualTo(3_000_000_007L);
    }

    @Test
    void it_does_not_advance_backwards() {
        assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set()");
        clock.advance(Duration.ZERO);
        assertThat(clock.instant()).isEqualTo(START);
    }

    @Test
    void further_than_a_ticker_can_count_it_does_not_go() {
        assertThatThrownBy(() -> clock.set(Instant.MAX)).isInstanceOf(ArithmeticException.class);
        assertThat(clock.instant()).isEqualTo(START);
    }
}
