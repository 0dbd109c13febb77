package dev.portcullis.auth.apikey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.KeyVerdict;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys under peppers, and from one to the next. */
class KeyHashingTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final Pepper first = PepperTest.random(1);
    private final Pepper second = PepperTest.random(2);
    private final Pepper third = PepperTest.random(3);

    private final WatchedStore store = new WatchedStore();
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Queue<Runnable> background = new ArrayDeque<>();

    private APIKeys keys(KeyHashing hashing) {
        return APIKeys.builder().store(store).hashing(hashing).clock(now::get).build();
    }

    private IssuedAPIKey issue(KeyHashing hashing) {
        return keys(hashing).issue("alice", "CI", Environment.LIVE, Set.of("catalog:read"), null);
    }

    private static KeyHashing only(Pepper pepper) {
        return KeyHashing.keyed(pepper).build();
    }

    /** What a deployment with this hashing answers; null means that the key is let in. */
    private @Nullable Reason refusal(KeyHashing hashing, IssuedAPIKey key) {
        try (APIKeyAuthentication method = APIKeyAuthentication.builder()
                .store(store)
                .hashing(hashing)
                .clock(now::get)
                .build()) {
            Outcome outcome = method.authenticate(HeadersOnly.bearer(key.plaintext()));
            return outcome instanceof Outcome.Rejected rejected ? rejected.reason() : null;
        }
    }

    private APIKey stored(IssuedAPIKey key) {
        APIKey stored = store.memory.get(key.key().id());
        return requireNonNull(stored);
    }

    @Test
    void a_key_is_stored_under_the_current_pepper_and_found_by_it() {
        IssuedAPIKey issued = issue(only(second));
        SHA256 plain = SHA256.of(SecretText.of(issued.plaintext()));
        assertThat(stored(issued).hashVersion()).isEqualTo(2);
        assertThat(stored(issued).hash()).isEqualTo(second.hash(plain)).isNotEqualTo(plain);
        assertThat(refusal(only(second), issued)).isNull();
    }

    /** "Plain SHA-256 stays the default." */
    @Test
    void without_a_pepper_keys_are_hashed_plainly() {
        IssuedAPIKey issued = issue(KeyHashing.plain());
        assertThat(stored(issued).hashVersion()).isZero();
        assertThat(stored(issued).hash()).isEqualTo(SHA256.of(SecretText.of(issued.plaintext())));
        assertThat(refusal(KeyHashing.plain(), issued)).isNull();
    }

    @Test
    void only_what_is_accepted_is_found() {
        IssuedAPIKey plain = issue(KeyHashing.plain());
        IssuedAPIKey one = issue(only(first));
        IssuedAPIKey two = issue(only(second));
        assertThat(List.of(plain, two))
                .allSatisfy(key -> assertThat(refusal(only(first), key)).isEqualTo(Reason.UNKNOWN_API_KEY));
        assertThat(List.of(one, two))
                .allSatisfy(key -> assertThat(refusal(KeyHashing.plain(), key)).isEqualTo(Reason.UNKNOWN_API_KEY));
        KeyHashing both = KeyHashing.keyed(second).accept(first).build();
        assertThat(refusal(both, one)).isNull();
        assertThat(refusal(both, two)).isNull();
        assertThat(refusal(both, plain)).isEqualTo(Reason.UNKNOWN_API_KEY);
        KeyHashing unkeyed = KeyHashing.keyed(third).acceptUnkeyed().build();
        assertThat(refusal(unkeyed, plain)).isNull();
        assertThat(refusal(unkeyed, one)).isEqualTo(Reason.UNKNOWN_API_KEY);
    }

    /** A node that hashes with the old one already knows the keys of nodes that hash with the new one. */
    @Test
    void a_pepper_can_be_accepted_before_it_is_current() {
        KeyHashing before = KeyHashing.keyed(first).accept(second).build();
        IssuedAPIKey two = issue(only(second));
        assertThat(refusal(before, two)).isNull();
        assertThat(background).isEmpty();
        assertThat(stored(two).hashVersion()).isEqualTo(2);
        assertThat(stored(issue(before)).hashVersion()).isEqualTo(1);
    }

    @Test
    void a_retired_pepper_takes_its_keys_with_it() {
        IssuedAPIKey one = issue(only(first));
        assertThat(keys(only(second)).revokeLeaked(SecretText.of(one.plaintext()), Actor.APPLICATION))
                .isNull();
        assertThat(refusal(only(second), one)).isEqualTo(Reason.UNKNOWN_API_KEY);
        assertThat(store.memory.countByHashVersion(START)).isEqualTo(Map.of(1, 1L));
    }

    /** What a session remembers of its key is judged by the same peppers. */
    @Test
    void a_key_that_is_remembered_goes_with_its_pepper_too() {
        assertThat(remembered(only(first), issue(only(first)))).isInstanceOf(KeyVerdict.Good.class);
        KeyVerdict unknown = new KeyVerdict.Bad(Reason.UNKNOWN_API_KEY);
        assertThat(remembered(only(second), issue(only(first)))).isEqualTo(unknown);
        assertThat(remembered(only(second), issue(KeyHashing.plain()))).isEqualTo(unknown);
        assertThat(remembered(KeyHashing.plain(), issue(only(first)))).isEqualTo(unknown);
        KeyHashing unkeyed = KeyHashing.keyed(second).acceptUnkeyed().build();
        assertThat(remembered(unkeyed, issue(KeyHashing.plain()))).isInstanceOf(KeyVerdict.Good.class);
    }

    private KeyVerdict remembered(KeyHashing hashing, IssuedAPIKey key) {
        try (APIKeyAuthentication method = APIKeyAuthentication.builder()
                .store(store)
                .hashing(hashing)
                .clock(now::get)
                .build()) {
            return method.judge(key.key().id(), stored(key).hash());
        }
    }

    /** Who can write to the store but has no pepper cannot make a key. */
    @Test
    void a_record_whose_version_and_hash_do_not_belong_together_is_nobodys() {
        KeyHashing lenient = KeyHashing.keyed(second).accept(first).build();
        for (KeyHashing hashing : List.of(only(second), lenient)) {
            IssuedAPIKey issued = issue(hashing);
            for (int version : new int[] {0, 1, 3}) {
                store.memory.delete(issued.key().id(), new AuditNote(AuditAction.DELETE, Actor.APPLICATION, START));
                APIKey forged = issued.key().toBuilder().hashVersion(version).build();
                store.memory.add(forged, AddTerms.any(), new AuditNote(AuditAction.ISSUE, Actor.APPLICATION, START));
                assertThat(refusal(hashing, issued)).isEqualTo(Reason.UNKNOWN_API_KEY);
            }
        }
        IssuedAPIKey plain = issue(KeyHashing.plain());
        store.memory.delete(plain.key().id(), new AuditNote(AuditAction.DELETE, Actor.APPLICATION, START));
        store.memory.add(
                plain.key().toBuilder().hashVersion(1).build(),
                AddTerms.any(),
                new AuditNote(AuditAction.ISSUE, Actor.APPLICATION, START));
        assertThat(refusal(KeyHashing.plain(), plain)).isEqualTo(Reason.UNKNOWN_API_KEY);
    }

    private void use(KeyHashing hashing, IssuedAPIKey key) {
        new Rehasher(store, hashing, now::get, background::add).used(stored(key), SecretText.of(key.plaintext()));
    }

    @Test
    void a_key_moves_to_the_current_pepper_off_the_requests_path() {
        KeyHashing hashing =
                KeyHashing.keyed(second).accept(first).acceptUnkeyed().build();
        for (IssuedAPIKey key : List.of(issue(KeyHashing.plain()), issue(only(first)))) {
            assertThat(hashing.isOutdated(stored(key))).isTrue();
            APIKey before = stored(key);
            use(hashing, key);
            assertThat(stored(key)).isEqualTo(before);
            background.remove().run();
            assertThat(stored(key))
                    .isEqualTo(before.toBuilder()
                            .hash(second.hash(SHA256.of(SecretText.of(key.plaintext()))))
                            .hashVersion(2)
                            .build());
            assertThat(hashing.isOutdated(stored(key))).isFalse();
            assertThat(refusal(only(second), key)).isNull();
        }
    }

    /** Through the whole class, with its own thread. */
    @Test
    void a_key_that_is_used_moves() {
        KeyHashing hashing = KeyHashing.keyed(second).acceptUnkeyed().build();
        IssuedAPIKey good = issue(KeyHashing.plain());
        IssuedAPIKey revoked = issue(KeyHashing.plain());
        IssuedAPIKey current = issue(hashing);
        keys(hashing).revoke(revoked.key().id());
        try (APIKeyAuthentication method =
                APIKeyAuthentication.builder().store(store).hashing(hashing).build()) {
            method.authenticate(HeadersOnly.bearer(revoked.plaintext()));
            method.authenticate(HeadersOnly.bearer(current.plaintext()));
            method.authenticate(HeadersOnly.bearer(good.plaintext()));
            while (stored(good).hashVersion() == 0) {
                Thread.onSpinWait();
            }
        }
        assertThat(stored(revoked).hashVersion()).isZero(); // it does not work, so it need not move
        assertThat(store.rehashes).hasValue(1);
    }

    @Test
    void a_key_is_tried_once_a_minute() {
        KeyHashing hashing = KeyHashing.keyed(first).acceptUnkeyed().build();
        IssuedAPIKey key = issue(KeyHashing.plain());
        IssuedAPIKey other = issue(KeyHashing.plain());
        Rehasher rehasher = new Rehasher(store, hashing, now::get, background::add);
        store.down = true;
        for (int i = 0; i < 10; i++) {
            rehasher.used(key.key(), SecretText.of(key.plaintext()));
        }
        rehasher.used(other.key(), SecretText.of(other.plaintext()));
        assertThat(background).hasSize(2);
        background.remove().run();
        now.set(START.plus(Duration.ofMinutes(1)).minusMillis(1));
        rehasher.used(key.key(), SecretText.of(key.plaintext()));
        assertThat(background).hasSize(1);
        now.set(START.plus(Duration.ofMinutes(1)));
        rehasher.used(key.key(), SecretText.of(key.plaintext()));
        assertThat(background).hasSize(2);
        store.down = false;
        background.forEach(Runnable::run);
        assertThat(stored(key).hashVersion()).isEqualTo(1);
        assertThat(stored(other).hashVersion()).isEqualTo(1);
    }

    /** The cache is told, and the key works on under its new hash. */
    @Test
    void a_key_moves_under_a_cache() {
        KeyHashing hashing = KeyHashing.keyed(first).acceptUnkeyed().build();
        IssuedAPIKey key = issue(KeyHashing.plain());
        SecretText plaintext = SecretText.of(key.plaintext());
        try (CachedAPIKeyStore cache = CachedAPIKeyStore.over(store).build()) {
            assertThat(hashing.find(cache, plaintext)).isEqualTo(key.key());
            Rehasher rehasher = new Rehasher(cache, hashing, now::get, Runnable::run);
            rehasher.used(key.key(), plaintext);
            assertThat(hashing.find(cache, plaintext)).isEqualTo(stored(key));
            assertThat(only(first).find(cache, plaintext)).isEqualTo(stored(key));
            assertThat(KeyHashing.plain().find(cache, plaintext)).isNull();
        }
    }

    @Test
    void a_leaked_key_is_found_and_revoked_under_any_accepted_pepper() {
        KeyHashing hashing =
                KeyHashing.keyed(second).accept(first).acceptUnkeyed().build();
        for (KeyHashing made : List.of(KeyHashing.plain(), only(first), only(second))) {
            IssuedAPIKey key = issue(made);
            SecretText text = SecretText.of(key.plaintext());
            assertThat(keys(hashing).find(text)).isEqualTo(key.key());
            assertThat(keys(hashing).revokeLeaked(text, Actor.APPLICATION)).isEqualTo(stored(key));
            assertThat(stored(key).isRevoked()).isTrue();
            assertThat(refusal(hashing, key)).isEqualTo(Reason.API_KEY_REVOKED);
        }
        assertThat(keys(hashing).find(SecretText.of("grd_live_0"))).isNull();
    }

    private static APIKey importable(APIKeys keys, String plaintext) {
        return APIKey.builder()
                .id(keys.idOf(START))
                .hash(SHA256.of(SecretText.of(plaintext)))
                .owner("alice")
                .name("from elsewhere")
                .keyPrefix(plaintext.substring(0, 17))
                .createdAt(START)
                .build();
    }

    /** Nobody needs acceptUnkeyed() for that. */
    @Test
    void imported_keys_are_put_under_the_current_pepper() {
        APIKeys keys = keys(only(second));
        String plaintext = "grd_live_" + "0123456789abcdef".repeat(3);
        APIKey plain = importable(keys, plaintext);
        List<APIKey> added = keys.importAll(List.of(plain), Actor.APPLICATION);
        assertThat(added)
                .containsExactly(plain.toBuilder()
                        .hash(second.hash(plain.hash()))
                        .hashVersion(2)
                        .build());
        assertThat(keys.find(SecretText.of(plaintext))).isEqualTo(added.get(0));
        assertThat(keys.importAll(List.of(importable(keys, plaintext)), Actor.APPLICATION))
                .isEmpty();
    }

    /** One key, one record: otherwise revoking the one would leave the other. */
    @Test
    void a_key_that_is_there_under_another_pepper_is_not_imported_again() {
        String plaintext = "grd_live_" + "0123456789abcdef".repeat(3);
        APIKeys before = keys(only(first));
        before.importAll(List.of(importable(before, plaintext)), Actor.APPLICATION);
        APIKeys after = keys(KeyHashing.keyed(second).accept(first).build());
        assertThat(after.importAll(List.of(importable(after, plaintext)), Actor.APPLICATION))
                .isEmpty();
        String other = plaintext.replace('f', '0');
        assertThat(after.importAll(List.of(importable(after, other)), Actor.APPLICATION))
                .hasSize(1);
    }

    @Test
    void only_plain_hashes_are_imported() {
        APIKeys keys = keys(only(first));
        APIKey keyed = importable(keys, "grd_live_" + "0123456789abcdef".repeat(3)).toBuilder()
                .hashVersion(1)
                .build();
        assertThatThrownBy(() -> keys.importAll(List.of(keyed), Actor.APPLICATION))
                .isInstanceOfSatisfying(
                        KeyRefusedException.class,
                        e -> assertThat(e.errors())
                                .containsExactly(entry("0.hash_version", List.of(KeyFault.KEYED_HASH))));
    }

    @Test
    void all_plainly_hashed_keys_can_be_moved_at_once() {
        List<IssuedAPIKey> plain = IntStream.range(0, 2500)
                .mapToObj(i -> keys(KeyHashing.plain()).issue("owner " + i, "name", Environment.LIVE, Set.of(), null))
                .toList();
        IssuedAPIKey one = issue(only(first));
        KeyHashing hashing =
                KeyHashing.keyed(second).accept(first).acceptUnkeyed().build();
        assertThat(keys(hashing).rehashUnkeyed()).isEqualTo(2500);
        assertThat(store.countByHashVersion(START)).isEqualTo(Map.of(1, 1L, 2, 2500L));
        assertThat(refusal(only(second), plain.get(0))).isNull();
        assertThat(refusal(only(second), plain.get(2499))).isNull();
        assertThat(refusal(hashing, one)).isNull();
        assertThat(keys(hashing).rehashUnkeyed()).isZero();
        assertThatThrownBy(() -> keys(KeyHashing.plain()).rehashUnkeyed()).isInstanceOf(IllegalStateException.class);
    }

    /** A rotated key's successor stands on the current pepper. */
    @Test
    void a_successor_stands_on_the_current_pepper() {
        IssuedAPIKey old = issue(KeyHashing.plain());
        APIKeys keys = keys(KeyHashing.keyed(second).acceptUnkeyed().build());
        IssuedAPIKey successor =
                keys.ofAccount("alice", Actor.APPLICATION).rotate(old.key().id(), Duration.ofHours(1), null);
        assertThat(stored(successor).hashVersion()).isEqualTo(2);
        assertThat(refusal(only(second), successor)).isNull();
    }

    @Test
    void two_peppers_of_one_version_are_refused() {
        assertThatThrownBy(() ->
                        KeyHashing.keyed(first).accept(PepperTest.random(1)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("accept");
    }

    @Test
    void hashes_are_computed_when_they_are_needed_from_the_latest_on() {
        SHA256 plain = CacheFixture.newHash();
        KeyHashing hashing = KeyHashing.keyed(second)
                .accept(first)
                .accept(third)
                .acceptUnkeyed()
                .build();
        assertThat(hashing.all(plain)).containsExactly(third.hash(plain), second.hash(plain), first.hash(plain), plain);
        assertThat(only(first).all(plain)).containsExactly(first.hash(plain));
        assertThat(KeyHashing.plain().all(plain)).containsExactly(plain);
        assertThat(new HashSet<>(List.of(
                        hashing.all(plain).toString(),
                        hashing.toString(),
                        only(first).toString(),
                        KeyHashing.plain().toString())))
                .containsExactlyInAnyOrder(
                        "KeyHashes[4]",
                        "KeyHashing[current=Pepper[2], accepted=[Pepper[3], Pepper[2], Pepper[1]], unkeyed]",
                        "KeyHashing[current=Pepper[1], accepted=[Pepper[1]]]",
                        "KeyHashing[plain]");
    }

    @Test
    void an_outage_is_an_outage_under_peppers_too() {
        IssuedAPIKey key = issue(only(first));
        store.down = true;
        for (KeyHashing hashing :
                List.of(only(first), KeyHashing.keyed(first).acceptUnkeyed().build())) {
            assertThatThrownBy(() -> refusal(hashing, key)).isInstanceOf(AuthUnavailableException.class);
        }
    }
}
