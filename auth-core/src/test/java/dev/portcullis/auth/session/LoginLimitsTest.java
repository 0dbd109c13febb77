package dev.portcullis.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.IPAddress;
import dev.portcullis.auth.SecretText;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** "A login endpoint limited per address and per key against guessing (429, Retry-After)". */
final class LoginLimitsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong nanos = new AtomicLong();
    private final SessionFixture house = new SessionFixture();

    @AfterEach
    void close() {
        house.close();
    }

    private InMemoryRateLimit limit(int attempts) {
        return InMemoryRateLimit.of(attempts, MINUTE).clock(new SetClock(nanos));
    }

    private record SetClock(AtomicLong nanos) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    private record From(String remoteAddress) implements AuthRequest {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }
    }

    private LoginOutcome login(Sessions sessions, String key, String address) {
        return sessions.login(SecretText.of(key), new From(address));
    }

    private Sessions sessions(LoginLimits limits) {
        return house.settings().limits(limits).build();
    }

    // One limit

    @Test
    void a_bucket_is_emptied_at_once_and_filled_evenly() {
        InMemoryRateLimit limit = limit(3);
        for (int i = 0; i < 3; i++) {
            assertThat(limit.take("a")).isZero();
        }
        assertThat(limit.take("a")).isEqualTo(Duration.ofSeconds(20));
        assertThat(limit.take("b")).isZero();
        nanos.addAndGet(Duration.ofSeconds(20).minusNanos(1).toNanos());
        assertThat(limit.take("a")).isEqualTo(Duration.ofNanos(1));
        nanos.addAndGet(1);
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isEqualTo(Duration.ofSeconds(20));
    }

    /** However many names an attacker makes up, no more than so many are kept. */
    @Test
    void names_that_were_seen_last_are_kept() {
        InMemoryRateLimit limit = InMemoryRateLimit.of(1, MINUTE).maximumNames(2);
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("b")).isZero();
        assertThat(limit.take("b")).isPositive();
        assertThat(limit.take("c")).isZero();
        assertThat(limit.take("a")).isZero();
    }

    @Test
    void two_at_once_have_one_bucket() {
        for (int round = 0; round < 200; round++) {
            InMemoryRateLimit limit = limit(1);
            CompletableFuture<Duration> other = CompletableFuture.supplyAsync(() -> limit.take("a"));
            boolean here = limit.take("a").isZero();
            assertThat(other.join().isZero()).isNotEqualTo(here);
        }
    }

    @Test
    void the_least_and_the_most_that_settings_can_be_are_taken() {
        for (Duration period : List.of(Duration.ofSeconds(1), Duration.ofDays(1))) {
            InMemoryRateLimit limit = InMemoryRateLimit.of(1, period).maximumNames(1);
            assertThat(limit.take("a")).isZero();
            assertThat(limit.take("a")).isPositive().isLessThanOrEqualTo(period);
        }
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThatThrownBy(() -> InMemoryRateLimit.of(0, MINUTE)).hasMessageStartingWith("attempts must be");
        assertThatThrownBy(() -> InMemoryRateLimit.of(1, Duration.ofMillis(999)))
                .hasMessageStartingWith("period must be");
        assertThatThrownBy(() -> InMemoryRateLimit.of(1, Duration.ofDays(1).plusNanos(1)))
                .hasMessageStartingWith("period must be");
        assertThatThrownBy(() -> InMemoryRateLimit.of(1, MINUTE).maximumNames(0))
                .hasMessageStartingWith("maximumNames must be");
    }

    // Logins

    @Test
    void guesses_from_one_address_are_counted_whatever_the_key() {
        Sessions sessions = sessions(LoginLimits.of(limit(2), RateLimit.none()));
        String key = house.key().plaintext();
        assertThat(login(sessions, "guess 1", "192.0.2.1")).isInstanceOf(LoginOutcome.Failed.class);
        assertThat(login(sessions, "guess 2", "192.0.2.1")).isInstanceOf(LoginOutcome.Failed.class);
        assertThat(login(sessions, key, "192.0.2.1")).isEqualTo(new LoginOutcome.Limited(Duration.ofSeconds(30)));
        assertThat(login(sessions, key, "192.0.2.2")).isInstanceOf(LoginOutcome.Opened.class);
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(login(sessions, key, "192.0.2.1")).isInstanceOf(LoginOutcome.Opened.class);
    }

    @Test
    void one_key_is_counted_wherever_it_comes_from() {
        Sessions sessions = sessions(LoginLimits.of(RateLimit.none(), limit(1)));
        String key = house.key().plaintext();
        assertThat(login(sessions, key, "192.0.2.1")).isInstanceOf(LoginOutcome.Opened.class);
        assertThat(login(sessions, key, "192.0.2.2")).isInstanceOf(LoginOutcome.Limited.class);
        assertThat(login(sessions, house.key().plaintext(), "192.0.2.2")).isInstanceOf(LoginOutcome.Opened.class);
    }

    @Test
    void addresses_of_one_network_are_one() {
        List<String> names = new ArrayList<>();
        Sessions sessions = sessions(LoginLimits.of(
                name -> {
                    names.add(name);
                    return Duration.ZERO;
                },
                RateLimit.none()));
        for (String address : List.of("2001:db8::1", "2001:db8::ffff:1", "2001:db8:0:1::1", "::ffff:192.0.2.1")) {
            login(sessions, "x", address);
        }
        assertThat(names)
                .containsExactly(
                        "address:20010db800000000",
                        "address:20010db800000000",
                        "address:20010db800000001",
                        "address:192.0.2.1");
    }

    @Test
    void no_name_holds_a_key() {
        Set<String> names = new HashSet<>();
        RateLimit noting = name -> {
            names.add(name);
            return Duration.ZERO;
        };
        String key = house.key().plaintext();
        login(sessions(LoginLimits.of(noting, noting)), key, "no address");
        assertThat(names).hasSize(2).contains("address:unknown").allMatch(name -> name.length() <= 64);
        assertThat(names).noneMatch(name -> name.contains(key.substring(9)));
    }

    /** Nobody can get round the limit by coming from nowhere. */
    @Test
    void those_whose_address_is_not_known_are_counted_together() {
        Sessions sessions = sessions(LoginLimits.of(limit(1), RateLimit.none()));
        assertThat(sessions.login(SecretText.of("x"), SentRequest.empty())).isInstanceOf(LoginOutcome.Failed.class);
        assertThat(sessions.login(SecretText.of("y"), SentRequest.empty())).isInstanceOf(LoginOutcome.Limited.class);
        assertThat(login(sessions, "z", "no address")).isInstanceOf(LoginOutcome.Limited.class);
    }

    @Test
    void proxies_can_tell_who_the_client_is() {
        LoginLimits limits = LoginLimits.of(limit(1), RateLimit.none())
                .client(request -> IPAddress.parse("192.0.2." + request.remoteAddress()));
        Sessions sessions = sessions(limits);
        assertThat(login(sessions, "x", "1")).isInstanceOf(LoginOutcome.Failed.class);
        assertThat(login(sessions, "x", "2")).isInstanceOf(LoginOutcome.Failed.class);
        assertThat(login(sessions, "x", "1")).isInstanceOf(LoginOutcome.Limited.class);
    }

    @Test
    void there_are_limits_unless_they_are_taken_away() {
        Sessions usual =
                Sessions.builder().store(house.store).keys(house.keyMethod).build();
        Sessions none = sessions(LoginLimits.none());
        for (int i = 0; i < 60; i++) {
            login(usual, "x" + i, "192.0.2.1");
            login(none, "x", "192.0.2.1");
        }
        assertThat(login(usual, "y", "192.0.2.1")).isInstanceOf(LoginOutcome.Limited.class);
        assertThat(login(none, "x", "192.0.2.1")).isInstanceOf(LoginOutcome.Failed.class);
    }
}
