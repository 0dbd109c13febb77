package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link APIKeyStore} must do. A store's test class implements this interface, and with it runs these tests:
 *
 * <pre>{@code
 * class MyAPIKeyStoreTest implements APIKeyStoreContract {
 *     public APIKeyStore newStore() {
 *         return new MyAPIKeyStore(…);
 *     }
 * }
 * }</pre>
 */
public interface APIKeyStoreContract {

    /**
     * A store without any keys. It is called once for each test; whatever it opens is for the test class to close.
     *
     * @return the store to be tested
     */
    APIKeyStore newStore();

    /** What was stored is found by its hash and by its identifier, with every field as it was given. */
    @Test
    default void a_key_is_found_by_its_hash_and_by_its_identifier() {
        APIKeyStore store = newStore();
        for (APIKey key : List.of(SampleKeys.plain().build(), SampleKeys.full().build())) {
            store.add(key);
            assertThat(store.find(key.hash())).isEqualTo(key);
            assertThat(store.get(key.id())).isEqualTo(key);
        }
    }

    /** No answer is null; so is the answer for a hash that differs in one bit. */
    @Test
    default void what_is_not_there_is_not_found() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.plain().build();
        assertThat(store.find(key.hash())).isNull();
        assertThat(store.get(key.id())).isNull();
        store.add(key);
        for (int bit = 0; bit < 8 * SHA256.LENGTH; bit++) {
            byte[] hash = key.hash().toBytes();
            hash[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(store.find(SHA256.ofHashed(hash))).isNull();
        }
        UUID id = key.id();
        assertThat(store.get(new UUID(id.getMostSignificantBits(), ~id.getLeastSignificantBits())))
                .isNull();
        assertThat(store.get(new UUID(~id.getMostSignificantBits(), id.getLeastSignificantBits())))
                .isNull();
    }

    /** A hash is looked up as bytes: no value of any byte is special. */
    @Test
    default void hashes_of_all_bytes_are_told_apart() {
        APIKeyStore store = newStore();
        List<APIKey> keys = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            byte[] hash = new byte[SHA256.LENGTH];
            hash[value % SHA256.LENGTH] = (byte) value;
            hash[(value + 1) % SHA256.LENGTH] = (byte) (value / SHA256.LENGTH);
            APIKey key = SampleKeys.plain().hash(SHA256.ofHashed(hash)).build();
            keys.add(key);
            store.add(key);
        }
        keys.forEach(key -> assertThat(store.find(key.hash())).isEqualTo(key));
    }

    /** Text comes back as it was given, whatever its characters are: no trimming, folding or normalising. */
    @Test
    default void text_is_given_back_exactly() {
        APIKeyStore store = newStore();
        for (String text : SampleKeys.TEXTS) {
            APIKey key = SampleKeys.plain().owner(text).name(text).build();
            store.add(key);
            assertThat(store.get(key.id())).isEqualTo(key);
            assertThat(store.find(key.hash())).isEqualTo(key);
        }
    }

    /** Times come back to the millisecond, from the first to the last that can be. */
    @Test
    default void times_are_given_back_exactly() {
        APIKeyStore store = newStore();
        for (String text : List.of(
                "1970-01-01T00:00:00Z",
                "1999-12-31T23:59:59.999Z",
                "2026-03-29T01:30:00.001Z",
                "2026-10-25T00:30:00.5Z",
                "9999-12-31T23:59:59.999Z")) {
            Instant time = Instant.parse(text);
            APIKey key = SampleKeys.plain()
                    .createdAt(time)
                    .lastUsedAt(time)
                    .expiresAt(time)
                    .revokedAt(time)
                    .build();
            store.add(key);
            assertThat(store.get(key.id())).as(text).isEqualTo(key);
        }
    }

    /** Scopes come back as the set that was given. */
    @Test
    default void scopes_are_given_back_exactly() {
        APIKeyStore store = newStore();
        Set<String> many =
                Set.copyOf(IntStream.range(0, 200).mapToObj(i -> "scope:" + i).toList());
        for (Set<String> scopes : List.of(
                Set.<String>of(),
                Set.of("catalog:read"),
                Set.of("a,b", "a", "b", "!", "~", "{}", "[x]", "'", "%"),
                Set.of("Catalog:Read", "catalog:read"),
                many)) {
            APIKey key = SampleKeys.plain().scopes(scopes).build();
            store.add(key);
            APIKey stored = Objects.requireNonNull(store.get(key.id()));
            assertThat(stored.scopes()).isEqualTo(scopes);
        }
    }

    /** Neither the identifier nor the hash of a key that is there can be given to another; the first one stays. */
    @Test
    default void a_second_key_with_the_same_identifier_or_hash_is_refused() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.full().build();
        store.add(key);
        APIKey sameID = SampleKeys.plain().id(key.id()).build();
        APIKey sameHash = SampleKeys.plain().hash(key.hash()).build();
        for (APIKey other : List.of(key, sameID, sameHash)) {
            assertThatThrownBy(() -> store.add(other)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(store.get(key.id())).isEqualTo(key);
        assertThat(store.find(key.hash())).isEqualTo(key);
        assertThat(store.find(sameID.hash())).isNull();
        assertThat(store.get(sameHash.id())).isNull();
    }

    /** Accounts may give all their keys one name. */
    @Test
    default void nothing_but_identifier_and_hash_needs_to_be_unique() {
        APIKeyStore store = newStore();
        APIKey first = SampleKeys.plain().build();
        APIKey second = first.toBuilder()
                .id(UUID.randomUUID())
                .hash(SampleKeys.newHash())
                .build();
        store.add(first);
        store.add(second);
        assertThat(store.find(first.hash())).isEqualTo(first);
        assertThat(store.find(second.hash())).isEqualTo(second);
    }

    /** {@code revoked_at} keeps its first value, and the key as it stands is answered. */
    @Test
    default void revoking_is_for_good_and_keeps_the_first_time() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.plain().build();
        store.add(key);
        APIKey revoked = key.revokedAt(SampleKeys.START);
        for (int seconds : new int[] {0, 1, -1}) {
            assertThat(store.revoke(key.id(), SampleKeys.START.plusSeconds(seconds)))
                    .isEqualTo(revoked);
            assertThat(store.find(key.hash())).isEqualTo(revoked);
            assertThat(store.get(key.id())).isEqualTo(revoked);
        }
    }

    /** Nothing happens to other keys. */
    @Test
    default void a_change_to_one_key_is_none_to_another() {
        APIKeyStore store = newStore();
        APIKey bystander = SampleKeys.plain().build();
        APIKey revoked = SampleKeys.plain().build();
        APIKey deleted = SampleKeys.plain().build();
        List.of(bystander, revoked, deleted).forEach(store::add);
        store.revoke(revoked.id(), SampleKeys.START);
        store.touch(revoked.id(), SampleKeys.START);
        store.delete(deleted.id());
        assertThat(store.get(bystander.id())).isEqualTo(bystander);
        assertThat(store.find(bystander.hash())).isEqualTo(bystander);
    }

    /** Nothing of a deleted key is left, be it revoked or not. */
    @Test
    default void a_deleted_key_is_gone() {
        APIKeyStore store = newStore();
        for (APIKey key : List.of(SampleKeys.plain().build(), SampleKeys.full().build())) {
            store.add(key);
            assertThat(store.delete(key.id())).isTrue();
            assertThat(store.find(key.hash())).isNull();
            assertThat(store.get(key.id())).isNull();
            assertThat(store.delete(key.id())).isFalse();
            store.add(key);
            assertThat(store.find(key.hash())).isEqualTo(key);
        }
    }

    /** No change makes a key out of nothing. */
    @Test
    default void a_key_that_is_unknown_can_be_changed_without_any_effect() {
        APIKeyStore store = newStore();
        APIKey deleted = SampleKeys.plain().build();
        store.add(deleted);
        store.delete(deleted.id());
        for (UUID id : List.of(deleted.id(), UUID.randomUUID(), new UUID(0, 0))) {
            assertThat(store.revoke(id, SampleKeys.START)).isNull();
            assertThat(store.delete(id)).isFalse();
            store.touch(id, SampleKeys.START);
            assertThat(store.get(id)).isNull();
        }
        assertThat(store.find(deleted.hash())).isNull();
    }

    /** {@code last_used_at} only moves forward, whatever the order in which uses are written. */
    @Test
    default void the_last_use_only_moves_forward() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.plain().build();
        store.add(key);
        Instant latest = SampleKeys.START;
        for (int millis : new int[] {0, -1, 1, 0, -60_000, 60_000, 1}) {
            Instant usedAt = SampleKeys.START.plusMillis(millis);
            latest = usedAt.isAfter(latest) ? usedAt : latest;
            store.touch(key.id(), usedAt);
            assertThat(store.get(key.id())).isEqualTo(key.lastUsedAt(latest));
            assertThat(store.find(key.hash())).isEqualTo(key.lastUsedAt(latest));
        }
    }

    /** A use that is written late changes neither revocation nor expiry. */
    @Test
    default void a_late_use_revives_no_key() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.plain().expiresAt(SampleKeys.START).build();
        store.add(key);
        Instant revokedAt = SampleKeys.START.plusSeconds(1);
        Instant usedAt = SampleKeys.START.plusSeconds(2);
        store.touch(key.id(), SampleKeys.START);
        store.revoke(key.id(), revokedAt);
        store.touch(key.id(), usedAt);
        APIKey expected = key.revokedAt(revokedAt).lastUsedAt(usedAt);
        assertThat(store.find(key.hash())).isEqualTo(expected);
        assertThat(store.get(key.id())).isEqualTo(expected);
    }

    /** Of many that add one key at once, one succeeds. */
    @Test
    default void of_several_adds_of_one_key_at_once_one_wins() {
        APIKeyStore store = newStore();
        for (int round = 0; round < 20; round++) {
            SHA256 hash = SampleKeys.newHash();
            List<APIKey> rivals = IntStream.range(0, Race.RIVALS)
                    .mapToObj(i ->
                            SampleKeys.plain().hash(hash).name("rival " + i).build())
                    .toList();
            List<Boolean> added = Race.run(i -> () -> isAdded(store, rivals.get(i)));
            assertThat(added).containsOnlyOnce(true);
            APIKey winner = rivals.get(added.indexOf(true));
            assertThat(store.find(hash)).isEqualTo(winner);
            rivals.forEach(rival -> assertThat(store.get(rival.id())).isEqualTo(rival.equals(winner) ? winner : null));
        }
    }

    private static boolean isAdded(APIKeyStore store, APIKey key) {
        try {
            store.add(key);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Of many that revoke one key at once, all are told the same time. */
    @Test
    default void of_several_revocations_at_once_one_wins() {
        APIKeyStore store = newStore();
        for (int round = 0; round < 20; round++) {
            APIKey key = SampleKeys.plain().build();
            store.add(key);
            List<APIKey> answers = Race.run(
                    i -> () -> Objects.requireNonNull(store.revoke(key.id(), SampleKeys.START.plusSeconds(i))));
            assertThat(Set.copyOf(answers)).hasSize(1);
            assertThat(store.get(key.id())).isEqualTo(answers.get(0));
            assertThat(store.find(key.hash())).isEqualTo(answers.get(0));
        }
    }

    /** Uses that are written while a key is revoked do not undo it, nor the other way round. */
    @Test
    default void a_revocation_and_uses_at_once_all_take_effect() {
        APIKeyStore store = newStore();
        for (int round = 0; round < 20; round++) {
            APIKey key = SampleKeys.plain().build();
            store.add(key);
            Race.run(i -> () -> {
                if (i == 0) {
                    return Objects.requireNonNull(store.revoke(key.id(), SampleKeys.START));
                }
                for (int step = 0; step < 10; step++) {
                    store.touch(key.id(), SampleKeys.START.plusMillis(10 * step + i));
                }
                return key;
            });
            APIKey expected = key.revokedAt(SampleKeys.START).lastUsedAt(SampleKeys.START.plusMillis(93));
            assertThat(store.get(key.id())).isEqualTo(expected);
            assertThat(store.find(key.hash())).isEqualTo(expected);
        }
    }

    /** Neither a use nor a revocation brings back a key that is deleted at the same time. */
    @Test
    default void a_deletion_beats_whatever_happens_at_once() {
        APIKeyStore store = newStore();
        for (int round = 0; round < 20; round++) {
            APIKey key = SampleKeys.plain().build();
            store.add(key);
            List<Boolean> deleted = Race.run(i -> () -> {
                store.touch(key.id(), SampleKeys.START);
                boolean gone = i < 2 && store.delete(key.id());
                store.revoke(key.id(), SampleKeys.START);
                store.touch(key.id(), SampleKeys.START.plusSeconds(1));
                return gone;
            });
            assertThat(deleted).containsOnlyOnce(true);
            assertThat(store.get(key.id())).isNull();
            assertThat(store.find(key.hash())).isNull();
        }
    }
}
