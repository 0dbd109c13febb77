package dev.portcullis.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.InMemoryChangeNotices;
import dev.portcullis.auth.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Contract section 9: a suspension is in force here at once, and elsewhere within a second. */
class CachedAccountStoreTest {

    private static final AccountState SUSPENDED = new AccountState(true, null);
    private static final Duration BOUND = Duration.ofMillis(750);

    private final Away far = new Away();
    private final InMemoryChangeNotices notices = new InMemoryChangeNotices();
    private long nanos = TimeUnit.DAYS.toNanos(1);
    private final CachedAccountStore store = settings().build();

    /** A store in memory that can be away. */
    private static final class Away implements AccountStore {

        private final InMemoryAccountStore memory = new InMemoryAccountStore();
        private boolean away;

        private InMemoryAccountStore asked() {
            if (away) {
                throw new AuthUnavailableException(Reason.ACCOUNT_STORE_UNAVAILABLE, Duration.ofSeconds(1));
            }
            return memory;
        }

        @Override
        public AccountState find(String account) {
            return asked().find(account);
        }

        @Override
        public AccountState suspend(String account, boolean suspended) {
            return asked().suspend(account, suspended);
        }

        @Override
        public AccountState verify(String account, @Nullable Instant until) {
            return asked().verify(account, until);
        }
    }

    private CachedAccountStore.Builder settings() {
        return CachedAccountStore.over(far).ticker(() -> nanos);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void a_suspension_elsewhere_is_in_force_within_a_second() {
        assertThat(store.find("a")).isEqualTo(AccountState.IN_ORDER);
        far.suspend("a", true);
        pass(BOUND);
        assertThat(store.find("a")).isEqualTo(AccountState.IN_ORDER);
        pass(Duration.ofNanos(1));
        assertThat(store.find("a")).isEqualTo(SUSPENDED);
    }

    @Test
    void what_is_changed_here_is_in_force_at_once() {
        assertThat(store.find("a")).isEqualTo(AccountState.IN_ORDER);
        assertThat(store.suspend("a", true)).isEqualTo(SUSPENDED);
        assertThat(store.find("a")).isEqualTo(SUSPENDED);
        AccountState verified = new AccountState(true, Instant.EPOCH);
        assertThat(store.verify("a", Instant.EPOCH)).isEqualTo(verified);
        assertThat(store.find("a")).isEqualTo(verified);
    }

    /** Nobody knows whether a change that failed was made. */
    @Test
    void a_change_that_failed_leaves_no_copy() {
        store.find("a");
        far.suspend("a", true);
        far.away = true;
        assertThatThrownBy(() -> store.suspend("a", true)).isInstanceOf(AuthUnavailableException.class);
        far.away = false;
        assertThat(store.find("a")).isEqualTo(SUSPENDED);
    }

    @Test
    void what_is_told_of_an_account_ends_its_copy_alone() {
        try (CachedAccountStore listening = settings().notices(notices).build()) {
            listening.find("a");
            listening.find("b");
            far.suspend("a", true);
            far.suspend("b", true);
            notices.changed(AccountStore.CHANGES, "a");
            assertThat(listening.find("a")).isEqualTo(SUSPENDED);
            assertThat(listening.find("b")).isEqualTo(AccountState.IN_ORDER);
        }
    }

    @Test
    void with_notices_a_copy_lives_for_a_minute_or_as_long_as_is_set() {
        for (Duration set : List.of(Duration.ofMinutes(1), Duration.ofMinutes(3))) {
            try (CachedAccountStore listening =
                    settings().notices(notices).lifetimeWithNotices(set).build()) {
                String account = "for " + set;
                listening.find(account);
                far.suspend(account, true);
                pass(set);
                assertThat(listening.find(account)).isEqualTo(AccountState.IN_ORDER);
                pass(Duration.ofNanos(1));
                assertThat(listening.find(account)).isEqualTo(SUSPENDED);
            }
        }
    }

    @Test
    void who_has_stopped_listening_goes_by_the_clock_again() {
        CachedAccountStore closed = settings().notices(notices).build();
        closed.find("a");
        closed.close();
        far.suspend("a", true);
        pass(BOUND.plusNanos(1));
        assertThat(closed.find("a")).isEqualTo(SUSPENDED);
    }

    @Test
    void without_the_store_copies_go_on_for_five_minutes_or_as_long_as_is_set() {
        for (Duration set : List.of(Duration.ofMinutes(5), Duration.ZERO, Duration.ofHours(1))) {
            CachedAccountStore patient = settings().maximumStaleness(set).build();
            far.away = false;
            patient.find("a");
            far.away = true;
            pass(set.compareTo(BOUND) < 0 ? BOUND : set);
            assertThat(patient.find("a")).isEqualTo(AccountState.IN_ORDER);
            pass(Duration.ofNanos(1));
            assertThatThrownBy(() -> patient.find("a")).isInstanceOf(AuthUnavailableException.class);
        }
        far.away = false;
        store.find("a");
        far.away = true;
        pass(Duration.ofMinutes(5));
        assertThat(store.find("a")).isEqualTo(AccountState.IN_ORDER);
    }

    @Test
    void there_are_no_more_copies_than_are_set() {
        try (CachedAccountStore small = settings().maximumAccounts(1).build()) {
            small.find("a");
            small.find("b");
            far.suspend("a", true);
            assertThat(small.find("a")).isEqualTo(SUSPENDED);
        }
    }

    @Test
    void settings_out_of_bounds_stop_the_start() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().maximumAccounts(0).build());
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> settings().maximumStaleness(Duration.ofNanos(-1)).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        settings().lifetimeWithNotices(BOUND.minusNanos(1)).build());
    }
}
