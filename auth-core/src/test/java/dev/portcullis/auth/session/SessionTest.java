package dev.portcullis.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a session can be, whatever a store gives back. */
class SessionTest {

    private static final UUID ID = new UUID(1, 2);
    private static final SHA256 HASH = SHA256.of(SecretText.of("a cookie"));
    private static final OpeningKey KEY = new OpeningKey(new UUID(3, 4), SHA256.of(SecretText.of("a key")));
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant END = START.plusSeconds(60);

    private static Session session(
            LoginType type, CredentialKind openedBy, Set<String> permissions, @Nullable OpeningKey key) {
        return new Session(ID, HASH, "user_1", type, openedBy, permissions, key, START, END);
    }

    private static void refused(
            LoginType type, CredentialKind openedBy, Set<String> permissions, @Nullable OpeningKey key) {
        assertThatThrownBy(() -> session(type, openedBy, permissions, key))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Or it would go on when the key is revoked, or a user's session would be judged by a key. */
    @Test
    void a_session_names_the_key_that_opened_it_if_and_only_if_one_did() {
        refused(LoginType.API_KEY, CredentialKind.API_KEY, Set.of(), null);
        refused(LoginType.API_KEY, CredentialKind.JWT, Set.of(), KEY);
        refused(LoginType.WEB, CredentialKind.JWT, Set.of(), KEY);
        refused(LoginType.WEB, CredentialKind.API_KEY, Set.of(), null);
        assertThat(session(LoginType.API_KEY, CredentialKind.API_KEY, Set.of(), KEY)
                        .key())
                .isEqualTo(KEY);
        assertThat(session(LoginType.WEB, CredentialKind.JWT, Set.of(), null).key())
                .isNull();
    }

    /** Contract section 6: a session that a key opened has the key's permissions as they are now. */
    @Test
    void a_session_that_a_key_opened_has_no_permissions_of_its_own() {
        refused(LoginType.API_KEY, CredentialKind.API_KEY, Set.of("account:read"), KEY);
    }

    /** Or whoever holds one could go on for ever. */
    @Test
    void a_session_does_not_open_another() {
        refused(LoginType.WEB, CredentialKind.SESSION, Set.of(), null);
    }

    @Test
    void only_a_session_that_a_key_opened_follows_it_to_another_hash() {
        SHA256 anew = SHA256.of(SecretText.of("anew"));
        Session ofKey = session(LoginType.API_KEY, CredentialKind.API_KEY, Set.of(), KEY);
        assertThat(ofKey.withKeyHash(anew).key()).isEqualTo(new OpeningKey(KEY.id(), anew));
        Session ofUser = session(LoginType.WEB, CredentialKind.JWT, Set.of(), null);
        assertThatThrownBy(() -> ofUser.withKeyHash(anew)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_session_is_of_one_hash_to_the_bit() {
        Session session = session(LoginType.WEB, CredentialKind.JWT, Set.of(), null);
        assertThat(session.has(SHA256.ofHashed(HASH.toBytes()))).isTrue();
        for (int bit = 0; bit < 8 * SHA256.LENGTH; bit++) {
            byte[] other = HASH.toBytes();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(session.has(SHA256.ofHashed(other))).isFalse();
        }
    }

    @Test
    void two_sessions_are_the_same_if_all_about_them_is() {
        Session session = session(LoginType.WEB, CredentialKind.JWT, Set.of("a"), null);
        assertThat(session).isEqualTo(session(LoginType.WEB, CredentialKind.JWT, Set.of("a"), null));
        assertThat(session).hasSameHashCodeAs(session(LoginType.WEB, CredentialKind.JWT, Set.of("a"), null));
        SHA256 other = SHA256.of(SecretText.of("another cookie"));
        for (Session different : List.of(
                session(LoginType.MOBILE, CredentialKind.JWT, Set.of("a"), null),
                session(LoginType.WEB, CredentialKind.CUSTOM, Set.of("a"), null),
                session(LoginType.WEB, CredentialKind.JWT, Set.of("b"), null),
                session(LoginType.API_KEY, CredentialKind.API_KEY, Set.of(), KEY),
                ofUser(new UUID(1, 3), HASH, "user_1", START, END),
                ofUser(ID, other, "user_1", START, END),
                ofUser(ID, HASH, "user_2", START, END),
                ofUser(ID, HASH, "user_1", START.minusMillis(1), END),
                ofUser(ID, HASH, "user_1", START, END.plusMillis(1)))) {
            assertThat(different).isNotEqualTo(session);
        }
    }

    private static Session ofUser(UUID id, SHA256 hash, String account, Instant createdAt, Instant expiresAt) {
        return new Session(
                id, hash, account, LoginType.WEB, CredentialKind.JWT, Set.of("a"), null, createdAt, expiresAt);
    }

    @Test
    void a_login_type_goes_by_its_label() {
        for (LoginType type : LoginType.values()) {
            assertThat(LoginType.of(type.label())).isEqualTo(type);
        }
        assertThat(LoginType.values()).extracting(LoginType::label).containsExactly("api_key", "web", "mobile");
        for (String label : List.of("", "WEB", "web ", "api-key")) {
            assertThatThrownBy(() -> LoginType.of(label)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
