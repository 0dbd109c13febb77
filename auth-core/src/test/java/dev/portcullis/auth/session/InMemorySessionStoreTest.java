package dev.portcullis.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What of the store's contract decides who is let in; all of it is in {@code SessionStoreContract}. */
class InMemorySessionStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final InMemorySessionStore store = new InMemorySessionStore();

    private static Session session(UUID id, String cookie, Instant createdAt, Instant expiresAt) {
        return new Session(
                id,
                SHA256.of(SecretText.of(cookie)),
                "user_1",
                LoginType.WEB,
                CredentialKind.JWT,
                Set.of(),
                null,
                createdAt,
                expiresAt);
    }

    private Session added(String cookie, Instant createdAt, Instant expiresAt, int maximum) {
        Session session = session(UUID.randomUUID(), cookie, createdAt, expiresAt);
        store.add(session, maximum);
        return session;
    }

    private boolean isThere(Session session) {
        return store.find(session.hash()) != null;
    }

    @Test
    void a_session_that_is_over_is_forgotten_a_day_later() {
        Session over = added("over", NOW, NOW.plusSeconds(60), 9);
        Instant dayLater = NOW.plusSeconds(60).plus(Duration.ofDays(1));
        added("before", dayLater.minusMillis(1), dayLater.plusSeconds(60), 9);
        assertThat(isThere(over)).isTrue();
        added("then", dayLater, dayLater.plusSeconds(60), 9);
        assertThat(isThere(over)).isFalse();
        assertThat(store.end("user_1", over.id())).isFalse();
    }

    @Test
    void where_there_is_no_room_those_that_are_over_go_first_and_then_the_oldest() {
        Session young = added("young", NOW.minusSeconds(1), NOW.plusSeconds(60), 9);
        Session oldest = added("oldest", NOW.minusSeconds(3), NOW.plusSeconds(90), 9);
        Session over = added("over", NOW.minusSeconds(2), NOW, 9);
        added("first", NOW, NOW.plusSeconds(60), 3);
        assertThat(List.of(isThere(over), isThere(oldest), isThere(young))).containsExactly(false, true, true);
        added("second", NOW.plusSeconds(1), NOW.plusSeconds(60), 3);
        assertThat(List.of(isThere(oldest), isThere(young))).containsExactly(false, true);
    }

    @Test
    void a_session_is_added_once_and_ended_by_its_account_once() {
        Session session = added("one", NOW, NOW.plusSeconds(60), 9);
        for (Session other : List.of(
                session(session.id(), "other", NOW, NOW.plusSeconds(60)),
                session(UUID.randomUUID(), "one", NOW, NOW.plusSeconds(60)))) {
            assertThatIllegalArgumentException().isThrownBy(() -> store.add(other, 9));
        }
        assertThat(store.end("user_2", session.id())).isFalse();
        assertThat(store.end("user_1", UUID.randomUUID())).isFalse();
        assertThat(isThere(session)).isTrue();
        assertThat(store.end("user_1", session.id())).isTrue();
        assertThat(store.end("user_1", session.id())).isFalse();
        assertThat(isThere(session)).isFalse();
    }

    @Test
    void a_session_whose_key_was_hashed_anew_ends_with_the_rest() {
        OpeningKey key = new OpeningKey(UUID.randomUUID(), SHA256.of(SecretText.of("key")));
        SHA256 hash = SHA256.of(SecretText.of("cookie"));
        Session session = new Session(
                UUID.randomUUID(),
                hash,
                "user_1",
                LoginType.API_KEY,
                CredentialKind.API_KEY,
                Set.of(),
                key,
                NOW,
                NOW.plusSeconds(60));
        store.add(session, 9);
        SHA256 anew = SHA256.of(SecretText.of("anew"));
        store.rehashKey(key.id(), anew);
        assertThat(store.find(hash)).isEqualTo(session.withKeyHash(anew));
        assertThat(store.list("user_1", NOW)).containsExactly(session.withKeyHash(anew));
        assertThat(store.endAllOfKey(key.id())).isEqualTo(1);
        assertThat(store.find(hash)).isNull();
        assertThat(store.list("user_1", NOW)).isEmpty();
    }
}
