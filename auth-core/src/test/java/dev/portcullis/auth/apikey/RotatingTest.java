package dev.portcullis.auth.apikey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Contract section 5: "Rotation never gains anything". */
class RotatingTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private Instant now = START;
    private final WatchedStore store = new WatchedStore();
    private final APIKeys.Builder settings =
            APIKeys.builder().store(store).clock(() -> now).maximumKeys(2);
    private final APIKeys keys = settings.build();
    private final AccountKeys alice = of("catalog:read", "holdings:read");

    private AccountKeys of(String... permissions) {
        return keys.of(Caller.of(CredentialKind.JWT, "alice", List.of(permissions), Map.of()), "192.0.2.1");
    }

    private static KeyRequest request() {
        return KeyRequest.named("CI")
                .scopes(List.of("catalog:read", "holdings:read"))
                .allowList(List.of("192.0.2.0/24"));
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

    @Test
    void a_successor_is_like_the_old_key_and_both_work_during_the_overlap() {
        IssuedAPIKey old = alice.issue(request().environment(Environment.TEST));
        now = START.plusSeconds(5);
        IssuedAPIKey successor = alice.rotate(old.key().id(), AccountKeys.USUAL_OVERLAP, null);
        assertThat(successor.plaintext()).matches("grd_test_[0-9a-f]{48}").isNotEqualTo(old.plaintext());
        APIKey key = successor.key();
        assertThat(key.id()).isGreaterThan(old.key().id());
        assertThat(key)
                .isEqualTo(old.key().toBuilder()
                        .id(key.id())
                        .hash(key.hash())
                        .keyPrefix(key.keyPrefix())
                        .createdAt(now)
                        .build())
                .isEqualTo(alice.get(key.id()));
        assertThat(alice.get(old.key().id())).isEqualTo(old.key().rotated(key.id(), now.plus(DAY)));
        assertWorks(old, true);
        assertWorks(successor, true);
        now = now.plus(DAY);
        assertWorks(old, false);
        assertWorks(successor, true);
    }

    private void assertWorks(IssuedAPIKey key, boolean works) {
        try (APIKeyAuthentication method =
                APIKeyAuthentication.builder().store(store).clock(() -> now).build()) {
            assertThat(method.authenticate(HeadersOnly.bearer(key.plaintext())) instanceof Outcome.Authenticated)
                    .isEqualTo(works);
        }
    }

    @Test
    void without_an_overlap_the_old_key_has_expired_at_once() {
        IssuedAPIKey old = alice.issue(request());
        IssuedAPIKey successor = alice.rotate(old.key().id(), Duration.ZERO, null);
        assertWorks(old, false);
        assertWorks(successor, true);
    }

    @Test
    void an_overlap_is_from_0_to_30_days() {
        alice.rotate(alice.issue(request()).key().id(), Duration.ofDays(30), null);
        UUID id = alice.issue(request()).key().id();
        for (Duration bad : List.of(
                Duration.ofSeconds(-1),
                Duration.ofDays(30).plusNanos(1),
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofSeconds(Long.MIN_VALUE))) {
            invalid("overlap_seconds", KeyFault.OVERLAP_OUT_OF_RANGE, () -> alice.rotate(id, bad, null));
        }
        assertThat(alice.get(id).successorID()).isNull();
    }

    // "and its expiry unless the caller gives another within what issuing allows"

    @Test
    void a_successor_inherits_the_expiry_unless_another_is_given() {
        Instant end = START.plusSeconds(60);
        IssuedAPIKey old = alice.issue(request().expiresAt(end));
        IssuedAPIKey second = alice.rotate(old.key().id(), DAY, null);
        assertThat(second.key().expiresAt()).isEqualTo(end);
        assertThat(alice.get(old.key().id()).expiresAt())
                .as("the overlap never lengthens the old key's life")
                .isEqualTo(end);
        IssuedAPIKey third = alice.rotate(second.key().id(), DAY, end.plusSeconds(9));
        assertThat(third.key().expiresAt()).isEqualTo(end.plusSeconds(9));
        invalid(
                "expires_at",
                KeyFault.NOT_IN_FUTURE,
                () -> alice.rotate(third.key().id(), DAY, START));
        invalid("expires_at", KeyFault.TOO_LATE, () -> alice.rotate(third.key().id(), DAY, Instant.MAX));
    }

    @Test
    void a_successor_lives_no_longer_than_keys_may() {
        UUID endless = alice.issue(request()).key().id();
        AccountKeys limited =
                settings.maximumLifetime(DAY).maximumKeys(9).build().ofAccount("alice", Actor.APPLICATION);
        invalid(
                "expires_at",
                KeyFault.TOO_LATE,
                () -> limited.rotate(endless, DAY, START.plus(DAY).plusMillis(1)));
        assertThat(limited.rotate(endless, DAY, null).key().expiresAt()).isEqualTo(START.plus(DAY));
        UUID soon =
                limited.issue(request().expiresAt(START.plusSeconds(9))).key().id();
        assertThat(limited.rotate(soon, DAY, null).key().expiresAt()).isEqualTo(START.plusSeconds(9));
        UUID later =
                limited.issue(request().expiresAt(START.plusSeconds(9))).key().id();
        assertThat(limited.rotate(later, Duration.ZERO, START.plus(DAY)).key().expiresAt())
                .isEqualTo(START.plus(DAY));
    }

    // "a caller who no longer holds all of the key's scopes is refused as when issuing"

    @Test
    void a_caller_who_no_longer_holds_all_scopes_is_refused() {
        UUID id = alice.issue(request()).key().id();
        invalid("scopes", KeyFault.SCOPE_NOT_HELD, () -> of("catalog:read").rotate(id, DAY, null));
        assertThat(alice.get(id).successorID()).isNull();
        keys.ofAccount("alice", Actor.APPLICATION).rotate(id, DAY, null);
    }

    /** A successor is as it was made from the key as it stands, also if that is changed at the last moment. */
    @Test
    void scopes_that_are_taken_away_meanwhile_are_not_inherited() {
        UUID id = alice.issue(request()).key().id();
        List<UUID> once = new ArrayList<>(List.of(id));
        store.beforeRotate = () -> {
            if (!once.isEmpty()) {
                once.clear();
                alice.change(id, KeyChange.nothing().scopes(List.of("catalog:read")));
            }
        };
        assertThat(alice.rotate(id, DAY, null).key().scopes()).containsExactly("catalog:read");
        assertThat(store.memory.list("alice", null, 10)).hasSize(2);
    }

    /** Nor does a caller get what it does not hold when somebody else widens the key at the last moment. */
    @Test
    void scopes_that_are_given_meanwhile_must_be_held_too() {
        AccountKeys lesser = of("catalog:read");
        UUID id = lesser.issue(KeyRequest.named("CI").scopes(List.of("catalog:read")))
                .key()
                .id();
        store.beforeRotate = () -> alice.change(id, KeyChange.nothing().scopes(Set.of("holdings:read")));
        invalid("scopes", KeyFault.SCOPE_NOT_HELD, () -> lesser.rotate(id, DAY, null));
        assertThat(store.memory.list("alice", null, 10)).hasSize(1);
    }

    /** A key that somebody keeps changing is an outage rather than a loop without end. */
    @Test
    void a_rotation_gives_up_in_the_end() {
        UUID id = alice.issue(request()).key().id();
        int[] count = {0};
        store.beforeRotate = () ->
                alice.change(id, KeyChange.nothing().scopes(count[0]++ % 2 == 0 ? List.of() : List.of("catalog:read")));
        assertThatThrownBy(() -> alice.rotate(id, DAY, null)).isInstanceOf(AuthUnavailableException.class);
        assertThat(count[0]).isEqualTo(20);
    }

    // "409 API key has already been rotated", "409 API key is not active"

    @Test
    void a_key_is_rotated_once() {
        UUID id = alice.issue(request()).key().id();
        UUID successor = alice.rotate(id, DAY, null).key().id();
        refused(KeyRefusal.ALREADY_ROTATED, () -> alice.rotate(id, DAY, null));
        now = START.plus(DAY);
        refused(KeyRefusal.ALREADY_ROTATED, () -> alice.rotate(id, DAY, null));
        alice.rotate(successor, DAY, null);
        alice.revoke(id);
        refused(KeyRefusal.NOT_ACTIVE, () -> alice.rotate(id, DAY, null));
    }

    @Test
    void of_two_rotations_at_once_the_later_one_is_refused() {
        UUID id = alice.issue(request()).key().id();
        store.beforeRotate = () -> {
            store.beforeRotate = () -> {};
            alice.rotate(id, DAY, null);
        };
        refused(KeyRefusal.ALREADY_ROTATED, () -> alice.rotate(id, DAY, null));
        assertThat(alice.list(null, 10)).hasSize(2);
    }

    @Test
    void a_revoked_or_expired_key_is_not_rotated() {
        UUID revoked = alice.issue(request()).key().id();
        alice.revoke(revoked);
        refused(KeyRefusal.NOT_ACTIVE, () -> alice.rotate(revoked, DAY, null));
        refused(KeyRefusal.NOT_ACTIVE, () -> alice.rotate(revoked, Duration.ofDays(31), START));
        UUID expired =
                alice.issue(request().expiresAt(START.plusSeconds(1))).key().id();
        now = START.plusSeconds(1);
        refused(KeyRefusal.NOT_ACTIVE, () -> alice.rotate(expired, DAY, null));
        refused(KeyRefusal.NOT_ACTIVE, () -> of().rotate(expired, DAY, null));
    }

    @Test
    void a_key_that_is_revoked_or_deleted_at_the_last_moment_is_not_rotated() {
        UUID revoked = alice.issue(request()).key().id();
        store.beforeRotate = () -> alice.revoke(revoked);
        refused(KeyRefusal.NOT_ACTIVE, () -> alice.rotate(revoked, DAY, null));
        UUID deleted = alice.issue(request()).key().id();
        store.beforeRotate = () -> alice.delete(deleted);
        refused(KeyRefusal.NOT_FOUND, () -> alice.rotate(deleted, DAY, null));
        assertThat(alice.list(null, 10)).hasSize(1);
    }

    /** An account that has as many keys as it may have can rotate each of them, but not pile up keys in overlaps. */
    @Test
    void rotation_is_no_way_around_the_number_of_keys() {
        UUID first = alice.issue(request()).key().id();
        UUID second = alice.issue(request()).key().id();
        UUID third = alice.rotate(first, DAY, null).key().id();
        alice.rotate(second, DAY, null);
        refused(KeyRefusal.TOO_MANY_KEYS, () -> alice.issue(request()));
        refused(KeyRefusal.TOO_MANY_KEYS, () -> alice.rotate(third, DAY, null));
        UUID fourth = alice.rotate(third, Duration.ZERO, null).key().id();
        alice.revoke(first);
        alice.rotate(fourth, DAY, null);
        assertThat(alice.list(null, 10)).filteredOn(key -> key.isActive(now)).hasSize(4);
    }

    @Test
    void both_keys_are_in_the_audit() {
        UUID id = alice.issue(request()).key().id();
        UUID successor = alice.rotate(id, DAY, null).key().id();
        List<AuditRecord> records = alice.audit(Long.MAX_VALUE, 2);
        assertThat(records).extracting(AuditRecord::keyID).containsExactly(successor, id);
        assertThat(records).extracting(AuditRecord::action).containsExactly(AuditAction.ISSUE, AuditAction.ROTATE);
        assertThat(requireNonNull(alice.get(id).successorID())).isEqualTo(successor);
    }
}
