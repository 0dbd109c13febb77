package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AddResult;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.AuditRecord;
import dev.portcullis.auth.apikey.Idempotency;
import dev.portcullis.auth.apikey.KeyChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens when several change keys at once. A part of {@link APIKeyStoreContract}. */
interface KeyRaceContract extends StoreUnderTest {

    private static AddResult add(APIKeyStore store, APIKey key, AddTerms terms) {
        return store.add(key, terms, SampleKeys.note(AuditAction.ISSUE));
    }

    private static List<AuditAction> actions(APIKeyStore store, UUID id) {
        return store.audit(null, Long.MAX_VALUE, 1000).stream()
                .filter(record -> record.keyID().equals(id))
                .map(AuditRecord::action)
                .toList();
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
            assertThat(store.audit(null, Long.MAX_VALUE, 1000)).hasSize(round + 1);
        }
    }

    private static boolean isAdded(APIKeyStore store, APIKey key) {
        try {
            return add(store, key, AddTerms.any()) instanceof AddResult.Added;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** However many add keys at once, an owner never has more than it may have, and never less than it could. */
    @Test
    default void adds_at_once_never_exceed_the_limit() {
        APIKeyStore store = newStore();
        for (int round = 0; round < 20; round++) {
            String owner = "owner " + round;
            int maximum = 1 + round % 5;
            AddTerms terms = new AddTerms(maximum, null);
            Race.run(i -> () -> {
                for (int each = 0; each < 3; each++) {
                    add(store, SampleKeys.plain().owner(owner).build(), terms);
                }
                return i;
            });
            assertThat(store.list(owner, null, 100)).hasSize(maximum);
            assertThat(store.audit(owner, Long.MAX_VALUE, 100)).hasSize(maximum);
        }
    }

    /** Of one request that is sent several times at once, one adds a key, and all others are told which. */
    @Test
    default void of_one_request_repeated_at_once_one_adds_a_key() {
        APIKeyStore store = newStore();
        for (int round = 0; round < 20; round++) {
            Idempotency once =
                    new Idempotency(SampleKeys.newHash(), SampleKeys.newHash(), SampleKeys.START.plusSeconds(86_400));
            AddTerms terms = new AddTerms(1000, once);
            String owner = "owner " + round;
            List<AddResult> results = Race.run(
                    i -> () -> add(store, SampleKeys.plain().owner(owner).build(), terms));
            List<APIKey> keys = store.list(owner, null, 10);
            assertThat(keys).hasSize(1);
            assertThat(results).containsOnlyOnce(new AddResult.Added());
            assertThat(Set.copyOf(results))
                    .containsExactlyInAnyOrder(
                            new AddResult.Added(),
                            new AddResult.Repeated(keys.get(0).id()));
        }
    }

    /** Many keys that several add at once, in whatever order, are added once each, and nobody is in the way. */
    @Test
    default void of_many_keys_added_by_several_at_once_each_is_added_once() {
        APIKeyStore store = newStore();
        for (int round = 0; round < 5; round++) {
            List<APIKey> keys = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                keys.add(SampleKeys.plain().build());
            }
            List<APIKey> reversed = new ArrayList<>(keys);
            Collections.reverse(reversed);
            List<Set<UUID>> added = Race.run(
                    i -> () -> store.addAll(i % 2 == 0 ? keys : reversed, SampleKeys.note(AuditAction.IMPORT)));
            List<UUID> all = added.stream().flatMap(Set::stream).toList();
            assertThat(all)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(
                            keys.stream().map(APIKey::id).toList());
            assertThat(store.list(null, null, 10_000)).hasSize(200 * (round + 1));
        }
    }

    /** Of many that revoke one key at once, all are told the same time, and one is written down. */
    @Test
    default void of_several_revocations_at_once_one_wins() {
        APIKeyStore store = newStore();
        for (int round = 0; round < 20; round++) {
            APIKey key = SampleKeys.plain().build();
            SampleKeys.put(store, key);
            List<APIKey> answers = Race.run(i -> () -> {
                Instant at = SampleKeys.START.plusSeconds(i);
                return Objects.requireNonNull(store.revoke(key.id(), SampleKeys.note(AuditAction.REVOKE, at)));
            });
            assertThat(Set.copyOf(answers)).hasSize(1);
            SampleKeys.assertStored(store, answers.get(0));
            assertThat(actions(store, key.id())).containsExactly(AuditAction.REVOKE, AuditAction.ISSUE);
        }
    }

    /** Uses and changes that are written while a key is revoked do not undo it, nor the other way round. */
    @Test
    default void a_revocation_and_uses_and_changes_at_once_all_take_effect() {
        APIKeyStore store = newStore();
        for (int round = 0; round < 20; round++) {
            APIKey key = SampleKeys.plain().build();
            SampleKeys.put(store, key);
            Race.run(i -> () -> {
                switch (i) {
                    case 0 -> store.revoke(key.id(), SampleKeys.note(AuditAction.REVOKE));
                    case 1 ->
                        store.change(key.id(), KeyChange.nothing().name("New"), SampleKeys.note(AuditAction.CHANGE));
                    case 2 ->
                        store.change(
                                key.id(),
                                KeyChange.nothing().scopes(Set.of("new")),
                                SampleKeys.note(AuditAction.CHANGE));
                    default -> {
                        for (int step = 0; step < 10; step++) {
                            store.touch(key.id(), SampleKeys.START.plusMillis(step));
                        }
                    }
                }
                return i;
            });
            SampleKeys.assertStored(
                    store,
                    key.toBuilder()
                            .name("New")
                            .scopes(Set.of("new"))
                            .revokedAt(SampleKeys.START)
                            .lastUsedAt(SampleKeys.START.plusMillis(9))
                            .build());
            assertThat(actions(store, key.id())).hasSize(4);
        }
    }

    /** Neither a use nor a change nor a revocation brings back a key that is deleted at the same time. */
    @Test
    default void a_deletion_beats_whatever_happens_at_once() {
        APIKeyStore store = newStore();
        for (int round = 0; round < 20; round++) {
            APIKey key = SampleKeys.plain().build();
            SampleKeys.put(store, key);
            List<Boolean> deleted = Race.run(i -> () -> {
                store.touch(key.id(), SampleKeys.START);
                boolean gone = i < 2 && store.delete(key.id(), SampleKeys.note(AuditAction.DELETE)) != null;
                store.revoke(key.id(), SampleKeys.note(AuditAction.REVOKE));
                store.change(key.id(), KeyChange.nothing().name("New"), SampleKeys.note(AuditAction.CHANGE));
                store.touch(key.id(), SampleKeys.START.plusSeconds(1));
                return gone;
            });
            assertThat(deleted).containsOnlyOnce(true);
            SampleKeys.assertMissing(store, key);
            assertThat(actions(store, key.id()).get(0)).as("nothing after it").isEqualTo(AuditAction.DELETE);
        }
    }
}
