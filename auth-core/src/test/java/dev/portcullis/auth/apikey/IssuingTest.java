package dev.portcullis.auth.apikey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Contract section 4: what a key is, and what is kept of it. */
class IssuingTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00.123Z");

    private Instant now = START;
    private final WatchedStore store = new WatchedStore();
    private final APIKeys keys =
            APIKeys.builder().store(store).maximumKeys(100_000).clock(() -> now).build();

    private IssuedAPIKey issue() {
        return issue("CI", List.of("catalog:read"), null);
    }

    private IssuedAPIKey issue(String name, List<String> scopes, @Nullable Instant expiresAt) {
        return keys.issue("account-1", name, Environment.LIVE, scopes, expiresAt);
    }

    @Test
    void a_key_is_grd_its_environment_and_48_lower_case_digits() {
        assertThat(issue().plaintext()).matches("grd_live_[0-9a-f]{48}");
        assertThat(keys.issue("a", "n", Environment.TEST, Set.of(), null).plaintext())
                .matches("grd_test_[0-9a-f]{48}");
        assertThat(APIKeys.builder()
                        .store(store)
                        .prefix("acme")
                        .build()
                        .issue("a", "n", Environment.TEST, Set.of(), null)
                        .plaintext())
                .matches("acme_test_[0-9a-f]{48}");
    }

    @Test
    void each_of_the_192_bits_is_random_and_no_key_comes_twice() {
        Set<String> seen = new HashSet<>();
        byte[] ones = new byte[24];
        byte[] zeros = new byte[24];
        for (int i = 0; i < 1000; i++) {
            String plaintext = issue().plaintext();
            assertThat(seen.add(plaintext)).isTrue();
            byte[] bytes = HexFormat.of().parseHex(plaintext.substring(9));
            for (int j = 0; j < 24; j++) {
                ones[j] |= bytes[j];
                zeros[j] |= (byte) ~bytes[j];
            }
        }
        assertThat(ones).containsOnly(0xff);
        assertThat(zeros).containsOnly(0xff);
    }

    @Test
    void the_hash_of_the_whole_plaintext_is_stored_and_not_the_plaintext() throws Exception {
        IssuedAPIKey issued = issue();
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(issued.plaintext().getBytes(StandardCharsets.UTF_8));
        assertThat(issued.key().hash().toBytes()).isEqualTo(hash);
        assertThat(store.find(SHA256.ofHashed(hash))).isEqualTo(issued.key());
        assertThat(store.find(SHA256.of(SecretText.of(issued.plaintext().substring(9)))))
                .isNull();
    }

    @Test
    void everything_else_is_stored_as_it_was_given() {
        now = START.plusNanos(456_789);
        APIKey key = issue(
                        "CI \u2192 \ud83d\udd11",
                        List.of("catalog:read", "holdings:read", "catalog:read"),
                        START.plusSeconds(9))
                .key();
        assertThat(store.get(key.id())).isEqualTo(key);
        assertThat(key.owner()).isEqualTo("account-1");
        assertThat(key.name()).isEqualTo("CI \u2192 \ud83d\udd11");
        assertThat(key.environment()).isEqualTo(Environment.LIVE);
        assertThat(key.scopes()).containsExactlyInAnyOrder("catalog:read", "holdings:read");
        assertThat(key.createdAt()).as("whole milliseconds").isEqualTo(START);
        assertThat(key.expiresAt()).isEqualTo(START.plusSeconds(9));
        assertThat(key.lastUsedAt()).isNull();
        assertThat(key.revokedAt()).isNull();
        assertThat(key.isActive(START)).isTrue();
    }

    @Test
    void the_display_prefix_is_the_environment_and_the_first_8_digits() {
        for (int i = 0; i < 100; i++) {
            IssuedAPIKey issued = issue();
            assertThat(issued.key().keyPrefix()).isEqualTo(issued.plaintext().substring(0, "grd_live_".length() + 8));
        }
    }

    @Test
    void a_later_key_has_a_greater_identifier_also_within_a_millisecond_and_when_the_clock_is_put_back() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(issue().key().id());
        }
        now = START.minusSeconds(3600);
        ids.add(issue().key().id());
        now = START.plusSeconds(1);
        ids.add(issue().key().id());
        List<UUID> sorted = new ArrayList<>(ids);
        Collections.sort(sorted);
        assertThat(ids).isEqualTo(sorted).doesNotHaveDuplicates();
    }

    @Test
    void an_identifier_is_a_time_ordered_UUID_of_RFC_9562_section_5_7() {
        for (int i = 0; i < 50; i++) {
            UUID id = issue().key().id();
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(START.toEpochMilli());
        }
    }

    @Test
    void a_name_has_1_to_100_characters_none_of_them_a_control_character() {
        issue("x", List.of(), null);
        issue("x".repeat(100), List.of(), null);
        issue("\ud83d\udd11".repeat(100), List.of(), null);
        refused(() -> issue("", List.of(), null), "name", KeyFault.BLANK);
        refused(() -> issue("x".repeat(101), List.of(), null), "name", KeyFault.TOO_LONG);
        refused(() -> issue("\ud83d\udd11".repeat(101), List.of(), null), "name", KeyFault.TOO_LONG);
        refused(() -> issue("a\nb", List.of(), null), "name", KeyFault.CONTROL_CHARACTERS);
    }

    /** "400 …; nothing is stored", and nothing that was sent is repeated. */
    private void refused(ThrowingCallable issuing, String field, KeyFault... faults) {
        int before = store.adds.get();
        assertThatThrownBy(issuing)
                .isInstanceOfSatisfying(KeyRefusedException.class, e -> {
                    assertThat(e.refusal()).isEqualTo(KeyRefusal.INVALID_INPUT);
                    assertThat(e.errors()).containsExactly(entry(field, List.of(faults)));
                })
                .hasMessage("Invalid input.");
        assertThat(store.adds.get()).isEqualTo(before);
    }

    @Test
    void an_expiry_lies_in_the_future() {
        now = START;
        issue("n", List.of(), START.plusMillis(1));
        issue("n", List.of(), Instant.parse("9999-12-31T23:59:59.999Z"));
        for (Instant bad :
                List.of(START, START.plusNanos(999_999), START.minusSeconds(1), Instant.EPOCH, Instant.MIN)) {
            refused(() -> issue("n", List.of(), bad), "expires_at", KeyFault.NOT_IN_FUTURE);
        }
        for (Instant bad : List.of(Instant.parse("+10000-01-01T00:00:00Z"), Instant.MAX)) {
            refused(() -> issue("n", List.of(), bad), "expires_at", KeyFault.TOO_LATE);
        }
    }

    @Test
    void a_scope_is_a_scope_token_of_RFC_6749_section_3_3() {
        issue("n", List.of("a", "!", "~", "catalog:read", "https://x.example/y", "x".repeat(255)), null);
        for (String bad : List.of("", " ", "a b", "a\"", "a\\", "\u00e4", "a\n", "\u007f", "x".repeat(256))) {
            refused(() -> issue("n", List.of("ok", bad), null), "scopes", KeyFault.MALFORMED_SCOPE);
        }
    }

    @Test
    void a_key_has_at_most_256_scopes() {
        List<String> scopes =
                IntStream.range(0, 257).mapToObj(i -> "scope:" + i).toList();
        issue("n", scopes.subList(0, 256), null);
        refused(() -> issue("n", scopes, null), "scopes", KeyFault.TOO_MANY_SCOPES);
    }

    @Test
    void a_key_has_an_owner_that_every_store_can_keep() {
        keys.issue("x".repeat(255), "n", Environment.LIVE, Set.of(), null);
        keys.issue("\ud83d\udd11".repeat(255), "n", Environment.LIVE, Set.of(), null);
        for (String bad : List.of("", "x".repeat(256), "\ud83d\udd11".repeat(256), "a\0", "a\n", "a\ud83d")) {
            refused(() -> keys.issue(bad, "n", Environment.LIVE, Set.of(), null), "owner", KeyFault.MALFORMED_OWNER);
        }
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        assertThatThrownBy(() -> issue("\n", List.of("a b", "c d"), START))
                .isInstanceOfSatisfying(
                        KeyRefusedException.class,
                        e -> assertThat(e.errors())
                                .containsExactly(
                                        entry("name", List.of(KeyFault.CONTROL_CHARACTERS)),
                                        entry("scopes", List.of(KeyFault.MALFORMED_SCOPE)),
                                        entry("expires_at", List.of(KeyFault.NOT_IN_FUTURE))));
    }

    @Test
    void revoking_twice_keeps_the_first_time() {
        UUID id = issue().key().id();
        now = START.plusSeconds(1);
        APIKey revoked = requireNonNull(keys.revoke(id));
        now = START.plusSeconds(2);
        assertThat(keys.revoke(id)).isEqualTo(revoked).isEqualTo(store.get(id));
        assertThat(revoked.revokedAt()).isEqualTo(START.plusSeconds(1));
        assertThat(revoked.isActive(START)).isFalse();
        assertThat(keys.revoke(UUID.randomUUID())).isNull();
    }

    @Test
    void deleting_says_whether_there_was_a_key() {
        UUID id = issue().key().id();
        assertThat(keys.delete(id)).isTrue();
        assertThat(keys.delete(id)).isFalse();
        assertThat(store.get(id)).isNull();
    }

    @Test
    void a_store_that_cannot_be_asked_gets_no_key_issued() {
        store.down = true;
        assertThatThrownBy(this::issue).isInstanceOf(AuthUnavailableException.class);
    }

    /** What the application does by itself is written down as its own. */
    @Test
    void the_application_is_an_actor_too() {
        UUID id = issue().key().id();
        keys.revoke(id);
        keys.delete(id);
        assertThat(keys.audit(Long.MAX_VALUE, 10))
                .extracting(AuditRecord::action)
                .containsExactly(AuditAction.DELETE, AuditAction.REVOKE, AuditAction.ISSUE);
        assertThat(keys.audit(Long.MAX_VALUE, 10)).allSatisfy(record -> {
            assertThat(record.by()).isEqualTo(new Actor("application", "application"));
            assertThat(record.at()).isEqualTo(START);
        });
    }

    @Test
    void settings_that_cannot_be_are_refused_when_built() {
        assertThatThrownBy(() -> APIKeys.builder().build()).hasMessage("APIKeys needs a store: call store(…)");
        assertThatThrownBy(() -> APIKeys.builder().store(store).prefix("a_b").build())
                .hasMessageStartingWith("prefix must be a lower-case letter");
    }
}
