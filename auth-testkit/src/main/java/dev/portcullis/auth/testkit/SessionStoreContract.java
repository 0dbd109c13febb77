package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.Session;
import dev.portcullis.auth.session.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SessionStore} must do. A store's test class implements this interface, and with it runs all of these
 * tests. Times in them lie in the present and the near future, for stores whose own clock forgets what is over.
 */
public interface SessionStoreContract {

    /**
     * A store without any sessions: a new one, or one that was emptied. It is called once for each test; whatever it opens
     * is for the test class to close.
     *
     * @return the store to be tested
     */
    SessionStore newSessionStore();

    /** Every field is given back as it was given, whatever the characters are. */
    @Test
    default void a_session_is_found_with_all_its_fields() {
        SessionStore store = newSessionStore();
        for (String text : SampleKeys.TEXTS) {
            for (Session session : List.of(
                    SampleSessions.ofUser(text).permissions(Set.of("a", text)).build(),
                    SampleSessions.ofUser(text).openedBy(CredentialKind.CUSTOM).build(),
                    SampleSessions.ofKey(text, UUID.randomUUID()).build())) {
                store.add(session, 100);
                assertThat(store.find(session.hash())).isEqualTo(session);
                assertThat(store.list(text, SampleSessions.START)).contains(session);
            }
        }
    }

    /** Login types are told apart. */
    @Test
    default void login_types_are_given_back() {
        SessionStore store = newSessionStore();
        for (LoginType type : List.of(LoginType.WEB, LoginType.MOBILE)) {
            Session session = SampleSessions.ofUser("a").loginType(type).build();
            store.add(session, 100);
            assertThat(store.find(session.hash())).isEqualTo(session);
        }
    }

    /** No answer is null, so is the answer for a hash that differs in one bit. */
    @Test
    default void what_is_not_there_is_not_found() {
        SessionStore store = newSessionStore();
        Session session = SampleSessions.ofUser("a").build();
        assertThat(store.find(session.hash())).isNull();
        assertThat(store.list("a", SampleSessions.START)).isEmpty();
        store.add(session, 100);
        for (int bit = 0; bit < 8 * SHA256.LENGTH; bit++) {
            byte[] hash = session.hash().toBytes();
            hash[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(store.find(SHA256.ofHashed(hash))).isNull();
        }
        assertThat(store.list("A", SampleSessions.START)).isEmpty();
        assertThat(store.list("a ", SampleSessions.START)).isEmpty();
    }

    /** An identifier or a hash is there once. */
    @Test
    default void a_session_is_added_once() {
        SessionStore store = newSessionStore();
        Session session = SampleSessions.ofUser("a").build();
        store.add(session, 100);
        List<Session> others = List.of(
                SampleSessions.ofUser("b").id(session.id()).build(),
                SampleSessions.ofUser("b").hash(session.hash()).build());
        for (Session other : others) {
            assertThatThrownBy(() -> store.add(other, 100)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(store.find(session.hash())).isEqualTo(session);
        assertThat(store.list("b", SampleSessions.START)).isEmpty();
    }

    /** The latest comes first, and what is over is left out, to the millisecond. */
    @Test
    default void sessions_that_are_not_over_are_listed_latest_first() {
        SessionStore store = newSessionStore();
        List<Session> sessions = new ArrayList<>();
        for (int i : new int[] {3, 1, 2}) {
            Session session = SampleSessions.ofUser("a")
                    .createdAt(SampleSessions.START.minusSeconds(i))
                    .expiresAt(SampleSessions.START.plusSeconds(60L * i))
                    .build();
            store.add(session, 100);
            sessions.add(session);
        }
        sessions.sort(Comparator.comparing(Session::createdAt).reversed());
        Instant firstEnd = SampleSessions.START.plusSeconds(60);
        assertThat(store.list("a", firstEnd.minusMillis(1))).containsExactlyElementsOf(sessions);
        assertThat(store.list("a", firstEnd)).containsExactlyElementsOf(sessions.subList(1, 3));
    }

    /** Its client can be told that the session is over, and need not take it for one that never was. */
    @Test
    default void a_session_that_is_over_is_still_found_for_a_day() {
        SessionStore store = newSessionStore();
        Instant now = Instant.now();
        Session over = SampleSessions.ofUser("a")
                .createdAt(now.minus(Duration.ofDays(7)))
                .expiresAt(now.minus(SessionStore.KEPT_AFTER_EXPIRY).plus(Duration.ofMinutes(10)))
                .build();
        store.add(over, 100);
        store.add(SampleSessions.ofUser("a").createdAt(now).build(), 100);
        assertThat(store.find(over.hash())).isEqualTo(over);
        assertThat(store.list("a", now)).doesNotContain(over);
    }

    /** Nothing of an ended session is left, and others stay. */
    @Test
    default void an_ended_session_is_gone() {
        SessionStore store = newSessionStore();
        Session ended = SampleSessions.ofUser("a").build();
        Session mine = SampleSessions.ofUser("a").build();
        Session theirs = SampleSessions.ofUser("b").build();
        List.of(ended, mine, theirs).forEach(session -> store.add(session, 100));
        assertThat(store.end("b", ended.id())).isFalse();
        assertThat(store.end("a", UUID.randomUUID())).isFalse();
        assertThat(store.find(ended.hash())).isEqualTo(ended);
        assertThat(store.end("a", ended.id())).isTrue();
        assertThat(store.end("a", ended.id())).isFalse();
        assertThat(store.find(ended.hash())).isNull();
        assertThat(store.list("a", SampleSessions.START)).containsExactly(mine);
        assertThat(store.list("b", SampleSessions.START)).containsExactly(theirs);
        assertThat(store.find(theirs.hash())).isEqualTo(theirs);
    }

    /** All that a key opened, whoever's they are, and nothing else. */
    @Test
    default void all_sessions_of_a_key_are_ended_together() {
        SessionStore store = newSessionStore();
        UUID key = UUID.randomUUID();
        List<Session> ended = List.of(
                SampleSessions.ofKey("a", key).build(),
                SampleSessions.ofKey("a", key).build(),
                SampleSessions.ofKey("b", key).build());
        List<Session> staying = List.of(
                SampleSessions.ofKey("a", UUID.randomUUID()).build(),
                SampleSessions.ofUser("a").build());
        ended.forEach(session -> store.add(session, 100));
        staying.forEach(session -> store.add(session, 100));
        assertThat(store.endAllOfKey(UUID.randomUUID())).isZero();
        assertThat(store.endAllOfKey(key)).isEqualTo(3);
        assertThat(store.endAllOfKey(key)).isZero();
        ended.forEach(session -> assertThat(store.find(session.hash())).isNull());
        assertThat(store.list("a", SampleSessions.START)).containsExactlyInAnyOrderElementsOf(staying);
        assertThat(store.list("b", SampleSessions.START)).isEmpty();
    }

    /** All of an account, however they were opened, and nobody else's. */
    @Test
    default void all_sessions_of_an_account_are_ended_together() {
        SessionStore store = newSessionStore();
        UUID key = UUID.randomUUID();
        Session ofKey = SampleSessions.ofKey("a", key).build();
        Session ofUser = SampleSessions.ofUser("a").build();
        Session theirs = SampleSessions.ofKey("A", key).build();
        List.of(ofKey, ofUser, theirs).forEach(session -> store.add(session, 100));
        assertThat(store.endAllOfAccount("a")).isEqualTo(2);
        assertThat(store.endAllOfAccount("a")).isZero();
        assertThat(store.find(ofKey.hash())).isNull();
        assertThat(store.find(ofUser.hash())).isNull();
        assertThat(store.find(theirs.hash())).isEqualTo(theirs);
        assertThat(store.endAllOfKey(key)).isEqualTo(1);
    }

    /** Those that are over go first, then those that were opened first, and never the new one. */
    @Test
    default void an_account_has_no_more_sessions_than_it_may_have() {
        SessionStore store = newSessionStore();
        Instant now = Instant.ofEpochMilli(Instant.now().toEpochMilli());
        Session oldest =
                SampleSessions.ofUser("a").createdAt(now.minusSeconds(50)).build();
        Session over = SampleSessions.ofUser("a")
                .createdAt(now.minusSeconds(40))
                .expiresAt(now)
                .build();
        Session middle =
                SampleSessions.ofUser("a").createdAt(now.minusSeconds(30)).build();
        Session theirs =
                SampleSessions.ofUser("b").createdAt(now.minusSeconds(60)).build();
        List.of(oldest, over, middle, theirs).forEach(session -> store.add(session, 3));
        Session fourth = SampleSessions.ofUser("a").createdAt(now).build();
        store.add(fourth, 3);
        assertThat(store.find(over.hash())).isNull();
        assertThat(store.list("a", now)).containsExactly(fourth, middle, oldest);
        Session fifth = SampleSessions.ofUser("a").createdAt(now.plusSeconds(1)).build();
        store.add(fifth, 3);
        assertThat(store.find(oldest.hash())).isNull();
        assertThat(store.list("a", now)).containsExactly(fifth, fourth, middle);
        Session alone =
                SampleSessions.ofUser("a").createdAt(now.minusSeconds(90)).build();
        store.add(alone, 1);
        assertThat(store.list("a", now)).containsExactly(alone);
        assertThat(store.find(theirs.hash())).isEqualTo(theirs);
    }

    /** A key that is hashed anew takes its sessions along. */
    @Test
    default void a_key_that_is_hashed_anew_is_noted_in_all_its_sessions() {
        SessionStore store = newSessionStore();
        UUID key = UUID.randomUUID();
        SHA256 anew = SampleKeys.newHash();
        Session one = SampleSessions.ofKey("a", key).build();
        Session two = SampleSessions.ofKey("a", key).build();
        Session other = SampleSessions.ofKey("a", UUID.randomUUID()).build();
        List.of(one, two, other).forEach(session -> store.add(session, 100));
        store.rehashKey(key, anew);
        store.rehashKey(UUID.randomUUID(), anew);
        assertThat(store.find(one.hash())).isEqualTo(one.withKeyHash(anew));
        assertThat(store.find(two.hash())).isEqualTo(two.withKeyHash(anew));
        assertThat(store.find(other.hash())).isEqualTo(other);
        assertThat(store.list("a", SampleSessions.START))
                .containsExactlyInAnyOrder(one.withKeyHash(anew), two.withKeyHash(anew), other);
        assertThat(store.endAllOfKey(key)).isEqualTo(2);
        assertThat(store.list("a", SampleSessions.START))
                .extracting(Session::key)
                .containsExactly(other.key());
    }

    /** Of a session that is ended by several at once, one has ended it. */
    @Test
    default void a_session_is_ended_by_one_of_several() {
        SessionStore store = newSessionStore();
        for (int round = 0; round < 20; round++) {
            Session session = SampleSessions.ofUser("a").build();
            store.add(session, 100);
            assertThat(Race.run(i -> () -> store.end("a", session.id()))).containsOnlyOnce(true);
            assertThat(store.find(session.hash())).isNull();
        }
    }

    /** However many are opened at once, there are never more than may be. */
    @Test
    default void logins_at_once_keep_to_the_number_too() {
        SessionStore store = newSessionStore();
        for (int round = 0; round < 20; round++) {
            Race.run(i -> () -> {
                store.add(SampleSessions.ofUser("a").build(), 3);
                return true;
            });
            assertThat(store.list("a", SampleSessions.START)).hasSize(3);
        }
    }

    /** A session that is ended while its key is hashed anew is not brought back. */
    @Test
    default void an_ended_session_does_not_come_back() {
        SessionStore store = newSessionStore();
        UUID key = UUID.randomUUID();
        for (int round = 0; round < 20; round++) {
            Session session = SampleSessions.ofKey("a", key).build();
            store.add(session, 100);
            Race.run(i -> () -> {
                if (i % 2 == 0) {
                    store.rehashKey(key, SampleKeys.newHash());
                } else {
                    store.end("a", session.id());
                }
                return true;
            });
            assertThat(store.find(session.hash())).isNull();
            assertThat(store.list("a", SampleSessions.START)).isEmpty();
            assertThat(store.endAllOfKey(key)).isZero();
        }
    }
}
