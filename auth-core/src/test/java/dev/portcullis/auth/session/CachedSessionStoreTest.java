package dev.portcullis.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.InMemoryChangeNotices;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Contract section 9: what ends a session is in force here at once, and elsewhere within a second. */
class CachedSessionStoreTest {

    private static final Duration BOUND = Duration.ofMillis(750);

    private final SessionFixture house = new SessionFixture();
    private final InMemoryChangeNotices notices = new InMemoryChangeNotices();
    private long nanos = TimeUnit.DAYS.toNanos(1);
    private final CachedSessionStore store = settings().build();

    @AfterEach
    void close() {
        store.close();
        house.close();
    }

    private CachedSessionStore.Builder settings() {
        return CachedSessionStore.over(house.store).ticker(() -> nanos);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** A session that another node has opened, found once here. */
    private Session known(CachedSessionStore here) {
        return found(here, house.open("user_1").session());
    }

    private static Session found(CachedSessionStore here, Session session) {
        assertThat(here.find(session.hash())).isEqualTo(session);
        return session;
    }

    private void endElsewhere(Session session) {
        assertThat(house.store.end(session.account(), session.id())).isTrue();
    }

    @Test
    void a_session_that_was_ended_elsewhere_is_gone_within_a_second() {
        Session session = known(store);
        endElsewhere(session);
        pass(BOUND);
        assertThat(store.find(session.hash())).isEqualTo(session);
        pass(Duration.ofNanos(1));
        assertThat(store.find(session.hash())).isNull();
    }

    @Test
    void what_ends_a_session_here_is_in_force_at_once() {
        Session ended = known(store);
        assertThat(store.end("user_1", ended.id())).isTrue();
        assertThat(store.find(ended.hash())).isNull();
        assertThat(store.end("user_1", ended.id())).isFalse();
        Session ofKey = found(store, house.login(house.key()).session());
        UUID key = Objects.requireNonNull(ofKey.key()).id();
        assertThat(store.endAllOfKey(key)).isEqualTo(1);
        assertThat(store.find(ofKey.hash())).isNull();
        Session one = known(store);
        Session two = known(store);
        assertThat(store.endAllOfAccount("user_1")).isEqualTo(2);
        assertThat(store.find(one.hash())).isNull();
        assertThat(store.find(two.hash())).isNull();
    }

    @Test
    void a_login_that_pushes_another_session_out_is_in_force_at_once() {
        Session first = known(store);
        Session second = house.open("user_1").session();
        house.store.end("user_1", second.id());
        store.add(second, 1);
        assertThat(store.find(first.hash())).isNull();
        assertThat(store.find(second.hash())).isEqualTo(second);
        assertThat(store.list("user_1", house.now)).containsExactly(second);
    }

    @Test
    void a_key_that_is_hashed_anew_is_known_at_once() {
        Session session = found(store, house.login(house.key()).session());
        SHA256 anew = SHA256.of(SecretText.of("anew"));
        store.rehashKey(Objects.requireNonNull(session.key()).id(), anew);
        assertThat(store.find(session.hash())).isEqualTo(session.withKeyHash(anew));
    }

    /** Nobody knows whether a change that failed was made. */
    @Test
    void a_change_that_failed_leaves_no_copy() {
        Session session = known(store);
        endElsewhere(session);
        house.store.fault = new IllegalStateException("reset");
        assertThatThrownBy(() -> store.end("user_1", session.id())).isInstanceOf(IllegalStateException.class);
        house.store.fault = null;
        assertThat(store.find(session.hash())).isNull();
    }

    @Test
    void what_is_told_of_a_session_its_account_or_its_key_ends_the_copy() {
        try (CachedSessionStore listening = settings().notices(notices).build()) {
            Session session = house.login(house.key()).session();
            for (String told : List.of(
                    session.id().toString(),
                    session.account(),
                    Objects.requireNonNull(session.key()).id().toString())) {
                found(listening, session);
                endElsewhere(session);
                assertThat(listening.find(session.hash())).isEqualTo(session);
                notices.changed(SessionStore.CHANGES, told);
                assertThat(listening.find(session.hash())).isNull();
                house.store.add(session, 9);
            }
        }
    }

    @Test
    void with_notices_a_copy_lives_for_a_minute_or_as_long_as_is_set() {
        for (Duration set : List.of(Duration.ofMinutes(1), Duration.ofMinutes(3))) {
            try (CachedSessionStore listening =
                    settings().notices(notices).lifetimeWithNotices(set).build()) {
                Session session = known(listening);
                endElsewhere(session);
                pass(set);
                assertThat(listening.find(session.hash())).isEqualTo(session);
                pass(Duration.ofNanos(1));
                assertThat(listening.find(session.hash())).isNull();
            }
        }
    }

    @Test
    void who_has_stopped_listening_goes_by_the_clock_again() {
        CachedSessionStore closed = settings().notices(notices).build();
        Session session = known(closed);
        closed.close();
        endElsewhere(session);
        pass(BOUND.plusNanos(1));
        assertThat(closed.find(session.hash())).isNull();
    }

    /** A session that was ended must not live on because nobody can be asked. */
    @Test
    void without_the_store_no_copy_goes_on() {
        Session session = known(store);
        house.store.fault = new AuthUnavailableException(Reason.SESSION_STORE_UNAVAILABLE, Duration.ofSeconds(1));
        pass(BOUND);
        assertThat(store.find(session.hash())).isEqualTo(session);
        pass(Duration.ofNanos(1));
        assertThatThrownBy(() -> store.find(session.hash())).isInstanceOf(AuthUnavailableException.class);
    }

    @Test
    void there_are_no_more_copies_than_are_set() {
        try (CachedSessionStore small = settings().maximumSessions(1).build()) {
            Session first = known(small);
            known(small);
            endElsewhere(first);
            assertThat(small.find(first.hash())).isNull();
        }
    }

    @Test
    void settings_out_of_bounds_stop_the_start() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().maximumSessions(0).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        settings().lifetimeWithNotices(BOUND.minusNanos(1)).build());
    }
}
