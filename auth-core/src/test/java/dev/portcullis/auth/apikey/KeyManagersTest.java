package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract, section 5: "Only a signed-in user with a subject manages keys, by JWT or by a session opened with one". */
class KeyManagersTest {

    private final APIKeys keys =
            APIKeys.builder().store(new InMemoryAPIKeyStore()).build();

    private static Caller caller(CredentialKind kind, @Nullable String subject, Map<String, Object> attributes) {
        return Caller.of(kind, subject, Set.of("catalog:read"), attributes);
    }

    private void refused(Caller caller) {
        assertThatThrownBy(() -> keys.of(caller, "192.0.2.1"))
                .isInstanceOfSatisfying(
                        KeyRefusedException.class, e -> assertThat(e.refusal()).isEqualTo(KeyRefusal.USER_REQUIRED));
    }

    @Test
    void users_do_by_token_and_by_a_session_that_a_token_opened() {
        assertThat(keys.of(caller(CredentialKind.JWT, "alice", Map.of()), "192.0.2.1")
                        .owner())
                .isEqualTo("alice");
        Map<String, Object> session = Map.of("opened_by", CredentialKind.JWT);
        assertThat(keys.of(caller(CredentialKind.SESSION, "alice", session), "192.0.2.1")
                        .owner())
                .isEqualTo("alice");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JWT")
    void nobody_else_does(CredentialKind kind) {
        refused(caller(kind, "alice", Map.of()));
        refused(caller(kind, "alice", Map.of("opened_by", CredentialKind.API_KEY)));
        refused(caller(CredentialKind.JWT, null, Map.of()));
        refused(caller(CredentialKind.JWT, "", Map.of()));
        refused(caller(CredentialKind.JWT, "a".repeat(256), Map.of()));
    }

    @Test
    void many_keys_are_issued_at_once_or_none() {
        List<IssuedAPIKey> issued =
                keys.issueAll("alice", List.of(KeyRequest.named("a"), KeyRequest.named("b")), Actor.APPLICATION);
        assertThat(issued).extracting(key -> key.key().name()).containsExactly("a", "b");
        assertThatThrownBy(() -> keys.issueAll(
                        "alice", List.of(KeyRequest.named("c"), KeyRequest.named(" ")), Actor.APPLICATION))
                .isInstanceOfSatisfying(
                        KeyRefusedException.class, e -> assertThat(e.errors()).containsOnlyKeys("1.name"));
        assertThat(keys.list(null, 10)).hasSize(2);
    }
}
