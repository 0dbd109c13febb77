package dev.portcullis.auth.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.InMemoryChangeNotices;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CachedSigningKeyStoreTest {

    private static final SigningKeyNote NOTE = new SigningKeyNote(Actor.APPLICATION, Instant.EPOCH);

    private final InMemorySigningKeyStore far = new InMemorySigningKeyStore();
    private final InMemoryChangeNotices notices = new InMemoryChangeNotices();
    private final Watched watched = new Watched();
    private final SigningKey key = new SigningKey(
            UUID.randomUUID(), "alice", "desk", Ed25519SecretKey.generate().publicKey(), Set.of(), Instant.EPOCH);
    private long now = TimeUnit.DAYS.toNanos(1);

    /** A store that counts, can be away, and lets something happen while its answer is on its way. */
    private final class Watched implements SigningKeyStore {

        private int asked;
        private boolean away;
        private Runnable onTheWay = () -> {};

        @Override
        public @Nullable SigningKey find(SHA256 fingerprint) {
            asked++;
            if (away) {
                throw new AuthUnavailableException(Reason.SIGNING_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(1));
            }
            SigningKey found = far.find(fingerprint);
            onTheWay.run();
            return found;
        }

        @Override
        public List<SigningKey> list(String owner, @Nullable UUID before, int limit) {
            return far.list(owner, before, limit);
        }

        @Override
        public SigningKeyAddition add(SigningKey added, int maximumKeys, SigningKeyNote note) {
            return far.add(added, maximumKeys, note);
        }

        @Override
        public @Nullable SigningKey delete(String owner, UUID id, SigningKeyNote note) {
            return far.delete(owner, id, note);
        }

        @Override
        public @Nullable SigningKey get(UUID id) {
            return far.get(id);
        }

        @Override
        public void touch(UUID id, Instant usedAt) {
            far.touch(id, usedAt);
        }

        @Override
        public List<SigningKeyRecord> audit(@Nullable String owner, long before, int limit) {
            return far.audit(owner, before, limit);
        }
    }

    private CachedSigningKeyStore.Builder settings() {
        return CachedSigningKeyStore.over(watched).ticker(() -> now);
    }

    /** That there are notices now is a reason of its own to ask for what was asked for before. */
    private CachedSigningKeyStore listening(CachedSigningKeyStore.Builder settings) {
        CachedSigningKeyStore store = settings.notices(notices).build();
        pass(Duration.ofNanos(1));
        return store;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void a_copy_is_used_for_its_lifetime() {
        CachedSigningKeyStore store = settings().build();
        far.add(key, 9, NOTE);

        for (int i = 0; i < 5; i++) {
            assertThat(store.find(key.fingerprint())).isEqualTo(key);
        }
        pass(Duration.ofSeconds(1));
        assertThat(store.find(key.fingerprint())).isEqualTo(key);
        assertThat(watched.asked).isEqualTo(1);
        far.delete("alice", key.id(), NOTE);
        pass(Duration.ofNanos(1));
        assertThat(store.find(key.fingerprint())).isNull();
        assertThat(watched.asked).isEqualTo(2);
    }

    @Test
    void what_is_changed_here_is_in_force_at_once() {
        CachedSigningKeyStore store = settings().build();

        assertThat(store.find(key.fingerprint())).isNull();
        store.add(key, 9, NOTE);
        assertThat(store.find(key.fingerprint())).isEqualTo(key);
        store.delete("alice", key.id(), NOTE);
        assertThat(store.find(key.fingerprint())).isNull();
    }

    @Test
    void an_answer_that_was_on_its_way_is_not_kept() {
        CachedSigningKeyStore store = settings().build();
        far.add(key, 9, NOTE);
        watched.onTheWay = () -> store.delete("alice", key.id(), NOTE);

        assertThat(store.find(key.fingerprint())).isEqualTo(key);
        watched.onTheWay = () -> {};
        assertThat(store.find(key.fingerprint())).isNull();
    }

    @Test
    void notices_make_copies_live_longer_and_end_them() {
        CachedSigningKeyStore store = listening(settings());
        far.add(key, 9, NOTE);
        store.find(key.fingerprint());
        pass(Duration.ofSeconds(60));
        store.find(key.fingerprint());
        assertThat(watched.asked).isEqualTo(1);

        far.delete("alice", key.id(), NOTE);
        notices.changed(SigningKeyStore.CHANGES, key.id().toString());
        assertThat(store.find(key.fingerprint())).isNull();

        far.add(key, 9, NOTE);
        pass(Duration.ofSeconds(2));
        assertThat(store.find(key.fingerprint())).isEqualTo(key);
        far.delete("alice", key.id(), NOTE);
        notices.changed(SigningKeyStore.CHANGES, "no identifier");
        assertThat(store.find(key.fingerprint())).isNull();
    }

    /** What was not told of in between may be anything. */
    @Test
    void after_a_gap_in_the_notices_no_copy_counts() {
        CachedSigningKeyStore store = listening(settings());
        far.add(key, 9, NOTE);
        store.find(key.fingerprint());
        far.delete("alice", key.id(), NOTE);
        notices.anythingMayHaveChanged(SigningKeyStore.CHANGES);
        assertThat(store.find(key.fingerprint())).isNull();
    }

    @Test
    void who_has_stopped_listening_goes_by_the_clock_again() {
        CachedSigningKeyStore store = listening(settings());
        far.add(key, 9, NOTE);
        store.find(key.fingerprint());
        store.close();
        far.delete("alice", key.id(), NOTE);
        pass(Duration.ofMillis(1001));
        assertThat(store.find(key.fingerprint())).isNull();
    }

    @Test
    void the_rest_goes_straight_to_the_store() {
        CachedSigningKeyStore store = settings().build();
        store.add(key, 9, NOTE);
        store.touch(key.id(), Instant.EPOCH.plusSeconds(1));
        SigningKey used = key.lastUsedAt(Instant.EPOCH.plusSeconds(1));
        assertThat(store.get(key.id())).isEqualTo(used);
        assertThat(store.list("alice", null, 9)).containsExactly(used);
        assertThat(store.delete("alice", key.id(), NOTE)).isEqualTo(used);
        assertThat(store.audit("alice", Long.MAX_VALUE, 9))
                .extracting(SigningKeyRecord::action)
                .containsExactly(SigningKeyAction.DELETE, SigningKeyAction.REGISTER);
    }

    @Test
    void that_there_is_no_key_is_remembered_for_a_short_time() {
        CachedSigningKeyStore store = listening(settings());
        store.find(key.fingerprint());
        store.find(key.fingerprint());
        assertThat(watched.asked).isEqualTo(1);
        far.add(key, 9, NOTE);
        pass(Duration.ofMillis(1001));
        assertThat(store.find(key.fingerprint())).isEqualTo(key);
    }

    @Test
    void copies_go_on_while_the_store_is_away_but_not_for_ever() {
        CachedSigningKeyStore store = settings().build();
        far.add(key, 9, NOTE);
        store.find(key.fingerprint());
        watched.away = true;
        pass(Duration.ofSeconds(2));
        for (int i = 0; i < 5; i++) {
            assertThat(store.find(key.fingerprint())).isEqualTo(key);
        }
        assertThat(watched.asked).as("tried once a second").isEqualTo(2);
        pass(Duration.ofSeconds(298));
        assertThat(store.find(key.fingerprint())).isEqualTo(key);
        pass(Duration.ofNanos(1));
        assertThatThrownBy(() -> store.find(key.fingerprint())).isInstanceOf(AuthUnavailableException.class);
    }

    @Test
    void a_key_that_is_known_to_have_changed_does_not_go_on() {
        CachedSigningKeyStore store = listening(settings());
        far.add(key, 9, NOTE);
        store.find(key.fingerprint());
        watched.away = true;
        notices.changed(SigningKeyStore.CHANGES, key.id().toString());

        assertThatThrownBy(() -> store.find(key.fingerprint())).isInstanceOf(AuthUnavailableException.class);
    }

    /** Made-up fingerprints neither drive out copies nor reach the store at any rate. */
    @Test
    void a_flood_of_unknown_fingerprints_holds_up_no_known_key() {
        CachedSigningKeyStore store = listening(settings().maximumKeys(10).unknownRate(50));
        far.add(key, 9, NOTE);
        store.find(key.fingerprint());
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            try {
                assertThat(store.find(SHA256.of(new byte[] {(byte) i, (byte) (i >> 8)})))
                        .isNull();
            } catch (AuthUnavailableException e) {
                assertThat(e.reason()).isEqualTo(Reason.SIGNING_KEY_STORE_UNAVAILABLE);
                refused++;
            }
            assertThat(store.find(key.fingerprint())).isEqualTo(key);
        }
        assertThat(refused).isEqualTo(950);
        assertThat(watched.asked).isEqualTo(51);
    }

    @Test
    void settings_out_of_bounds_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().lifetime(Duration.ofMillis(1)).build());
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> settings().maximumStaleness(Duration.ofSeconds(1)).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().maximumKeys(0).build())
                .withMessageStartingWith("maximumKeys is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().unknownRate(0).build())
                .withMessageStartingWith("unknownRate is 0");
    }

    @Test
    void the_least_and_the_most_that_settings_can_be_are_taken() {
        settings()
                .lifetime(Duration.ofMillis(50))
                .maximumStaleness(Duration.ofMinutes(1))
                .maximumKeys(1)
                .unknownRate(1)
                .build()
                .close();
        settings()
                .lifetime(Duration.ofMinutes(1))
                .maximumStaleness(Duration.ofDays(7))
                .maximumKeys(Integer.MAX_VALUE)
                .unknownRate(1_000_000)
                .build()
                .close();
    }
}
