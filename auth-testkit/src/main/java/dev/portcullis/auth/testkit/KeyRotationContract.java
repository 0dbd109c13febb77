package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyBuilder;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.apikey.RotateResult;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How keys are rotated. A part of {@link APIKeyStoreContract}. */
interface KeyRotationContract extends StoreUnderTest {

    /** A day after the start. */
    Instant OVERLAP_END = SampleKeys.START.plusSeconds(86_400);

    private static APIKeyBuilder scoped() {
        return SampleKeys.plain().scopes(Set.of("catalog:read", "holdings:read"));
    }

    private static RotateResult rotate(APIKeyStore store, APIKey old, APIKey successor, Instant overlapEnd) {
        return store.rotate(old.id(), successor, overlapEnd, 100, SampleKeys.note(AuditAction.ROTATE));
    }

    /** The successor is added with all its fields, and the old key works until the overlap ends. */
    @Test
    default void a_rotated_key_works_until_the_overlap_ends() {
        APIKeyStore store = newStore();
        APIKey old = scoped().lastUsedAt(SampleKeys.START).hashVersion(1).build();
        APIKey successor = scoped().keyPrefix("grd_live_ffffffff")
                .name("Successor")
                .expiresAt(OVERLAP_END.plusSeconds(1))
                .hashVersion(2)
                .build();
        SampleKeys.put(store, old);
        assertThat(rotate(store, old, successor, OVERLAP_END)).isEqualTo(RotateResult.ROTATED);
        SampleKeys.assertStored(store, successor);
        APIKey rotated = old.toBuilder()
                .successorID(successor.id())
                .expiresAt(OVERLAP_END)
                .build();
        SampleKeys.assertStored(store, rotated);
        assertThat(rotated.isActive(OVERLAP_END.minusMillis(1))).isTrue();
        assertThat(rotated.isActive(OVERLAP_END)).isFalse();
    }

    /** "The overlap never lengthens the old key's life." */
    @Test
    default void the_overlap_never_lengthens_a_life() {
        APIKeyStore store = newStore();
        for (int seconds : new int[] {-1, 0, 1}) {
            Instant expiry = OVERLAP_END.plusSeconds(seconds);
            APIKey old = scoped().expiresAt(expiry).build();
            APIKey successor = scoped().build();
            SampleKeys.put(store, old);
            assertThat(rotate(store, old, successor, OVERLAP_END)).isEqualTo(RotateResult.ROTATED);
            Instant end = seconds < 0 ? expiry : OVERLAP_END;
            SampleKeys.assertStored(
                    store,
                    old.toBuilder().successorID(successor.id()).expiresAt(end).build());
        }
    }

    /** "0 for at once, then it has expired." */
    @Test
    default void without_an_overlap_the_old_key_has_expired() {
        APIKeyStore store = newStore();
        APIKey old = scoped().build();
        APIKey successor = scoped().build();
        SampleKeys.put(store, old);
        assertThat(rotate(store, old, successor, SampleKeys.START)).isEqualTo(RotateResult.ROTATED);
        SampleKeys.assertStored(
                store,
                old.toBuilder()
                        .successorID(successor.id())
                        .expiresAt(SampleKeys.START)
                        .build());
        refused(store, old, RotateResult.ALREADY_ROTATED);
    }

    private static void refused(APIKeyStore store, APIKey old, RotateResult expected) {
        refused(store, old, scoped().build(), expected);
    }

    private static void refused(APIKeyStore store, APIKey old, APIKey successor, RotateResult expected) {
        APIKey before = store.get(old.id());
        int records = store.audit(null, Long.MAX_VALUE, 1000).size();
        assertThat(rotate(store, old, successor, OVERLAP_END)).isEqualTo(expected);
        SampleKeys.assertMissing(store, successor);
        assertThat(store.get(old.id())).isEqualTo(before);
        assertThat(store.find(old.hash())).isEqualTo(before);
        assertThat(store.audit(null, Long.MAX_VALUE, 1000)).hasSize(records);
    }

    /** A key is rotated once; its successor can be rotated in turn. */
    @Test
    default void a_key_is_rotated_once() {
        APIKeyStore store = newStore();
        APIKey first = scoped().build();
        APIKey second = scoped().build();
        APIKey third = scoped().build();
        SampleKeys.put(store, first);
        assertThat(rotate(store, first, second, OVERLAP_END)).isEqualTo(RotateResult.ROTATED);
        refused(store, first, RotateResult.ALREADY_ROTATED);
        assertThat(rotate(store, second, third, OVERLAP_END)).isEqualTo(RotateResult.ROTATED);
        store.delete(second.id(), SampleKeys.note(AuditAction.DELETE));
        refused(store, first, RotateResult.ALREADY_ROTATED);
    }

    /** A key that does not work is not rotated; a revocation is told first. */
    @Test
    default void a_key_that_does_not_work_is_not_rotated() {
        APIKeyStore store = newStore();
        APIKey revoked = scoped().revokedAt(SampleKeys.START.plusSeconds(9)).build();
        APIKey expired = scoped().expiresAt(SampleKeys.START).build();
        APIKey both = scoped().successorID(UUID.randomUUID())
                .revokedAt(SampleKeys.START)
                .build();
        APIKey nearly = scoped().expiresAt(SampleKeys.START.plusMillis(1)).build();
        SampleKeys.put(store, revoked, expired, both, nearly);
        refused(store, revoked, RotateResult.NOT_ACTIVE);
        refused(store, expired, RotateResult.NOT_ACTIVE);
        refused(store, both, RotateResult.NOT_ACTIVE);
        assertThat(rotate(store, nearly, scoped().build(), OVERLAP_END)).isEqualTo(RotateResult.ROTATED);
    }

    /** "Rotation never gains anything": a successor that was made from an older state is not added. */
    @Test
    default void a_successor_with_other_rights_is_refused() {
        APIKeyStore store = newStore();
        APIKey old = scoped().build();
        SampleKeys.put(store, old);
        refused(store, old, scoped().owner("account-2").build(), RotateResult.CHANGED);
        refused(store, old, scoped().keyPrefix("grd_test_0123abcd").build(), RotateResult.CHANGED);
        refused(store, old, scoped().scopes(Set.of("catalog:read")).build(), RotateResult.CHANGED);
        AllowList elsewhere = AllowList.of(List.of("192.0.2.1"));
        refused(store, old, scoped().allowList(elsewhere).build(), RotateResult.CHANGED);
        store.change(
                old.id(),
                KeyChange.nothing().scopes(Set.of("catalog:read")),
                SampleKeys.note(AuditAction.CHANGE, SampleKeys.START));
        refused(store, old, RotateResult.CHANGED);
    }

    /** As many keys can be in their overlap as there may be keys, counted by the note's time. */
    @Test
    default void an_owner_has_at_most_so_many_keys_in_their_overlap() {
        APIKeyStore store = newStore();
        SampleKeys.put(
                store,
                scoped().successorID(UUID.randomUUID())
                        .expiresAt(SampleKeys.START)
                        .build(),
                scoped().successorID(UUID.randomUUID()).owner("account-2").build(),
                scoped().successorID(UUID.randomUUID())
                        .revokedAt(SampleKeys.START)
                        .build(),
                scoped().build());
        assertThat(rotated(store, OVERLAP_END, 1)).isEqualTo(RotateResult.ROTATED);
        assertThat(rotated(store, OVERLAP_END, 1)).isEqualTo(RotateResult.TOO_MANY);
        assertThat(rotated(store, SampleKeys.START, 1)).as("without overlap").isEqualTo(RotateResult.ROTATED);
        assertThat(rotated(store, OVERLAP_END, 1)).isEqualTo(RotateResult.TOO_MANY);
        assertThat(rotated(store, OVERLAP_END, 2)).isEqualTo(RotateResult.ROTATED);
    }

    private static RotateResult rotated(APIKeyStore store, Instant overlapEnd, int maximum) {
        APIKey old = scoped().build();
        APIKey successor = scoped().build();
        SampleKeys.put(store, old);
        RotateResult result =
                store.rotate(old.id(), successor, overlapEnd, maximum, SampleKeys.note(AuditAction.ROTATE));
        if (result != RotateResult.ROTATED) {
            SampleKeys.assertMissing(store, successor);
            SampleKeys.assertStored(store, old);
        }
        return result;
    }

    /** Neither the identifier nor the hash of a key that is there can be the successor's; nothing is half done. */
    @Test
    default void a_successor_that_is_there_already_is_refused() {
        APIKeyStore store = newStore();
        APIKey old = scoped().build();
        APIKey other = scoped().build();
        SampleKeys.put(store, old, other);
        for (APIKey successor : List.of(
                old,
                other,
                scoped().id(other.id()).build(),
                scoped().hash(old.hash()).build())) {
            assertThatThrownBy(() -> rotate(store, old, successor, OVERLAP_END))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        SampleKeys.assertStored(store, old);
        SampleKeys.assertStored(store, other);
        assertThat(store.audit(null, Long.MAX_VALUE, 10)).hasSize(2);
    }
}
