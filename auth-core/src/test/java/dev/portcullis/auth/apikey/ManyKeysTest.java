package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Issuing and importing in bulk. */
class ManyKeysTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Actor OPERATOR = new Actor("ops", "command");

    private final WatchedStore store = new WatchedStore();
    private final APIKeys keys = APIKeys.builder()
            .store(store)
            .clock(() -> START)
            .maximumKeys(1)
            .scopeCatalogue(Set.of("catalog:read"))
            .build();

    private static void invalid(String field, KeyFault fault, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KeyRefusedException.class,
                        e -> assertThat(e.errors()).containsExactly(entry(field, List.of(fault))));
    }

    @Test
    void many_keys_are_issued_in_one_call_and_in_no_limit() {
        List<KeyRequest> requests = IntStream.range(0, 500)
                .mapToObj(i -> KeyRequest.named("key " + i).scopes(List.of("catalog:read")))
                .toList();
        List<IssuedAPIKey> issued = keys.issueAll("alice", requests, OPERATOR);
        assertThat(store.adds.get()).isEqualTo(1);
        assertThat(issued).extracting(each -> each.key().name()).first().isEqualTo("key 0");
        assertThat(issued).hasSize(500).allSatisfy(each -> {
            assertThat(SHA256.of(SecretText.of(each.plaintext())))
                    .isEqualTo(each.key().hash());
            assertThat(store.memory.get(each.key().id())).isEqualTo(each.key());
        });
        assertThat(keys.audit(Long.MAX_VALUE, 1000)).hasSize(500).allSatisfy(record -> {
            assertThat(record.action()).isEqualTo(AuditAction.ISSUE);
            assertThat(record.by()).isEqualTo(OPERATOR);
        });
    }

    @Test
    void one_bad_request_spoils_the_call_and_is_named() {
        List<KeyRequest> requests =
                List.of(KeyRequest.named("a"), KeyRequest.named("b").scopes(List.of("x")));
        invalid("1.scopes", KeyFault.UNKNOWN_SCOPE, () -> keys.issueAll("alice", requests, OPERATOR));
        invalid("owner", KeyFault.MALFORMED_OWNER, () -> keys.issueAll("", List.of(), OPERATOR));
        assertThat(keys.list(null, 10)).isEmpty();
    }

    private APIKeyBuilder elsewhere(String plaintext) {
        Instant createdAt = START.minusSeconds(86_400);
        return APIKey.builder()
                .id(keys.idOf(createdAt))
                .hash(SHA256.of(SecretText.of(plaintext)))
                .keyPrefix(plaintext.substring(0, 17))
                .owner("alice")
                .name("From elsewhere")
                .scopes(Set.of("catalog:read"))
                .createdAt(createdAt);
    }

    /** "Importing existing SHA-256 hashes": the key works as it did. */
    @Test
    void an_imported_key_works() {
        String plaintext = "grd_live_" + "0123456789abcdef".repeat(3);
        APIKey key = elsewhere(plaintext).build();
        assertThat(keys.importAll(List.of(key), OPERATOR)).containsExactly(key);
        try (APIKeyAuthentication method =
                APIKeyAuthentication.builder().store(store).clock(() -> START).build()) {
            assertThat(method.authenticate(HeadersOnly.bearer(plaintext))).isInstanceOf(Outcome.Authenticated.class);
        }
        AuditRecord record = keys.audit(Long.MAX_VALUE, 10).get(0);
        assertThat(record.action()).isEqualTo(AuditAction.IMPORT);
        assertThat(record.keyID()).isEqualTo(key.id());
        assertThat(record.at()).isEqualTo(START);
    }

    /** An import that was interrupted is repeated: what is there is left out. */
    @Test
    void what_is_there_is_left_out() {
        APIKey first = elsewhere("grd_live_" + "1".repeat(48)).build();
        APIKey second = elsewhere("grd_live_" + "2".repeat(48)).build();
        APIKey secondAgain = second.toBuilder().id(UUID.randomUUID()).build();
        keys.importAll(List.of(first), OPERATOR);
        assertThat(keys.importAll(List.of(first, second, secondAgain), OPERATOR))
                .containsExactly(second);
        assertThat(keys.importAll(List.of(first, secondAgain), OPERATOR)).isEmpty();
        assertThat(keys.list(null, 10)).containsExactlyInAnyOrder(first, second);
    }

    /** Keys of the past are imported as they are, but their names, owners and scopes are as everybody's. */
    @Test
    void what_is_imported_is_checked() {
        String plaintext = "grd_live_" + "3".repeat(48);
        APIKey old = elsewhere(plaintext)
                .expiresAt(START.minusSeconds(9))
                .revokedAt(START.minusSeconds(10))
                .lastUsedAt(START.minusSeconds(11))
                .build();
        for (APIKeyBuilder bad : List.of(
                elsewhere(plaintext).name("a\nb"),
                elsewhere(plaintext).owner("\0"),
                elsewhere(plaintext).scopes(Set.of("x")),
                elsewhere(plaintext).keyPrefix("acme_live_33333333"))) {
            assertThatThrownBy(() -> keys.importAll(List.of(old, bad.build()), OPERATOR))
                    .isInstanceOfSatisfying(
                            KeyRefusedException.class,
                            e -> assertThat(e.errors().keySet()).hasSize(1).allMatch(field -> field.startsWith("1.")));
        }
        invalid(
                "0.key_prefix",
                KeyFault.MALFORMED_KEY_PREFIX,
                () -> keys.importAll(
                        List.of(elsewhere(plaintext)
                                .keyPrefix("acme_live_33333333")
                                .build()),
                        OPERATOR));
        assertThat(keys.list(null, 10)).isEmpty();
        assertThat(keys.importAll(List.of(old), OPERATOR)).containsExactly(old);
    }

    @Test
    void an_imported_key_stands_in_its_place_among_the_others() {
        APIKey newer = keys.issue("bob", "n", Environment.LIVE, Set.of(), null).key();
        APIKey older = elsewhere("grd_live_" + "4".repeat(48)).build();
        keys.importAll(List.of(older), OPERATOR);
        assertThat(keys.list(null, 10)).containsExactly(newer, older);
        UUID id = older.id();
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16)
                .isEqualTo(older.createdAt().toEpochMilli());
        assertThat(keys.get(id)).isEqualTo(older);
        assertThat(IntStream.range(0, 1000).mapToObj(i -> keys.idOf(START))).doesNotHaveDuplicates();
    }
}
