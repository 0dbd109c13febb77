package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Keys move from one pepper to the next. A part of {@link APIKeyStoreContract}. */
interface KeyRehashContract extends StoreUnderTest {

    /** The new hash finds the key, the old one does not, and all else stays: also of a revoked, expired, rotated key. */
    @Test
    default void a_hash_is_replaced_and_nothing_else() {
        APIKeyStore store = newStore();
        for (APIKey key : List.of(
                SampleKeys.plain().build(), SampleKeys.full().hashVersion(7).build())) {
            SampleKeys.put(store, key);
            int records = store.audit(null, Long.MAX_VALUE, 1000).size();
            SHA256 hash = SampleKeys.newHash();
            assertThat(store.rehash(key.id(), hash, 8)).isTrue();
            SampleKeys.assertStored(
                    store, key.toBuilder().hash(hash).hashVersion(8).build());
            assertThat(store.find(key.hash())).isNull();
            assertThat(store.audit(null, Long.MAX_VALUE, 1000)).hasSize(records);
        }
    }

    /** A node that still has an older pepper does not undo what another has done. */
    @Test
    default void versions_only_move_forward() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.plain().hashVersion(300).build();
        SampleKeys.put(store, key);
        for (int version : new int[] {1, 44, 299, 300}) {
            assertThat(store.rehash(key.id(), SampleKeys.newHash(), version)).isFalse();
        }
        SampleKeys.assertStored(store, key);
        SHA256 hash = SampleKeys.newHash();
        assertThat(store.rehash(key.id(), hash, Short.MAX_VALUE)).isTrue();
        assertThat(store.rehash(key.id(), SampleKeys.newHash(), Short.MAX_VALUE))
                .isFalse();
        SampleKeys.assertStored(
                store, key.toBuilder().hash(hash).hashVersion(Short.MAX_VALUE).build());
    }

    /** Nothing appears out of nothing, and no key takes another's place. */
    @Test
    default void a_missing_key_and_a_taken_hash_are_left_alone() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.plain().build();
        APIKey other = SampleKeys.plain().hashVersion(1).build();
        SampleKeys.put(store, key, other);
        SHA256 hash = SampleKeys.newHash();
        assertThat(store.rehash(UUID.randomUUID(), hash, 1)).isFalse();
        assertThat(store.find(hash)).isNull();
        assertThat(store.rehash(key.id(), other.hash(), 1)).isFalse();
        SampleKeys.assertStored(store, key);
        SampleKeys.assertStored(store, other);
    }

    /** A key can be looked for under several hashes; the first that has one counts. */
    @Test
    default void any_of_several_hashes_finds_a_key() {
        APIKeyStore store = newStore();
        APIKey first = SampleKeys.plain().build();
        APIKey second = SampleKeys.full().build();
        SampleKeys.put(store, first, second);
        SHA256 nobody = SampleKeys.newHash();
        assertThat(store.findAny(List.of(first.hash()))).isEqualTo(first);
        assertThat(store.findAny(List.of(nobody, second.hash()))).isEqualTo(second);
        assertThat(store.findAny(List.of(second.hash(), nobody, first.hash()))).isEqualTo(second);
        assertThat(store.findAny(List.of(first.hash(), second.hash()))).isEqualTo(first);
        assertThat(store.findAny(List.of(nobody))).isNull();
        assertThat(store.findAny(List.of(nobody, SampleKeys.newHash(), SampleKeys.newHash())))
                .isNull();
        assertThat(store.findAny(List.of())).isNull();
    }

    /** A key that moves from hash to hash is found at every moment by who knows them all. */
    @Test
    default void a_key_that_is_being_rehashed_is_never_missing() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.plain().build();
        SampleKeys.put(store, key);
        int moves = 200;
        List<SHA256> hashes = new ArrayList<>();
        hashes.add(key.hash());
        for (int i = 0; i < moves; i++) {
            hashes.add(SampleKeys.newHash());
        }
        List<SHA256> latestFirst = new ArrayList<>(hashes);
        Collections.reverse(latestFirst);
        AtomicBoolean moving = new AtomicBoolean(true);
        List<Integer> missed = Race.run(number -> () -> {
            int misses = 0;
            if (number == 0) {
                for (int i = 1; i <= moves; i++) {
                    store.rehash(key.id(), hashes.get(i), i);
                }
                moving.set(false);
            }
            while (moving.get()) {
                misses += store.findAny(latestFirst) == null ? 1 : 0;
            }
            return misses;
        });
        assertThat(missed).containsOnly(0);
    }

    /** Of several at once one is taken. */
    @Test
    default void rehashing_at_once_succeeds_once() {
        APIKeyStore store = newStore();
        for (int i = 0; i < 50; i++) {
            APIKey key = SampleKeys.plain().build();
            SampleKeys.put(store, key);
            List<SHA256> hashes =
                    List.of(SampleKeys.newHash(), SampleKeys.newHash(), SampleKeys.newHash(), SampleKeys.newHash());
            List<Boolean> done = Race.run(number -> () -> store.rehash(key.id(), hashes.get(number), 1));
            assertThat(done).containsOnlyOnce(true);
            assertThat(hashes.stream().filter(hash -> store.find(hash) != null)).hasSize(1);
            assertThat(store.find(hashes.get(done.indexOf(true))))
                    .isEqualTo(key.toBuilder()
                            .hash(hashes.get(done.indexOf(true)))
                            .hashVersion(1)
                            .build());
        }
    }

    /** What would stop working if a pepper were retired now; what is revoked or expired does not work anyway. */
    @Test
    default void active_keys_are_counted_by_version() {
        APIKeyStore store = newStore();
        Instant now = SampleKeys.START;
        assertThat(store.countByHashVersion(now)).isEmpty();
        SampleKeys.put(
                store,
                SampleKeys.plain().build(),
                SampleKeys.plain().successorID(UUID.randomUUID()).build(),
                SampleKeys.plain().hashVersion(2).expiresAt(now.plusMillis(1)).build(),
                SampleKeys.plain().hashVersion(2).expiresAt(now).build(),
                SampleKeys.plain().hashVersion(3).revokedAt(now.plusSeconds(60)).build(),
                SampleKeys.plain()
                        .hashVersion(Short.MAX_VALUE)
                        .owner("account-2")
                        .build());
        assertThat(store.countByHashVersion(now)).isEqualTo(Map.of(0, 2L, 2, 1L, (int) Short.MAX_VALUE, 1L));
        assertThat(store.countByHashVersion(now.plusMillis(1))).isEqualTo(Map.of(0, 2L, (int) Short.MAX_VALUE, 1L));
    }
}
