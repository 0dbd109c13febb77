package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.AccountKeys;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.apikey.KeyRefusedException;
import dev.portcullis.auth.apikey.KeyRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Text of clients in every field that takes any, asked of what the management endpoints ask: it is refused for what it is,
 * or kept as it was given. Nothing else is thrown, which would be a fault of ours.
 */
class HostileTextTest {

    private static final List<String> TEXTS = List.of(
            "'; drop table portcullis_api_key; --",
            "\" or \"\"=\"",
            "$1 $$ ? :name {fn now()} \\' \\x00",
            "{a,\"b\",NULL}",
            "%_\\",
            "\u0000",
            "a\u0000b",
            "a\r\nb",
            "\u001b[31m",
            "\u0085",
            "\u2028",
            "\u202eevil",
            "\ufeffname",
            "\uffff",
            "\ud83d\udd11 \u0633\u0644\u0627\u0645 e\u0301",
            "\ud800",
            "a\udc00b",
            "a".repeat(101),
            "\ud83d\udd11".repeat(100),
            "\ud83d\udd11".repeat(255),
            "'".repeat(70_000));

    /** What came of it, or null if it was refused. */
    private static <T> @Nullable T unlessRefused(Supplier<T> action) {
        try {
            return action.get();
        } catch (KeyRefusedException e) {
            return null;
        }
    }

    private static void assertKept(APIKeyStore store, @Nullable APIKey key) {
        if (key != null) {
            assertThat(store.get(key.id())).isEqualTo(key);
            assertThat(store.list(key.owner(), null, 1)).containsExactly(key);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void text_in_every_field_is_kept_or_refused(Database kind) {
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            JDBCAPIKeyStore store = database.store();
            AccountKeys account =
                    APIKeys.builder().store(store).maximumKeys(1000).build().ofAccount("account-1", Actor.APPLICATION);
            APIKey other = account.issue(KeyRequest.named("other")).key();
            int kept = 0;
            for (String text : TEXTS) {
                APIKey named = unlessRefused(
                        () -> account.issue(KeyRequest.named(text)).key());
                assertKept(store, named);
                assertThat(named == null ? text : named.name()).isEqualTo(text);
                kept += named == null ? 0 : 1;
                assertKept(
                        store,
                        unlessRefused(() -> account.issue(KeyRequest.named("a").scopes(Set.of(text)))
                                .key()));
                unlessRefused(() -> account.issueOnce(KeyRequest.named("a"), text));
                APIKey changed = unlessRefused(
                        () -> account.change(other.id(), KeyChange.nothing().name(text)));
                assertThat(changed == null ? null : store.get(other.id())).isEqualTo(changed);
                unlessRefused(
                        () -> account.change(other.id(), KeyChange.nothing().scopes(Set.of(text))));
            }
            assertThat(kept).as("names that were kept").isGreaterThan(5);
            assertThat(store.audit(null, Long.MAX_VALUE, 1000)).isNotEmpty();
        }
    }
}
