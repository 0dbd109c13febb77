package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Contract section 5: what a signed-in user may do with keys. */
class AccountKeysTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private Instant now = START;
    private final WatchedStore store = new WatchedStore();
    private final APIKeys.Builder settings =
            APIKeys.builder().store(store).clock(() -> now).maximumKeys(3);
    private final APIKeys keys = settings.build();
    private final AccountKeys alice = of("alice", "catalog:read", "holdings:read");
    private final AccountKeys bob = of("bob", "catalog:read");

    private AccountKeys of(String subject, String... permissions) {
        return keys.of(caller(CredentialKind.JWT, subject, permissions), "192.0.2.1");
    }

    private static Caller caller(CredentialKind kind, @Nullable String subject, String... permissions) {
        return Caller.of(kind, subject, List.of(permissions), Map.of());
    }

    private static void refused(KeyRefusal refusal, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KeyRefusedException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
    }

    private static void invalid(String field, KeyFault fault, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KeyRefusedException.class,
                        e -> assertThat(e.errors()).containsExactly(entry(field, List.of(fault))));
    }

    private List<AuditAction> written() {
        return store.memory.audit(null, Long.MAX_VALUE, 100).stream()
                .map(AuditRecord::action)
                .toList();
    }

    // "Only a signed-in user with a subject manages keys"

    @Test
    void only_a_signed_in_user_with_a_subject_manages_keys() {
        keys.of(caller(CredentialKind.JWT, "x".repeat(255)), "::1");
        for (Caller other : List.of(
                caller(CredentialKind.API_KEY, "alice"),
                caller(CredentialKind.CUSTOM, "alice"),
                caller(CredentialKind.JWT, null),
                caller(CredentialKind.JWT, ""),
                caller(CredentialKind.JWT, "x".repeat(256)),
                caller(CredentialKind.JWT, "a\0b"),
                caller(CredentialKind.JWT, "a\ud83d"))) {
            refused(KeyRefusal.USER_REQUIRED, () -> keys.of(other, "192.0.2.1"));
        }
    }

    // Section 7: "at most 5 entries (configurable)"

    @Test
    void a_key_can_be_tied_to_addresses() {
        List<String> five = List.of("192.0.2.1", "192.0.2.2", "2001:db8::/32", "198.51.100.0/24", "::1");
        APIKey key = alice.issue(KeyRequest.named("CI").allowList(five)).key();
        assertThat(key.allowList().entries()).isEqualTo(five);
        APIKey changed = alice.change(key.id(), KeyChange.nothing().allowList(List.of("192.0.2.9/32")));
        assertThat(changed.allowList().entries()).containsExactly("192.0.2.9");
        assertThat(alice.change(key.id(), KeyChange.nothing().name("x"))
                        .allowList()
                        .entries())
                .containsExactly("192.0.2.9");
        assertThat(alice.change(key.id(), KeyChange.nothing().allowList(List.of()))
                        .allowList()
                        .isEverywhere())
                .isTrue();
    }

    @Test
    void addresses_are_literal_and_few() {
        UUID id = alice.issue(KeyRequest.named("CI")).key().id();
        for (List<String> bad : List.of(
                List.of("localhost"), List.of("192.0.2.1", "010.0.0.1"), List.of(""), List.of("192.0.2.1/24"))) {
            KeyRequest request = KeyRequest.named("CI").allowList(bad);
            invalid("ip_allowlist", KeyFault.MALFORMED_ADDRESS, () -> alice.issue(request));
            invalid(
                    "ip_allowlist",
                    KeyFault.MALFORMED_ADDRESS,
                    () -> alice.change(id, KeyChange.nothing().allowList(bad)));
        }
        List<String> six = List.of("::1", "::2", "::3", "::4", "::5", "::6");
        invalid(
                "ip_allowlist",
                KeyFault.TOO_MANY_ADDRESSES,
                () -> alice.issue(KeyRequest.named("CI").allowList(six)));
        invalid(
                "ip_allowlist",
                KeyFault.TOO_MANY_ADDRESSES,
                () -> alice.change(id, KeyChange.nothing().allowList(six)));
        assertThat(alice.get(id).allowList().isEverywhere()).isTrue();
        AccountKeys generous = settings.maximumAddresses(6).build().ofAccount("alice", Actor.APPLICATION);
        generous.issue(KeyRequest.named("CI").allowList(six));
        assertThatThrownBy(() -> settings.maximumAddresses(0).build()).hasMessageContaining("maximumAddresses");
        assertThatThrownBy(() -> settings.maximumAddresses(1001).build()).hasMessageContaining("maximumAddresses");
    }

    // "Another account's key and a missing one look the same"

    @Test
    void another_accounts_key_and_a_missing_one_look_the_same() {
        UUID hers = alice.issue(KeyRequest.named("CI")).key().id();
        for (UUID id : List.of(hers, UUID.randomUUID())) {
            refused(KeyRefusal.NOT_FOUND, () -> bob.get(id));
            refused(KeyRefusal.NOT_FOUND, () -> bob.revoke(id));
            refused(KeyRefusal.NOT_FOUND, () -> bob.delete(id));
            refused(KeyRefusal.NOT_FOUND, () -> bob.rotate(id, Duration.ZERO, null));
            refused(KeyRefusal.NOT_FOUND, () -> bob.rotate(id, Duration.ofDays(-1), START));
            refused(
                    KeyRefusal.NOT_FOUND,
                    () -> bob.change(id, KeyChange.nothing().name("x")));
            refused(
                    KeyRefusal.NOT_FOUND,
                    () -> bob.change(id, KeyChange.nothing().name("\n")));
        }
        assertThat(bob.list(null, 10)).isEmpty();
        assertThat(bob.audit(Long.MAX_VALUE, 10)).isEmpty();
        assertThat(alice.get(hers).isActive(now)).isTrue();
        assertThat(written()).containsExactly(AuditAction.ISSUE);
    }

    // "A key never gets a scope that its issuer does not hold: 400"

    @Test
    void a_key_gets_no_scope_that_its_issuer_lacks() {
        IssuedAPIKey issued =
                alice.issue(KeyRequest.named("CI").scopes(List.of("catalog:read", "holdings:read", "catalog:read")));
        assertThat(issued.key().scopes()).containsExactlyInAnyOrder("catalog:read", "holdings:read");
        for (String scope : List.of("catalog:write", "Catalog:Read", "catalog:*")) {
            KeyRequest request = KeyRequest.named("CI").scopes(List.of("catalog:read", scope));
            invalid("scopes", KeyFault.SCOPE_NOT_HELD, () -> alice.issue(request));
            invalid("scopes", KeyFault.SCOPE_NOT_HELD, () -> alice.issueOnce(request, "1"));
            invalid(
                    "scopes",
                    KeyFault.SCOPE_NOT_HELD,
                    () -> alice.change(issued.key().id(), KeyChange.nothing().scopes(List.of(scope))));
        }
        assertThat(written()).containsExactly(AuditAction.ISSUE);
        assertThat(alice.get(issued.key().id())).isEqualTo(issued.key());
    }

    @Test
    void an_operator_gives_any_scope_of_the_catalogue() {
        Actor operator = new Actor("ops", "command");
        APIKeys strict =
                settings.scopeCatalogue(Set.of("catalog:read", "catalog:write")).build();
        AccountKeys account = strict.ofAccount("alice", operator);
        APIKey key = account.issue(KeyRequest.named("CI").scopes(List.of("catalog:write")))
                .key();
        assertThat(key.owner()).isEqualTo("alice");
        assertThat(store.memory.audit("alice", Long.MAX_VALUE, 1).get(0).by()).isEqualTo(operator);
        invalid(
                "scopes",
                KeyFault.UNKNOWN_SCOPE,
                () -> account.issue(KeyRequest.named("CI").scopes(List.of("holdings:read"))));
        invalid(
                "scopes",
                KeyFault.UNKNOWN_SCOPE,
                () -> account.change(key.id(), KeyChange.nothing().scopes(List.of("holdings:read"))));
        invalid(
                "scopes",
                KeyFault.UNKNOWN_SCOPE,
                () -> strict.of(caller(CredentialKind.JWT, "bob", "holdings:read"), "::1")
                        .issue(KeyRequest.named("CI").scopes(List.of("holdings:read"))));
    }

    // "Too many API keys."

    @Test
    void an_account_has_at_most_so_many_keys() {
        UUID first = alice.issue(KeyRequest.named("1")).key().id();
        alice.issue(KeyRequest.named("2").expiresAt(START.plusSeconds(60)));
        UUID third = alice.issue(KeyRequest.named("3")).key().id();
        refused(KeyRefusal.TOO_MANY_KEYS, () -> alice.issue(KeyRequest.named("4")));
        refused(KeyRefusal.TOO_MANY_KEYS, () -> alice.issueOnce(KeyRequest.named("4"), "4"));
        assertThat(alice.list(null, 10)).hasSize(3);
        bob.issue(KeyRequest.named("another account's"));
        alice.revoke(first);
        alice.issue(KeyRequest.named("4"));
        refused(KeyRefusal.TOO_MANY_KEYS, () -> alice.issue(KeyRequest.named("5")));
        now = START.plusSeconds(60);
        alice.issue(KeyRequest.named("5"));
        alice.delete(third);
        alice.issue(KeyRequest.named("6"));
    }

    // Lifetimes

    @Test
    void without_a_maximum_a_key_may_live_for_ever() {
        assertThat(alice.issue(KeyRequest.named("n")).key().expiresAt()).isNull();
    }

    @Test
    void a_maximum_lifetime_is_kept_and_an_expiry_must_be_given() {
        AccountKeys limited =
                settings.maximumLifetime(Duration.ofDays(90)).build().ofAccount("alice", Actor.APPLICATION);
        Instant last = START.plus(Duration.ofDays(90));
        assertThat(limited.issue(KeyRequest.named("n").expiresAt(last)).key().expiresAt())
                .isEqualTo(last);
        invalid(
                "expires_at",
                KeyFault.TOO_LATE,
                () -> limited.issue(KeyRequest.named("n").expiresAt(last.plusMillis(1))));
        invalid("expires_at", KeyFault.REQUIRED, () -> limited.issue(KeyRequest.named("n")));
        assertThat(written()).hasSize(1);
    }

    @Test
    void a_usual_lifetime_is_given_to_keys_without_an_expiry() {
        AccountKeys limited = settings.maximumLifetime(Duration.ofDays(90))
                .usualLifetime(Duration.ofDays(30))
                .build()
                .ofAccount("alice", Actor.APPLICATION);
        assertThat(limited.issue(KeyRequest.named("n")).key().expiresAt()).isEqualTo(START.plus(Duration.ofDays(30)));
        APIKey longer = limited.issue(KeyRequest.named("n").expiresAt(START.plus(Duration.ofDays(90))))
                .key();
        assertThat(longer.expiresAt()).isEqualTo(START.plus(Duration.ofDays(90)));
    }

    @Test
    void settings_that_cannot_be_are_refused_when_built() {
        for (int bad : new int[] {0, -1}) {
            assertThatThrownBy(() ->
                            APIKeys.builder().store(store).maximumKeys(bad).build())
                    .hasMessage("maximumKeys must be at least 1, not " + bad);
        }
        for (Duration bad : List.of(
                Duration.ZERO, Duration.ofDays(-1), Duration.ofDays(36_500).plusNanos(1))) {
            assertThatThrownBy(() ->
                            APIKeys.builder().store(store).maximumLifetime(bad).build())
                    .hasMessageStartingWith("maximumLifetime must be from 1 millisecond to 36,500 days");
            assertThatThrownBy(() ->
                            APIKeys.builder().store(store).usualLifetime(bad).build())
                    .hasMessageStartingWith("usualLifetime must be from 1 millisecond to 36,500 days");
        }
        assertThatThrownBy(() -> settings.maximumLifetime(Duration.ofDays(1))
                        .usualLifetime(Duration.ofDays(2))
                        .build())
                .hasMessage("usualLifetime must not be longer than maximumLifetime");
        assertThatThrownBy(() -> APIKeys.builder()
                        .store(store)
                        .scopeCatalogue(Set.of("a b"))
                        .build())
                .hasMessageStartingWith("scopeCatalogue must hold scope-tokens");
    }

    // List, get, change, revoke, delete

    @Test
    void keys_are_listed_newest_first_in_pages() {
        UUID first = alice.issue(KeyRequest.named("1")).key().id();
        UUID second = alice.issue(KeyRequest.named("2")).key().id();
        now = START.plusSeconds(1);
        UUID third = alice.issue(KeyRequest.named("3")).key().id();
        assertThat(alice.list(null, 2)).extracting(APIKey::id).containsExactly(third, second);
        assertThat(alice.list(second, 2)).extracting(APIKey::id).containsExactly(first);
        assertThat(alice.list(first, 2)).isEmpty();
        for (int bad : new int[] {0, -1, 1001, Integer.MIN_VALUE}) {
            invalid("limit", KeyFault.LIMIT_OUT_OF_RANGE, () -> alice.list(null, bad));
            invalid("limit", KeyFault.LIMIT_OUT_OF_RANGE, () -> alice.audit(Long.MAX_VALUE, bad));
            invalid("limit", KeyFault.LIMIT_OUT_OF_RANGE, () -> keys.list(null, bad));
            invalid("limit", KeyFault.LIMIT_OUT_OF_RANGE, () -> keys.audit(Long.MAX_VALUE, bad));
        }
        bob.issue(KeyRequest.named("4"));
        assertThat(keys.list(null, 1000)).hasSize(4);
        assertThat(keys.list(third, 1)).extracting(APIKey::id).containsExactly(second);
    }

    @Test
    void a_change_is_of_name_and_scopes() {
        APIKey key = alice.issue(KeyRequest.named("CI").scopes(List.of("catalog:read")))
                .key();
        APIKey changed = alice.change(
                key.id(), KeyChange.nothing().name("New").scopes(List.of("catalog:read", "holdings:read")));
        assertThat(changed)
                .isEqualTo(key.toBuilder()
                        .name("New")
                        .scopes(Set.of("catalog:read", "holdings:read"))
                        .build())
                .isEqualTo(store.memory.find(key.hash()));
        assertThat(alice.change(key.id(), KeyChange.nothing())).isEqualTo(changed);
        invalid(
                "name",
                KeyFault.BLANK,
                () -> alice.change(key.id(), KeyChange.nothing().name("")));
        invalid(
                "name",
                KeyFault.TOO_LONG,
                () -> alice.change(
                        key.id(), KeyChange.nothing().name("x".repeat(101)).scopes(Set.of())));
        assertThat(alice.get(key.id())).isEqualTo(changed);
    }

    /** What it keeps is given anew: nobody renews what they could not give. */
    @Test
    void all_scopes_of_a_change_must_be_held_also_those_the_key_has() {
        UUID id = alice.issue(KeyRequest.named("CI").scopes(List.of("catalog:read", "holdings:read")))
                .key()
                .id();
        AccountKeys lesser = of("alice", "catalog:read");
        invalid(
                "scopes",
                KeyFault.SCOPE_NOT_HELD,
                () -> lesser.change(id, KeyChange.nothing().scopes(List.of("holdings:read"))));
        assertThat(lesser.change(id, KeyChange.nothing().name("New")).scopes()).hasSize(2);
        assertThat(lesser.change(id, KeyChange.nothing().scopes(List.of("catalog:read")))
                        .scopes())
                .hasSize(1);
    }

    @Test
    void revoking_keeps_its_first_time_and_a_revoked_key_can_be_deleted() {
        UUID id = alice.issue(KeyRequest.named("CI")).key().id();
        APIKey revoked = alice.revoke(id);
        now = START.plusSeconds(1);
        assertThat(alice.revoke(id)).isEqualTo(revoked);
        assertThat(revoked.revokedAt()).isEqualTo(START);
        alice.delete(id);
        refused(KeyRefusal.NOT_FOUND, () -> alice.delete(id));
        assertThat(written()).containsExactly(AuditAction.DELETE, AuditAction.REVOKE, AuditAction.ISSUE);
    }

    /** Who, when, from where, which key. */
    @Test
    void the_audit_names_the_user_and_the_address() {
        UUID id = alice.issue(KeyRequest.named("CI")).key().id();
        now = START.plusSeconds(1);
        alice.change(id, KeyChange.nothing().name("New"));
        AuditRecord latest = alice.audit(Long.MAX_VALUE, 1).get(0);
        assertThat(latest)
                .isEqualTo(new AuditRecord(
                        latest.number(), now, AuditAction.CHANGE, id, "alice", new Actor("alice", "192.0.2.1")));
        assertThat(alice.audit(latest.number(), 10))
                .extracting(AuditRecord::action)
                .containsExactly(AuditAction.ISSUE);
        for (String bad : List.of("", "x".repeat(256), "a\nb", "\ud83d")) {
            assertThatThrownBy(() -> new Actor(bad, "x")).hasMessageStartingWith("subject must have");
            assertThatThrownBy(() -> new Actor("x", bad)).hasMessageStartingWith("from must have");
        }
    }

    @Test
    void a_store_that_cannot_be_asked_is_no_refusal() {
        UUID id = alice.issue(KeyRequest.named("CI")).key().id();
        store.down = true;
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> alice.issue(KeyRequest.named("CI")),
                () -> alice.issueOnce(KeyRequest.named("CI"), "1"),
                () -> alice.list(null, 1),
                () -> alice.get(id),
                () -> alice.revoke(id),
                () -> alice.delete(id),
                () -> alice.change(id, KeyChange.nothing()),
                () -> alice.rotate(id, Duration.ZERO, null),
                () -> alice.audit(1, 1))) {
            assertThatThrownBy(call).isInstanceOf(AuthUnavailableException.class);
        }
    }

    // Leaks

    @Test
    void a_leaked_key_is_revoked_by_its_plaintext() {
        IssuedAPIKey issued = alice.issue(KeyRequest.named("CI"));
        Actor scanner = new Actor("scanner", "198.51.100.7");
        APIKey revoked = keys.revokeLeaked(SecretText.of(issued.plaintext()), scanner);
        assertThat(revoked)
                .isEqualTo(issued.key().revokedAt(START))
                .isEqualTo(alice.get(issued.key().id()));
        AuditRecord latest = alice.audit(Long.MAX_VALUE, 1).get(0);
        assertThat(latest.action()).isEqualTo(AuditAction.LEAK_REVOCATION);
        assertThat(latest.by()).isEqualTo(scanner);
        assertThat(keys.revokeLeaked(SecretText.of("grd_live_" + "0".repeat(48)), scanner))
                .isNull();
        int asked = store.finds.get();
        for (String other : List.of("", "grd_live_", issued.plaintext() + "0", "acme_live_" + "0".repeat(48))) {
            assertThat(keys.revokeLeaked(SecretText.of(other), scanner)).isNull();
        }
        assertThat(store.finds.get())
                .as("what is no key at all costs the store nothing")
                .isEqualTo(asked);
    }
}
