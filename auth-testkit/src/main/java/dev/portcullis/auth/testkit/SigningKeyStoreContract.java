package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.signature.Ed25519PublicKey;
import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.signature.SigningKey;
import dev.portcullis.auth.signature.SigningKeyAction;
import dev.portcullis.auth.signature.SigningKeyAddition;
import dev.portcullis.auth.signature.SigningKeyNote;
import dev.portcullis.auth.signature.SigningKeyRecord;
import dev.portcullis.auth.signature.SigningKeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SigningKeyStore} must do. A store's test class implements this interface, and with it runs all of
 * these tests.
 */
public interface SigningKeyStoreContract {

    /**
     * A store without any keys: a new one, or one that was emptied. It is called once for each test; whatever it opens is
     * for the test class to close.
     *
     * @return the store to be tested
     */
    SigningKeyStore newSigningKeyStore();

    /** What is written down with every change here. */
    SigningKeyNote NOTE =
            new SigningKeyNote(new Actor("an operator", "192.0.2.1"), Instant.parse("2026-03-02T12:00:00.456Z"));

    private static SigningKey key(String owner, long number) {
        return key(owner, number, Ed25519SecretKey.generate().publicKey());
    }

    private static SigningKey key(String owner, long number, Ed25519PublicKey publicKey) {
        return new SigningKey(
                new UUID((number << 16) | 0x7000, Long.MIN_VALUE | number),
                owner,
                "key " + number,
                publicKey,
                Set.of(),
                Instant.parse("2026-03-01T12:00:00.123Z"));
    }

    /** All fields are given back as they were given. */
    @Test
    default void a_signing_key_is_found_as_it_was_added() {
        SigningKeyStore store = newSigningKeyStore();
        SigningKey key = new SigningKey(
                UUID.fromString("ffffffff-ffff-7fff-bfff-ffffffffffff"),
                "Zürich 🔑 " + "x".repeat(200),
                "a name with \\ ' \" % _",
                Ed25519SecretKey.generate().publicKey(),
                Set.of("orders:write", "orders:read", "x".repeat(255)),
                Instant.parse("9999-12-31T23:59:59.999Z"));

        assertThat(store.find(key.fingerprint())).isNull();
        assertThat(store.add(key, 1, NOTE)).isEqualTo(SigningKeyAddition.ADDED);
        assertThat(store.find(key.fingerprint())).isEqualTo(key);
        assertThat(store.list(key.owner(), null, 10)).containsExactly(key);
        assertThat(store.find(Ed25519SecretKey.generate().publicKey().fingerprint()))
                .isNull();
    }

    /** "A public key is there once, whoever registers it." */
    @Test
    default void a_public_key_is_registered_once() {
        SigningKeyStore store = newSigningKeyStore();
        SigningKey key = key("a", 1);
        store.add(key, 10, NOTE);

        assertThat(store.add(key("a", 2, key.publicKey()), 10, NOTE)).isEqualTo(SigningKeyAddition.ALREADY_REGISTERED);
        assertThat(store.add(key("b", 2, key.publicKey()), 10, NOTE)).isEqualTo(SigningKeyAddition.ALREADY_REGISTERED);
        assertThat(store.add(key("a", 2, key.publicKey()), 1, NOTE)).isEqualTo(SigningKeyAddition.ALREADY_REGISTERED);
        assertThat(store.add(key, 10, NOTE)).isEqualTo(SigningKeyAddition.ALREADY_REGISTERED);
        assertThat(store.find(key.fingerprint())).isEqualTo(key);
        assertThat(store.list("b", null, 10)).isEmpty();
    }

    /** Two keys never go by one identifier. */
    @Test
    default void an_identifier_is_given_once() {
        SigningKeyStore store = newSigningKeyStore();
        SigningKey key = key("a", 1);
        SigningKey other = key("b", 1);
        store.add(key, 10, NOTE);

        assertThatIllegalArgumentException().isThrownBy(() -> store.add(other, 10, NOTE));
        assertThat(store.find(other.fingerprint())).isNull();
        assertThat(store.find(key.fingerprint())).isEqualTo(key);
    }

    /** "how many keys the account can have, this one among them". */
    @Test
    default void an_account_has_no_more_signing_keys_than_it_may() {
        SigningKeyStore store = newSigningKeyStore();
        SigningKey first = key("a", 1);
        store.add(first, 2, NOTE);
        store.add(key("a", 2), 2, NOTE);

        assertThat(store.add(key("a", 3), 2, NOTE)).isEqualTo(SigningKeyAddition.TOO_MANY);
        assertThat(store.add(key("b", 4), 1, NOTE)).isEqualTo(SigningKeyAddition.ADDED);
        store.delete("a", first.id(), NOTE);
        assertThat(store.add(key("a", 5), 2, NOTE)).isEqualTo(SigningKeyAddition.ADDED);
        assertThat(store.list("a", null, 10)).hasSize(2);
    }

    /** "Of several additions at once no more succeed than are allowed." */
    @Test
    default void additions_at_once_do_not_exceed_the_limit() {
        SigningKeyStore store = newSigningKeyStore();

        List<SigningKeyAddition> results = Race.run(i -> () -> store.add(key("a", i + 1), 1, NOTE));

        assertThat(results).containsOnlyOnce(SigningKeyAddition.ADDED);
        assertThat(Collections.frequency(results, SigningKeyAddition.TOO_MANY)).isEqualTo(Race.RIVALS - 1);
        assertThat(store.list("a", null, 10)).hasSize(1);
    }

    /** One public key that two accounts register at once is one account's. */
    @Test
    default void one_public_key_registered_at_once_is_one_accounts() {
        SigningKeyStore store = newSigningKeyStore();
        Ed25519PublicKey publicKey = Ed25519SecretKey.generate().publicKey();

        List<SigningKeyAddition> results =
                Race.run(i -> () -> store.add(key("owner " + i, i + 1, publicKey), 10, NOTE));

        assertThat(results).containsOnlyOnce(SigningKeyAddition.ADDED);
        assertThat(Collections.frequency(results, SigningKeyAddition.ALREADY_REGISTERED))
                .isEqualTo(Race.RIVALS - 1);
    }

    /** The greatest identifier first, page by page. */
    @Test
    default void signing_keys_are_listed_newest_first_in_pages() {
        SigningKeyStore store = newSigningKeyStore();
        List<SigningKey> keys = new ArrayList<>();
        for (long number = 1; number <= 9; number++) {
            keys.add(key("a", number));
        }
        List<SigningKey> shuffled = new ArrayList<>(keys);
        Collections.shuffle(shuffled, new Random(1));
        shuffled.forEach(key -> store.add(key, 100, NOTE));
        store.add(key("b", 10), 100, NOTE);
        Collections.reverse(keys);

        assertThat(store.list("a", null, 100)).isEqualTo(keys);
        assertThat(store.list("a", null, 4)).isEqualTo(keys.subList(0, 4));
        assertThat(store.list("a", keys.get(3).id(), 100)).isEqualTo(keys.subList(4, 9));
        assertThat(store.list("a", keys.get(8).id(), 100)).isEmpty();
        assertThat(store.list("nobody", null, 100)).isEmpty();
    }

    /** As bytes without signs. */
    @Test
    default void identifiers_are_compared_as_bytes() {
        SigningKeyStore store = newSigningKeyStore();
        for (String id : List.of(
                "7fffffff-0000-7000-8000-000000000000",
                "80000000-0000-7000-8000-000000000000",
                "80000000-0000-7000-7fff-000000000000")) {
            SigningKey any = key("a", 1);
            store.add(
                    new SigningKey(UUID.fromString(id), "a", "n", any.publicKey(), Set.of(), any.createdAt()),
                    10,
                    NOTE);
        }
        assertThat(store.list("a", null, 10))
                .extracting(key -> key.id().toString().substring(0, 8)
                        + key.id().toString().substring(18, 23))
                .containsExactly("80000000-8000", "80000000-7fff", "7fffffff-8000");
    }

    /** By its identifier as by its fingerprint. */
    @Test
    default void a_signing_key_is_got_by_its_identifier() {
        SigningKeyStore store = newSigningKeyStore();
        SigningKey key = key("a", 1);

        assertThat(store.get(key.id())).isNull();
        store.add(key, 10, NOTE);
        assertThat(store.get(key.id())).isEqualTo(key);
        store.delete("a", key.id(), NOTE);
        assertThat(store.get(key.id())).isNull();
    }

    /** "unless a later one is written down, or there is no such key any longer". */
    @Test
    default void the_latest_use_of_a_signing_key_is_kept() {
        SigningKeyStore store = newSigningKeyStore();
        SigningKey key = key("a", 1);
        store.add(key, 10, NOTE);
        Instant first = Instant.parse("2026-03-01T12:00:01.001Z");
        Instant second = first.plusMillis(1);

        store.touch(key.id(), first.plusNanos(999_999));
        assertThat(store.get(key.id())).isEqualTo(key.lastUsedAt(first));
        assertThat(store.list("a", null, 10)).containsExactly(key.lastUsedAt(first));
        store.touch(key.id(), second);
        store.touch(key.id(), first);
        assertThat(store.get(key.id())).isEqualTo(key.lastUsedAt(second));
        assertThat(store.find(key.fingerprint())).isEqualTo(key.lastUsedAt(second));
        assertThat(store.delete("a", key.id(), NOTE)).isEqualTo(key.lastUsedAt(second));
        store.touch(key.id(), second.plusSeconds(1));
        assertThat(store.get(key.id())).isNull();
    }

    /** "written down in the same step, and stays"; what was not done is not written down. */
    @Test
    default void what_is_done_to_signing_keys_is_written_down() {
        SigningKeyStore store = newSigningKeyStore();
        SigningKey key = key("a", 1);
        SigningKey other = key("b", 2);
        store.add(key, 1, NOTE);
        store.add(other, 10, NOTE);
        store.add(key("a", 3, key.publicKey()), 10, NOTE);
        store.add(key("a", 4), 1, NOTE);
        store.delete("b", key.id(), NOTE);
        store.touch(key.id(), NOTE.at());
        store.delete("a", key.id(), NOTE);
        store.delete("a", key.id(), NOTE);

        List<SigningKeyRecord> all = store.audit(null, Long.MAX_VALUE, 10);
        assertThat(all)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("number")
                .containsExactly(
                        SigningKeyRecord.of(0, SigningKeyAction.DELETE, key, NOTE),
                        SigningKeyRecord.of(0, SigningKeyAction.REGISTER, other, NOTE),
                        SigningKeyRecord.of(0, SigningKeyAction.REGISTER, key, NOTE));
        assertThat(all).extracting(SigningKeyRecord::number).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(store.audit("a", Long.MAX_VALUE, 10)).containsExactly(all.get(0), all.get(2));
        assertThat(store.audit("a", Long.MAX_VALUE, 1)).containsExactly(all.get(0));
        assertThat(store.audit(null, all.get(0).number(), 10)).containsExactly(all.get(1), all.get(2));
        assertThat(store.audit("nobody", Long.MAX_VALUE, 10)).isEmpty();
    }

    /** Nothing of it is left, and another account cannot do it. */
    @Test
    default void a_deleted_signing_key_is_gone() {
        SigningKeyStore store = newSigningKeyStore();
        SigningKey key = key("a", 1);
        store.add(key, 10, NOTE);

        assertThat(store.delete("b", key.id(), NOTE)).isNull();
        assertThat(store.find(key.fingerprint())).isEqualTo(key);
        assertThat(store.delete("a", key.id(), NOTE)).isEqualTo(key);
        assertThat(store.delete("a", key.id(), NOTE)).isNull();
        assertThat(store.find(key.fingerprint())).isNull();
        assertThat(store.list("a", null, 10)).isEmpty();
        assertThat(store.add(key("b", 1, key.publicKey()), 10, NOTE)).isEqualTo(SigningKeyAddition.ADDED);
    }
}
