package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.AuditRecord;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.apikey.RotateResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens when several rotate keys at once, or something else. A part of {@link APIKeyStoreContract}. */
interface RotationRaceContract extends StoreUnderTest {

    private static RotateResult rotate(APIKeyStore store, APIKey old, APIKey successor, int maximum) {
        Instant end = SampleKeys.START.plusSeconds(60);
        return store.rotate(old.id(), successor, end, maximum, SampleKeys.note(AuditAction.ROTATE));
    }

    private static List<APIKey> successors() {
        return IntStream.range(0, Race.RIVALS)
                .mapToObj(i -> SampleKeys.plain().name("successor " + i).build())
                .toList();
    }

    /** "Of two rotations at once one wins." */
    @Test
    default void of_several_rotations_of_one_key_at_once_one_wins() {
        APIKeyStore store = newStore();
        for (int round = 0; round < 20; round++) {
            APIKey old = SampleKeys.plain().build();
            SampleKeys.put(store, old);
            List<APIKey> rivals = successors();
            List<RotateResult> results = Race.run(i -> () -> rotate(store, old, rivals.get(i), 100));
            assertThat(results).containsOnlyOnce(RotateResult.ROTATED);
            assertThat(Set.copyOf(results))
                    .containsExactlyInAnyOrder(RotateResult.ROTATED, RotateResult.ALREADY_ROTATED);
            APIKey winner = rivals.get(results.indexOf(RotateResult.ROTATED));
            APIKey rotated = Objects.requireNonNull(store.get(old.id()));
            assertThat(rotated.successorID()).isEqualTo(winner.id());
            SampleKeys.assertStored(store, winner);
            assertThat(store.list("account-1", null, 1000)).hasSize(2 * (round + 1));
            assertThat(store.audit(null, Long.MAX_VALUE, 1000)).hasSize(3 * (round + 1));
        }
    }

    /** However many keys are rotated at once, no more are in their overlap than may be. */
    @Test
    default void rotations_of_several_keys_at_once_never_exceed_the_limit() {
        APIKeyStore store = newStore();
        for (int round = 0; round < 20; round++) {
            String owner = "owner " + round;
            List<APIKey> keys = new ArrayList<>();
            for (int i = 0; i < Race.RIVALS; i++) {
                keys.add(SampleKeys.plain().owner(owner).build());
            }
            SampleKeys.put(store, keys.toArray(APIKey[]::new));
            int maximum = 1 + round % 3;
            List<RotateResult> results = Race.run(i -> () ->
                    rotate(store, keys.get(i), SampleKeys.plain().owner(owner).build(), maximum));
            assertThat(results).filteredOn(RotateResult.ROTATED::equals).hasSize(maximum);
            assertThat(results).filteredOn(RotateResult.TOO_MANY::equals).hasSize(Race.RIVALS - maximum);
            assertThat(store.list(owner, null, 100)).hasSize(Race.RIVALS + maximum);
        }
    }

    /** A key that is revoked and rotated at once is revoked afterwards, and has a successor only if that came first. */
    @Test
    default void a_revocation_and_a_rotation_at_once_have_an_order() {
        APIKeyStore store = newStore();
        for (int round = 0; round < 20; round++) {
            APIKey old = SampleKeys.plain().build();
            SampleKeys.put(store, old);
            List<APIKey> rivals = successors();
            List<RotateResult> results = Race.run(i -> () -> {
                if (i == 0) {
                    store.revoke(old.id(), SampleKeys.note(AuditAction.REVOKE));
                    return RotateResult.NOT_ACTIVE;
                }
                return rotate(store, old, rivals.get(i), 100);
            });
            APIKey now = Objects.requireNonNull(store.get(old.id()));
            assertThat(now.revokedAt()).isEqualTo(SampleKeys.START);
            assertThat(results).doesNotContain(RotateResult.UNKNOWN, RotateResult.CHANGED, RotateResult.TOO_MANY);
            assertOneSuccessorOrNone(store, rivals, results);
            assertThat(now.successorID() != null).isEqualTo(results.contains(RotateResult.ROTATED));
        }
    }

    private static void assertOneSuccessorOrNone(APIKeyStore store, List<APIKey> rivals, List<RotateResult> results) {
        for (int i = 0; i < rivals.size(); i++) {
            if (results.get(i) == RotateResult.ROTATED) {
                SampleKeys.assertStored(store, rivals.get(i));
            } else {
                SampleKeys.assertMissing(store, rivals.get(i));
            }
        }
        assertThat(results).filteredOn(RotateResult.ROTATED::equals).hasSizeLessThanOrEqualTo(1);
    }

    /** "Rotation never gains anything": scopes that are taken away meanwhile are not inherited. */
    @Test
    default void a_change_and_a_rotation_at_once_have_an_order() {
        APIKeyStore store = newStore();
        for (int round = 0; round < 20; round++) {
            APIKey old = SampleKeys.plain().scopes(Set.of("a", "b")).build();
            SampleKeys.put(store, old);
            List<APIKey> rivals = successors().stream()
                    .map(key -> key.toBuilder().scopes(Set.of("a", "b")).build())
                    .toList();
            List<RotateResult> results = Race.run(i -> () -> {
                if (i == 0) {
                    store.change(
                            old.id(), KeyChange.nothing().scopes(Set.of("a")), SampleKeys.note(AuditAction.CHANGE));
                    return RotateResult.CHANGED;
                }
                return rotate(store, old, rivals.get(i), 100);
            });
            assertOneSuccessorOrNone(store, rivals, results);
            List<AuditAction> order = store.audit(null, Long.MAX_VALUE, 1000).stream()
                    .filter(record -> record.keyID().equals(old.id()))
                    .map(AuditRecord::action)
                    .toList();
            List<AuditAction> latestFirst = results.contains(RotateResult.ROTATED)
                    ? List.of(AuditAction.CHANGE, AuditAction.ROTATE, AuditAction.ISSUE)
                    : List.of(AuditAction.CHANGE, AuditAction.ISSUE);
            assertThat(order).isEqualTo(latestFirst);
        }
    }

    /** A key that is deleted and rotated at once is gone, and has left a successor only if that came first. */
    @Test
    default void a_deletion_and_a_rotation_at_once_have_an_order() {
        APIKeyStore store = newStore();
        for (int round = 0; round < 20; round++) {
            APIKey old = SampleKeys.plain().build();
            SampleKeys.put(store, old);
            List<APIKey> rivals = successors();
            List<RotateResult> results = Race.run(i -> () -> {
                if (i == 0) {
                    store.delete(old.id(), SampleKeys.note(AuditAction.DELETE));
                    return RotateResult.UNKNOWN;
                }
                return rotate(store, old, rivals.get(i), 100);
            });
            SampleKeys.assertMissing(store, old);
            assertThat(results).doesNotContain(RotateResult.NOT_ACTIVE, RotateResult.CHANGED, RotateResult.TOO_MANY);
            assertOneSuccessorOrNone(store, rivals, results);
        }
    }
}
