package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AddResult;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.AuditAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How keys are added, one at a time within a limit, and many at once. A part of {@link APIKeyStoreContract}. */
interface KeyAddContract extends StoreUnderTest {

    /** Neither the identifier nor the hash of a key that is there can be given to another; the first one stays. */
    @Test
    default void a_second_key_with_the_same_identifier_or_hash_is_refused() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.full().build();
        SampleKeys.put(store, key);
        APIKey sameID = SampleKeys.plain().id(key.id()).build();
        APIKey sameHash = SampleKeys.plain().hash(key.hash()).build();
        for (APIKey other : List.of(key, sameID, sameHash)) {
            assertThatThrownBy(() -> store.add(other, AddTerms.any(), SampleKeys.note(AuditAction.ISSUE)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        SampleKeys.assertStored(store, key);
        assertThat(store.find(sameID.hash())).isNull();
        assertThat(store.get(sameHash.id())).isNull();
        assertThat(store.audit(null, Long.MAX_VALUE, 10)).hasSize(1);
    }

    /** Accounts may give all their keys one name. */
    @Test
    default void nothing_but_identifier_and_hash_needs_to_be_unique() {
        APIKeyStore store = newStore();
        APIKey first = SampleKeys.full().build();
        APIKey second = first.toBuilder()
                .id(UUID.randomUUID())
                .hash(SampleKeys.newHash())
                .build();
        SampleKeys.put(store, first, second);
        SampleKeys.assertStored(store, first);
        SampleKeys.assertStored(store, second);
    }

    /** "Too many API keys": no more than the maximum, and another as soon as there is room. */
    @Test
    default void an_owner_has_at_most_so_many_keys() {
        APIKeyStore store = newStore();
        SampleKeys.put(store, SampleKeys.plain().build());
        assertThat(added(store, SampleKeys.plain().build(), 1)).isFalse();
        assertThat(added(store, SampleKeys.plain().build(), 2)).isTrue();
        APIKey third = SampleKeys.plain().build();
        assertThat(added(store, third, 2)).isFalse();
        SampleKeys.assertMissing(store, third);
        assertThat(store.audit(null, Long.MAX_VALUE, 10)).hasSize(2);
        assertThat(added(store, SampleKeys.plain().owner("ACCOUNT-1").build(), 2))
                .as("of another owner")
                .isTrue();
        store.delete(store.list("account-1", null, 1).get(0).id(), SampleKeys.note(AuditAction.DELETE));
        assertThat(added(store, third, 2)).isTrue();
    }

    private static boolean added(APIKeyStore store, APIKey key, int maximum) {
        AddResult result = store.add(key, new AddTerms(maximum, null), SampleKeys.note(AuditAction.ISSUE));
        assertThat(result).isIn(new AddResult.Added(), new AddResult.TooMany());
        return result instanceof AddResult.Added;
    }

    /** Revoked keys, expired ones and those with a successor do not count; the time is the note's. */
    @Test
    default void only_keys_that_work_and_have_no_successor_count() {
        APIKeyStore store = newStore();
        Instant now = SampleKeys.START;
        SampleKeys.put(
                store,
                SampleKeys.plain().revokedAt(now.plusSeconds(60)).build(),
                SampleKeys.plain().expiresAt(now).build(),
                SampleKeys.plain().successorID(UUID.randomUUID()).build());
        assertThat(added(store, SampleKeys.plain().build(), 1)).isTrue();
        APIKeyStore other = newStore();
        SampleKeys.put(other, SampleKeys.plain().expiresAt(now.plusMillis(1)).build());
        assertThat(added(other, SampleKeys.plain().build(), 1)).isFalse();
        AddResult later = other.add(
                SampleKeys.plain().build(),
                new AddTerms(1, null),
                SampleKeys.note(AuditAction.ISSUE, now.plusMillis(1)));
        assertThat(later).isEqualTo(new AddResult.Added());
    }

    /** A key that does not count itself is held to the limit all the same. */
    @Test
    default void the_limit_is_for_every_key() {
        APIKeyStore store = newStore();
        SampleKeys.put(store, SampleKeys.plain().build());
        assertThat(added(store, SampleKeys.full().build(), 1)).isFalse();
    }

    /** Many keys at once have all their fields, and are in no limit. */
    @Test
    default void many_keys_are_added_at_once() {
        APIKeyStore store = newStore();
        List<APIKey> keys = IntStream.range(0, 3000)
                .mapToObj(i -> (i % 2 == 0 ? SampleKeys.plain() : SampleKeys.full())
                        .name(SampleKeys.TEXTS.get(i % SampleKeys.TEXTS.size()))
                        .owner("account-" + i % 7)
                        .build())
                .toList();
        Set<UUID> added = store.addAll(keys, SampleKeys.note(AuditAction.IMPORT));
        assertThat(added)
                .containsExactlyInAnyOrderElementsOf(
                        keys.stream().map(APIKey::id).toList());
        keys.forEach(key -> {
            assertThat(store.find(key.hash())).isEqualTo(key);
            assertThat(store.get(key.id())).isEqualTo(key);
        });
        assertThat(store.list("account-0", null, 1000)).hasSize(429);
        assertThat(store.addAll(List.of(), SampleKeys.note(AuditAction.IMPORT))).isEmpty();
    }

    /** What is there already, or came before in the list, is left out: an import can be repeated. */
    @Test
    default void of_many_keys_those_that_are_there_are_left_out() {
        APIKeyStore store = newStore();
        APIKey there = SampleKeys.plain().name("there").build();
        SampleKeys.put(store, there);
        APIKey first = SampleKeys.plain().build();
        APIKey last = SampleKeys.full().build();
        APIKey sameID = SampleKeys.plain().id(there.id()).build();
        APIKey sameHash = SampleKeys.plain().hash(there.hash()).build();
        APIKey idTwice = SampleKeys.plain().id(first.id()).build();
        APIKey hashTwice = SampleKeys.plain().hash(first.hash()).build();
        List<APIKey> keys = List.of(sameID, first, there, sameHash, idTwice, hashTwice, last);

        assertThat(store.addAll(keys, SampleKeys.note(AuditAction.IMPORT)))
                .containsExactlyInAnyOrder(first.id(), last.id());
        List<APIKey> stored = new ArrayList<>(List.of(there, first, last));
        stored.forEach(key -> SampleKeys.assertStored(store, key));
        assertThat(store.list(null, null, 10)).containsExactlyInAnyOrderElementsOf(stored);
        assertThat(store.addAll(keys, SampleKeys.note(AuditAction.IMPORT))).isEmpty();
        assertThat(store.audit(null, Long.MAX_VALUE, 10)).hasSize(3);
    }
}
