package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.KeyChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What was stored is found, and is as it was given. A part of {@link APIKeyStoreContract}. */
interface KeyLookupContract extends StoreUnderTest {

    /** What was stored is found by its hash, its identifier and its owner, with every field as it was given. */
    @Test
    default void a_key_is_found_with_all_its_fields() {
        APIKeyStore store = newStore();
        for (APIKey key : List.of(SampleKeys.plain().build(), SampleKeys.full().build())) {
            SampleKeys.put(store, key);
            SampleKeys.assertStored(store, key);
        }
    }

    /** No record is vouched for that is not the newest: what was changed, used, hashed anew or deleted since. */
    @Test
    default void no_record_is_current_after_a_change() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.plain().build();
        SampleKeys.put(store, key);
        UUID id = key.id();
        List<Runnable> changes = List.of(
                () -> store.change(
                        id, KeyChange.nothing().scopes(Set.of("other")), SampleKeys.note(AuditAction.CHANGE)),
                () -> store.touch(id, SampleKeys.START.plusSeconds(1)),
                () -> store.rehash(id, SHA256.of(new byte[] {1}), 1),
                () -> store.revoke(id, SampleKeys.note(AuditAction.REVOKE)),
                () -> store.delete(id, SampleKeys.note(AuditAction.DELETE)));
        SHA256 hash = key.hash();
        for (Runnable change : changes) {
            APIKey before = Objects.requireNonNull(store.find(hash));
            change.run();
            assertThat(store.isCurrent(before)).isFalse();
            APIKey after = store.get(id);
            hash = after == null ? hash : after.hash();
        }
        assertThat(store.isCurrent(key)).as("a key that was never found here").isFalse();
    }

    /** The versions of peppers, and successors that may not exist. */
    @Test
    default void hash_versions_and_successors_are_given_back_exactly() {
        APIKeyStore store = newStore();
        for (int version : new int[] {0, 1, 255, 256, Short.MAX_VALUE}) {
            APIKey key = SampleKeys.plain()
                    .hashVersion(version)
                    .successorID(new UUID(-version, version))
                    .build();
            SampleKeys.put(store, key);
            SampleKeys.assertStored(store, key);
        }
    }

    /** No answer is null; so is the answer for a hash that differs in one bit. */
    @Test
    default void what_is_not_there_is_not_found() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.plain().build();
        SampleKeys.assertMissing(store, key);
        SampleKeys.put(store, key);
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
            keys.add(SampleKeys.plain().hash(SHA256.ofHashed(hash)).build());
        }
        SampleKeys.put(store, keys.toArray(APIKey[]::new));
        keys.forEach(key -> assertThat(store.find(key.hash())).isEqualTo(key));
    }

    /** Text comes back as it was given, whatever its characters are: no trimming, folding or normalising. */
    @Test
    default void text_is_given_back_exactly() {
        APIKeyStore store = newStore();
        for (String text : SampleKeys.TEXTS) {
            APIKey key = SampleKeys.plain().owner(text).name(text).build();
            SampleKeys.put(store, key);
            SampleKeys.assertStored(store, key);
            APIKey other = SampleKeys.plain().build();
            SampleKeys.put(store, other);
            store.change(other.id(), KeyChange.nothing().name(text), SampleKeys.note(AuditAction.CHANGE));
            SampleKeys.assertStored(store, other.toBuilder().name(text).build());
        }
    }

    /** U+0000 and halves of characters are stored as given, or refused and not stored; no third thing. */
    @Test
    default void text_that_cannot_be_stored_is_refused() {
        APIKeyStore store = newStore();
        APIKey known = SampleKeys.plain().build();
        SampleKeys.put(store, known);
        for (String text : List.of("\0", "a\0b", "\ud83d", "\udd11", "a\ud83db", "\udd11\ud83d")) {
            for (APIKey key : List.of(
                    SampleKeys.plain().name(text).build(),
                    SampleKeys.plain().owner(text).build())) {
                storedOrRefused(store, key, () -> SampleKeys.put(store, key));
                APIKey again = key.toBuilder()
                        .id(UUID.randomUUID())
                        .hash(SampleKeys.newHash())
                        .build();
                storedOrRefused(store, again, () -> store.addAll(List.of(again), SampleKeys.note(AuditAction.IMPORT)));
            }
            changedOrRefused(store, known, text);
        }
    }

    private static void storedOrRefused(APIKeyStore store, APIKey key, Runnable adding) {
        try {
            adding.run();
        } catch (IllegalArgumentException e) {
            assertThat(store.find(key.hash())).isNull();
            assertThat(store.get(key.id())).isNull();
            return;
        }
        assertThat(store.find(key.hash())).isEqualTo(key);
        assertThat(store.get(key.id())).isEqualTo(key);
    }

    private static void changedOrRefused(APIKeyStore store, APIKey known, String text) {
        APIKey before = store.get(known.id());
        try {
            store.change(known.id(), KeyChange.nothing().name(text), SampleKeys.note(AuditAction.CHANGE));
        } catch (IllegalArgumentException e) {
            assertThat(store.get(known.id())).isEqualTo(before);
            return;
        }
        assertThat(store.get(known.id())).isEqualTo(known.toBuilder().name(text).build());
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
            store.add(key, AddTerms.any(), SampleKeys.note(AuditAction.ISSUE, time));
            assertThat(store.get(key.id())).as(text).isEqualTo(key);
            assertThat(store.audit(null, Long.MAX_VALUE, 1).get(0).at()).isEqualTo(time);
        }
    }

    /** Allow-lists come back entry by entry, in their order. */
    @Test
    default void allow_lists_are_given_back_exactly() {
        APIKeyStore store = newStore();
        List<String> many = IntStream.range(0, 200)
                .mapToObj(i -> "2001:db8::" + Integer.toHexString(i + 1))
                .toList();
        for (List<String> entries : List.of(
                List.of("192.0.2.1"),
                List.of("2001:db8::/32", "192.0.2.0/24", "0.0.0.0/0", "::/0", "255.255.255.255"),
                List.of("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
                many,
                List.<String>of())) {
            APIKey key = SampleKeys.plain().allowList(AllowList.of(entries)).build();
            SampleKeys.put(store, key);
            SampleKeys.assertStored(store, key);
            assertThat(key.allowList().entries()).isEqualTo(entries);
        }
    }

    /** Scopes come back as the set that was given. */
    @Test
    default void scopes_are_given_back_exactly() {
        APIKeyStore store = newStore();
        Set<String> many =
                Set.copyOf(IntStream.range(0, 200).mapToObj(i -> "scope:" + i).toList());
        APIKey changing = SampleKeys.plain().build();
        SampleKeys.put(store, changing);
        for (Set<String> scopes : List.of(
                Set.of("catalog:read"),
                Set.of("a,b", "a", "b", "!", "~", "{}", "[x]", "'", "%", "\u00e9", "NULL", "null"),
                Set.of("Catalog:Read", "catalog:read"),
                many,
                Set.<String>of())) {
            APIKey key = SampleKeys.plain().scopes(scopes).build();
            SampleKeys.put(store, key);
            SampleKeys.assertStored(store, key);
            store.change(changing.id(), KeyChange.nothing().scopes(scopes), SampleKeys.note(AuditAction.CHANGE));
            SampleKeys.assertStored(store, changing.toBuilder().scopes(scopes).build());
        }
    }
}
