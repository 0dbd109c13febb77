package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Keys that were issued elsewhere are held to the same rules as those that are issued here. */
class ImportingTest {

    private final InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
    private final APIKeys keys = APIKeys.builder().store(store).build();

    private APIKey key(UnaryOperator<APIKeyBuilder> change) {
        Instant then = Instant.parse("2026-01-01T00:00:00Z");
        return change.apply(APIKey.builder()
                        .id(keys.idOf(then))
                        .hash(SHA256.of(SecretText.of("grd_live_" + "0123456789abcdef".repeat(3))))
                        .owner("alice")
                        .name("from elsewhere")
                        .keyPrefix("grd_live_01234567")
                        .createdAt(then))
                .build();
    }

    private void refused(UnaryOperator<APIKeyBuilder> change) {
        assertThatThrownBy(() -> keys.importAll(List.of(key(change)), Actor.APPLICATION))
                .isInstanceOf(KeyRefusedException.class);
        assertThat(keys.list(null, 10)).isEmpty();
    }

    @Test
    void what_could_not_be_issued_is_not_imported() {
        refused(key -> key.owner("a\u0007"));
        refused(key -> key.name(" "));
        refused(key -> key.scopes(Set.of("not a scope")));
        refused(key -> key.keyPrefix("abc_live_01234567"));
        refused(key -> key.allowList(AllowList.of(List.of("::1", "::2", "::3", "::4", "::5", "::6"))));
    }

    @Test
    void what_was_imported_is_found() {
        List<APIKey> added = keys.importAll(List.of(key(UnaryOperator.identity())), Actor.APPLICATION);
        assertThat(added).hasSize(1);
        assertThat(keys.get(added.get(0).id())).isEqualTo(added.get(0));
    }

    @Test
    void an_account_can_ask_what_its_keys_may_be_like() {
        AccountKeys account = keys.ofAccount("alice", Actor.APPLICATION);
        assertThat(account.owner()).isEqualTo("alice");
        account.check("a name", Set.of("catalog:read"));
        assertThatThrownBy(() -> account.check(" ", Set.of())).isInstanceOf(KeyRefusedException.class);
        assertThatThrownBy(() -> account.check("a name", Set.of("not a scope")))
                .isInstanceOf(KeyRefusedException.class);
    }
}
