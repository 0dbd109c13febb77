package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.apikey.RotateResult;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How keys are revoked, changed, used and deleted. A part of {@link APIKeyStoreContract}. */
interface KeyChangeContract extends StoreUnderTest {

    /** {@code revoked_at} keeps its first value, and the key as it stands is answered. */
    @Test
    default void revoking_is_for_good_and_keeps_the_first_time() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.plain().build();
        SampleKeys.put(store, key);
        APIKey revoked = key.revokedAt(SampleKeys.START);
        for (int seconds : new int[] {0, 1, -1}) {
            Instant at = SampleKeys.START.plusSeconds(seconds);
            assertThat(store.revoke(key.id(), SampleKeys.note(AuditAction.REVOKE, at)))
                    .isEqualTo(revoked);
            SampleKeys.assertStored(store, revoked);
        }
    }

    /** Times of notes are kept in whole milliseconds, rounded down. */
    @Test
    default void a_revocation_is_dated_to_the_millisecond() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.plain().build();
        SampleKeys.put(store, key);
        store.revoke(key.id(), SampleKeys.note(AuditAction.REVOKE, SampleKeys.START.plusNanos(999_999)));
        SampleKeys.assertStored(store, key.revokedAt(SampleKeys.START));
        assertThat(store.audit(null, Long.MAX_VALUE, 1).get(0).at()).isEqualTo(SampleKeys.START);
    }

    /** What is named is changed, and nothing else. */
    @Test
    default void a_change_is_of_what_it_names() {
        APIKeyStore store = newStore();
        for (APIKey key : List.of(SampleKeys.plain().build(), SampleKeys.full().build())) {
            SampleKeys.put(store, key);
            APIKey named = key.toBuilder().name("New").build();
            APIKey scoped = named.toBuilder().scopes(Set.of("b", "c")).build();
            APIKey both = key.toBuilder().name("Both").scopes(Set.of()).build();
            KeyChange nothing = KeyChange.nothing();
            changed(store, named, nothing.name("New"));
            changed(store, scoped, nothing.scopes(List.of("b", "c")));
            changed(store, scoped, nothing);
            changed(store, both, nothing.name("Both").scopes(Set.of()));
            APIKey somewhere = both.toBuilder()
                    .allowList(AllowList.of(List.of("2001:db8::/32", "192.0.2.1")))
                    .build();
            changed(store, somewhere, nothing.allowList(List.of("2001:DB8::/32", "::ffff:192.0.2.1")));
            changed(store, somewhere, nothing.name("Both"));
            changed(store, both.toBuilder().allowList(AllowList.everywhere()).build(), nothing.allowList(List.of()));
        }
    }

    private static void changed(APIKeyStore store, APIKey expected, KeyChange change) {
        assertThat(store.change(expected.id(), change, SampleKeys.note(AuditAction.CHANGE)))
                .isEqualTo(expected);
        SampleKeys.assertStored(store, expected);
    }

    /** Nothing happens to other keys. */
    @Test
    default void a_change_to_one_key_is_none_to_another() {
        APIKeyStore store = newStore();
        APIKey bystander = SampleKeys.plain().build();
        APIKey changed = SampleKeys.plain().build();
        APIKey deleted = SampleKeys.plain().build();
        SampleKeys.put(store, bystander, changed, deleted);
        store.change(changed.id(), KeyChange.nothing().name("New"), SampleKeys.note(AuditAction.CHANGE));
        store.revoke(changed.id(), SampleKeys.note(AuditAction.REVOKE));
        store.touch(changed.id(), SampleKeys.START);
        store.delete(deleted.id(), SampleKeys.note(AuditAction.DELETE));
        SampleKeys.assertStored(store, bystander);
    }

    /** Nothing of a deleted key is left, be it revoked or not, and the key as it stood is answered. */
    @Test
    default void a_deleted_key_is_gone() {
        APIKeyStore store = newStore();
        for (APIKey key : List.of(SampleKeys.plain().build(), SampleKeys.full().build())) {
            SampleKeys.put(store, key);
            assertThat(store.delete(key.id(), SampleKeys.note(AuditAction.DELETE)))
                    .isEqualTo(key);
            SampleKeys.assertMissing(store, key);
            assertThat(store.delete(key.id(), SampleKeys.note(AuditAction.DELETE)))
                    .isNull();
            SampleKeys.put(store, key);
            SampleKeys.assertStored(store, key);
        }
    }

    /** No change makes a key out of nothing. */
    @Test
    default void a_key_that_is_unknown_can_be_changed_without_any_effect() {
        APIKeyStore store = newStore();
        APIKey deleted = SampleKeys.plain().build();
        SampleKeys.put(store, deleted);
        store.delete(deleted.id(), SampleKeys.note(AuditAction.DELETE));
        for (UUID id : List.of(deleted.id(), UUID.randomUUID(), new UUID(0, 0))) {
            assertThat(store.revoke(id, SampleKeys.note(AuditAction.REVOKE))).isNull();
            assertThat(store.change(id, KeyChange.nothing().name("x"), SampleKeys.note(AuditAction.CHANGE)))
                    .isNull();
            assertThat(store.delete(id, SampleKeys.note(AuditAction.DELETE))).isNull();
            APIKey successor = SampleKeys.plain().build();
            assertThat(store.rotate(id, successor, SampleKeys.START, 9, SampleKeys.note(AuditAction.ROTATE)))
                    .isEqualTo(RotateResult.UNKNOWN);
            SampleKeys.assertMissing(store, successor);
            store.touch(id, SampleKeys.START);
            assertThat(store.get(id)).isNull();
        }
        SampleKeys.assertMissing(store, deleted);
        assertThat(store.audit(null, Long.MAX_VALUE, 10)).hasSize(2);
    }

    /** {@code last_used_at} only moves forward, whatever the order in which uses are written. */
    @Test
    default void the_last_use_only_moves_forward() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.plain().build();
        SampleKeys.put(store, key);
        Instant latest = SampleKeys.START;
        for (int millis : new int[] {0, -1, 1, 0, -60_000, 60_000, 1}) {
            Instant usedAt = SampleKeys.START.plusMillis(millis);
            latest = usedAt.isAfter(latest) ? usedAt : latest;
            store.touch(key.id(), usedAt);
            SampleKeys.assertStored(store, key.lastUsedAt(latest));
        }
    }

    /** A use that is written late changes neither revocation nor expiry. */
    @Test
    default void a_late_use_revives_no_key() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.plain().expiresAt(SampleKeys.START).build();
        SampleKeys.put(store, key);
        Instant revokedAt = SampleKeys.START.plusSeconds(1);
        Instant usedAt = SampleKeys.START.plusSeconds(2);
        store.touch(key.id(), SampleKeys.START);
        store.revoke(key.id(), SampleKeys.note(AuditAction.REVOKE, revokedAt));
        store.touch(key.id(), usedAt);
        SampleKeys.assertStored(store, key.revokedAt(revokedAt).lastUsedAt(usedAt));
    }
}
