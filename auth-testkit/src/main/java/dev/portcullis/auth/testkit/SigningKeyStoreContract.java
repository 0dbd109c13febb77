package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.auth.signature.Ed25519PublicKey;
import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.signature.SigningKey;
import dev.portcullis.auth.signature.SigningKeyAddition;
import dev.portcullis.auth.signature.SigningKeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
        assertThat(store.add(key, 1)).isEqualTo(SigningKeyAddition.ADDED);
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
        store.add(key, 10);

        assertThat(store.add(key("a", 2, key.publicKey()), 10)).isEqualTo(SigningKeyAddition.ALREADY_REGISTERED);
        assertThat(store.add(key("b", 2, key.publicKey()), 10)).isEqualTo(SigningKeyAddition.ALREADY_REGISTERED);
        assertThat(store.add(key("a", 2, key.publicKey()), 1)).isEqualTo(SigningKeyAddition.ALREADY_REGISTERED);
        assertThat(store.add(key, 10)).isEqualTo(SigningKeyAddition.ALREADY_REGISTERED);
        assertThat(store.find(key.fingerprint())).isEqualTo(key);
        assertThat(store.list("b", null, 10)).isEmpty();
    }

    /** Two keys never go by one identifier. */
    @Test
    default void an_identifier_is_given_once() {
        SigningKeyStore store = newSigningKeyStore();
        SigningKey key = key("a", 1);
        SigningKey other = key("b", 1);
        store.add(key, 10);

        assertThatIllegalArgumentException().isThrownBy(() -> store.add(other, 10));
        assertThat(store.find(other.fingerprint())).isNull();
        assertThat(store.find(key.fingerprint())).isEqualTo(key);
    }

    /** "how many keys the account can have, this one among them". */
    @Test
    default void an_account_has_no_more_signing_keys_than_it_may() {
        SigningKeyStore store = newSigningKeyStore();
        SigningKey first = key("a", 1);
        store.add(first, 2);
        store.add(key("a", 2), 2);

        assertThat(store.add(key("a", 3), 2)).isEqualTo(SigningKeyAddition.TOO_MANY);
        assertThat(store.add(key("b", 4), 1)).isEqualTo(SigningKeyAddition.ADDED);
        store.delete("a", first.id());
        assertThat(store.add(key("a", 5), 2)).isEqualTo(SigningKeyAddition.ADDED);
        assertThat(store.list("a", null, 10)).hasSize(2);
    }

    /** "Of several additions at once no more succeed than are allowed." */
    @Test
    default void additions_at_once_do_not_exceed_the_limit() {
        SigningKeyStore store = newSigningKeyStore();

        List<SigningKeyAddition> results = Race.run(i -> () -> store.add(key("a", i + 1), 1));

        assertThat(results).containsOnlyOnce(SigningKeyAddition.ADDED);
        assertThat(Collections.frequency(results, SigningKeyAddition.TOO_MANY)).isEqualTo(Race.RIVALS - 1);
        assertThat(store.list("a", null, 10)).hasSize(1);
    }

    /** One public key that two accounts register at once is one account's. */
    @Test
    default void one_public_key_registered_at_once_is_one_accounts() {
        SigningKeyStore store = newSigningKeyStore();
        Ed25519PublicKey publicKey = Ed25519SecretKey.generate().publicKey();

        List<SigningKeyAddition> results = Race.run(i -> () -> store.add(key("owner " + i, i + 1, publicKey), 10));

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
        shuffled.forEach(key -> store.add(key, 100));
        store.add(key("b", 10), 100);
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
            store.add(new SigningKey(UUID.fromString(id), "a", "n", any.publicKey(), Set.of(), any.createdAt()), 10);
        }
        assertThat(store.list("a", null, 10))
                .extracting(key -> key.id().toString().substring(0, 8)
                        + key.id().toString().substring(18, 23))
                .containsExactly("80000000-8000", "80000000-7fff", "7fffffff-8000");
    }

    /** Nothing of it is left, and another account cannot do it. */
    @Test
    default void a_deleted_signing_key_is_gone() {
        SigningKeyStore store = newSigningKeyStore();
        SigningKey key = key("a", 1);
        store.add(key, 10);

        assertThat(store.delete("b", key.id())).isNull();
        assertThat(store.find(key.fingerprint())).isEqualTo(key);
        assertThat(store.delete("a", key.id())).isEqualTo(key);
        assertThat(store.delete("a", key.id())).isNull();
        assertThat(store.find(key.fingerprint())).isNull();
        assertThat(store.list("a", null, 10)).isEmpty();
        assertThat(store.add(key("b", 1, key.publicKey()), 10)).isEqualTo(SigningKeyAddition.ADDED);
    }
}
