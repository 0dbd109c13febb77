package dev.portcullis.auth.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 8: an account registers as many public keys as it may, and sees and deletes its own alone. */
class SigningKeysTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final Actor ALICE = new Actor("alice", "192.0.2.1");

    private final InMemorySigningKeyStore store = new InMemorySigningKeyStore();
    private final SigningKeys keys =
            SigningKeys.builder().store(store).clock(() -> NOW).build();

    private static Ed25519PublicKey newKey() {
        return Ed25519SecretKey.generate().publicKey();
    }

    private SigningKey registered(String owner) {
        SigningKeyRegistration registration = keys.register(owner, "desk", newKey(), Set.of("orders:write"));
        assertThat(registration.addition()).isEqualTo(SigningKeyAddition.ADDED);
        return registration.key();
    }

    @Test
    void a_registered_key_is_its_owners() {
        Ed25519PublicKey publicKey = newKey();
        SigningKey key = keys.register("alice", "desk", publicKey, Set.of("orders:write"), ALICE)
                .key();
        assertThat(key.owner()).isEqualTo("alice");
        assertThat(key.name()).isEqualTo("desk");
        assertThat(key.publicKey()).isEqualTo(publicKey).hasSameHashCodeAs(publicKey);
        assertThat(key.scopes()).containsExactly("orders:write");
        assertThat(key.createdAt()).isEqualTo(Instant.parse("2026-03-01T12:00:00.123Z"));
        assertThat(key.lastUsedAt()).isNull();
        assertThat(store.find(publicKey.fingerprint())).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(((Outcome.Authenticated) key.outcome()).caller()).satisfies(caller -> {
            assertThat(caller.kind()).isEqualTo(CredentialKind.SIGNATURE);
            assertThat(caller.subject()).isEqualTo("alice");
            assertThat(caller.attributes())
                    .containsEntry("key_id", key.id().toString())
                    .containsEntry("fingerprint", publicKey.fingerprintText())
                    .containsEntry("name", "desk");
        });
    }

    /** RFC 9562 section 5.7. */
    @Test
    void an_identifier_is_a_time_ordered_UUID_and_none_comes_twice() {
        List<UUID> ids = new ArrayList<>();
        long high = 0;
        long low = 0;
        for (int i = 0; i < 200; i++) {
            UUID id = registered("owner " + i).id();
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
            high |= id.getMostSignificantBits();
            low |= id.getLeastSignificantBits();
            ids.add(id);
        }
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(high & 0xffff).isEqualTo(0x7fff);
        assertThat(low).isEqualTo(0xbfff_ffff_ffff_ffffL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "\u0000", "\u0085"})
    void an_owner_and_a_name_can_be_kept_by_every_store(String text) {
        String longest = "x".repeat(255);
        keys.register(longest, longest, newKey(), Set.of());
        for (String wrong : List.of(text, longest + "x")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> keys.register(wrong, "desk", newKey(), Set.of()))
                    .withMessageContaining("owner");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> keys.register("alice", wrong, newKey(), Set.of()))
                    .withMessageContaining("name");
        }
    }

    @Test
    void a_public_key_is_registered_once_by_whomever() {
        SigningKey key = registered("alice");
        assertThat(keys.register("mallory", "mine", key.publicKey(), Set.of()).addition())
                .isEqualTo(SigningKeyAddition.ALREADY_REGISTERED);
        assertThat(store.find(key.fingerprint())).isEqualTo(key);
        assertThat(keys.list("mallory", null, 9)).isEmpty();
    }

    @Test
    void an_account_has_no_more_keys_than_it_may_have() {
        SigningKeys few = SigningKeys.builder().store(store).maximumKeys(1).build();
        SigningKey first = few.register("alice", "one", newKey(), Set.of()).key();
        assertThat(few.register("alice", "two", newKey(), Set.of()).addition()).isEqualTo(SigningKeyAddition.TOO_MANY);
        assertThat(few.register("bob", "one", newKey(), Set.of()).addition()).isEqualTo(SigningKeyAddition.ADDED);
        assertThat(few.delete("alice", first.id())).isTrue();
        assertThat(few.register("alice", "two", newKey(), Set.of()).addition()).isEqualTo(SigningKeyAddition.ADDED);
    }

    @Test
    void another_accounts_key_and_a_missing_one_look_the_same() {
        SigningKey key = registered("alice");
        assertThat(keys.get("alice", key.id())).isEqualTo(key);
        for (UUID id : List.of(key.id(), UUID.randomUUID())) {
            assertThat(keys.get("mallory", id)).isNull();
            assertThat(keys.delete("mallory", id)).isFalse();
        }
        SigningKey other = registered("alice");
        assertThat(keys.delete("alice", key.id())).isTrue();
        assertThat(keys.delete("alice", key.id())).isFalse();
        assertThat(keys.get("alice", key.id())).isNull();
        assertThat(store.find(key.fingerprint())).isNull();
        assertThat(keys.list("alice", null, 9)).containsExactly(other);
    }

    @Test
    void keys_are_listed_greatest_identifier_first_in_pages() {
        List<SigningKey> all = new ArrayList<>();
        for (long high : new long[] {1, Long.MIN_VALUE, 2}) {
            for (long low : new long[] {3, Long.MIN_VALUE, 4}) {
                SigningKey key = new SigningKey(new UUID(high, low), "alice", "desk", newKey(), Set.of(), NOW);
                store.add(key, 99, new SigningKeyNote(ALICE, NOW));
                all.add(key);
            }
        }
        registered("bob");
        List<SigningKey> expected = List.of(
                all.get(4),
                all.get(5),
                all.get(3),
                all.get(7),
                all.get(8),
                all.get(6),
                all.get(1),
                all.get(2),
                all.get(0));
        assertThat(keys.list("alice", null, 99)).isEqualTo(expected);
        assertThat(keys.list("alice", null, 2)).isEqualTo(expected.subList(0, 2));
        assertThat(keys.list("alice", expected.get(1).id(), 3)).isEqualTo(expected.subList(2, 5));
        assertThat(keys.list("nobody", null, 99)).isEmpty();
    }

    @Test
    void an_identifier_is_given_once() {
        SigningKey key = registered("alice");
        SigningKey other = new SigningKey(key.id(), "bob", "desk", newKey(), Set.of(), NOW);
        assertThatIllegalArgumentException().isThrownBy(() -> store.add(other, 9, new SigningKeyNote(ALICE, NOW)));
        assertThat(store.find(other.fingerprint())).isNull();
    }

    @Test
    void the_latest_use_is_kept_wherever_the_key_is_asked_for() {
        SigningKey key = registered("alice");
        Instant later = NOW.plusSeconds(60);
        store.touch(key.id(), later);
        store.touch(key.id(), NOW);
        store.touch(UUID.randomUUID(), NOW);
        Instant kept = Instant.ofEpochMilli(later.toEpochMilli());
        assertThat(Objects.requireNonNull(store.find(key.fingerprint())).lastUsedAt())
                .isEqualTo(kept);
        assertThat(Objects.requireNonNull(keys.get("alice", key.id())).lastUsedAt())
                .isEqualTo(kept);
        assertThat(keys.list("alice", null, 9))
                .extracting(SigningKey::lastUsedAt)
                .containsExactly(kept);
    }

    @Test
    void what_is_done_to_keys_is_written_down() {
        SigningKey key =
                keys.register("alice", "desk", newKey(), Set.of(), ALICE).key();
        registered("bob");
        keys.delete("alice", key.id(), ALICE);
        Instant at = Instant.ofEpochMilli(NOW.toEpochMilli());
        assertThat(keys.audit("alice", Long.MAX_VALUE, 9))
                .containsExactly(
                        new SigningKeyRecord(
                                2, at, SigningKeyAction.DELETE, key.id(), key.fingerprint(), "alice", ALICE),
                        new SigningKeyRecord(
                                0, at, SigningKeyAction.REGISTER, key.id(), key.fingerprint(), "alice", ALICE));
        assertThat(keys.audit(null, Long.MAX_VALUE, 9))
                .extracting(SigningKeyRecord::by)
                .containsExactly(ALICE, Actor.APPLICATION, ALICE);
        for (SigningKeyAction action : SigningKeyAction.values()) {
            assertThat(SigningKeyAction.of(action.label())).isEqualTo(action);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKeyAction.of("REGISTER"));
    }

    @Test
    void two_keys_are_the_same_if_all_about_them_is() {
        UUID id = UUID.randomUUID();
        Ed25519PublicKey publicKey = newKey();
        SigningKey key = new SigningKey(id, "a", "desk", publicKey, Set.of("x"), NOW);
        assertThat(new SigningKey(id, "a", "desk", publicKey, Set.of("x"), NOW)).isEqualTo(key);
        for (SigningKey other : List.of(
                new SigningKey(UUID.randomUUID(), "a", "desk", publicKey, Set.of("x"), NOW),
                new SigningKey(id, "b", "desk", publicKey, Set.of("x"), NOW),
                new SigningKey(id, "a", "book", publicKey, Set.of("x"), NOW),
                new SigningKey(id, "a", "desk", newKey(), Set.of("x"), NOW),
                new SigningKey(id, "a", "desk", publicKey, Set.of("y"), NOW),
                new SigningKey(id, "a", "desk", publicKey, Set.of("x"), NOW.plusMillis(1)),
                key.lastUsedAt(NOW))) {
            assertThat(other).isNotEqualTo(key);
        }
    }

    @Test
    void settings_that_are_missing_or_out_of_range_stop_the_start() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKeys.builder().build())
                .withMessageContaining("store(");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> SigningKeys.builder().store(store).maximumKeys(0).build())
                .withMessageContaining("maximumKeys");
    }
}
