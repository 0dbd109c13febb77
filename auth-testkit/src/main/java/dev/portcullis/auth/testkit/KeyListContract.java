package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AuditAction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How keys are listed. A part of {@link APIKeyStoreContract}. */
interface KeyListContract extends StoreUnderTest {

    private static APIKey key(String owner, long number) {
        // Time-ordered, as RFC 9562 section 5.7 has them.
        return SampleKeys.plain()
                .owner(owner)
                .id(new UUID((number << 16) | 0x7000, Long.MIN_VALUE | number))
                .build();
    }

    private static List<APIKey> pages(APIKeyStore store, @Nullable String owner, int limit, Runnable between) {
        List<APIKey> all = new ArrayList<>();
        UUID before = null;
        while (true) {
            List<APIKey> page = store.list(owner, before, limit);
            assertThat(page).hasSizeLessThanOrEqualTo(limit);
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(page);
            assertThat(all).as("pages come to an end").hasSizeLessThan(1000);
            before = page.get(page.size() - 1).id();
            between.run();
        }
    }

    /** Newest first, page by page, whatever the order in which they were added. */
    @Test
    default void keys_are_listed_newest_first_in_pages() {
        APIKeyStore store = newStore();
        List<APIKey> keys = new ArrayList<>(
                LongStream.rangeClosed(1, 25).mapToObj(i -> key("a", i)).toList());
        Collections.shuffle(keys, new java.util.Random(1));
        SampleKeys.put(store, keys.toArray(APIKey[]::new));
        List<APIKey> expected = LongStream.rangeClosed(1, 25)
                .mapToObj(i -> byNumber(keys, 26 - i))
                .toList();
        for (int limit : new int[] {1, 2, 24, 25, 26, 1000}) {
            assertThat(pages(store, "a", limit, () -> {})).isEqualTo(expected);
            assertThat(pages(store, null, limit, () -> {})).isEqualTo(expected);
        }
    }

    private static APIKey byNumber(List<APIKey> keys, long number) {
        UUID id = key("a", number).id();
        return keys.stream().filter(key -> key.id().equals(id)).findFirst().orElseThrow();
    }

    /** Identifiers are ordered as bytes without signs (RFC 9562 section 6.11). */
    @Test
    default void identifiers_are_compared_without_signs() {
        APIKeyStore store = newStore();
        List<APIKey> expected = new ArrayList<>();
        for (long high : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1, 0}) {
            for (long low : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1, 0}) {
                expected.add(SampleKeys.plain().id(new UUID(high, low)).build());
            }
        }
        SampleKeys.put(store, expected.toArray(APIKey[]::new));
        for (int limit : new int[] {1, 3, 25}) {
            assertThat(pages(store, "account-1", limit, () -> {})).isEqualTo(expected);
            assertThat(pages(store, null, limit, () -> {})).isEqualTo(expected);
        }
    }

    /** Each owner sees its own, told apart exactly: by case, by spaces at the end, by the bytes of its letters. */
    @Test
    default void owners_are_told_apart_exactly() {
        APIKeyStore store = newStore();
        List<String> owners = new ArrayList<>(SampleKeys.TEXTS);
        owners.addAll(List.of("a", "A", "a ", " a", "a\t", "\u00e4", "a\u0308", "\u00df", "ss", "SS", "%", "_"));
        List<APIKey> keys = new ArrayList<>();
        for (String owner : owners) {
            keys.add(SampleKeys.plain().owner(owner).build());
        }
        SampleKeys.put(store, keys.toArray(APIKey[]::new));
        for (APIKey key : keys) {
            assertThat(store.list(key.owner(), null, 1000)).containsExactly(key);
        }
        assertThat(store.list("nobody", null, 10)).isEmpty();
        assertThat(store.list("", null, 10)).isEmpty();
        assertThat(store.list(null, null, 1000)).containsExactlyInAnyOrderElementsOf(keys);
    }

    /** "Pagination that stays right while keys are added": none is missed, none comes twice. */
    @Test
    default void pages_stay_right_while_keys_are_added_and_deleted() {
        APIKeyStore store = newStore();
        List<APIKey> keys =
                LongStream.rangeClosed(1, 20).mapToObj(i -> key("a", i)).toList();
        SampleKeys.put(store, keys.toArray(APIKey[]::new));
        long[] next = {100};
        List<APIKey> seen = pages(store, "a", 3, () -> {
            APIKey added = key("a", next[0]++);
            SampleKeys.put(store, added, key("b", next[0]++));
            store.delete(added.id(), SampleKeys.note(AuditAction.DELETE));
            SampleKeys.put(store, key("a", next[0]++));
        });
        assertThat(seen).hasSize(20).containsExactlyInAnyOrderElementsOf(keys);
    }

    /** The key at which a page ended may be deleted meanwhile, and need not even be of this owner. */
    @Test
    default void a_cursor_is_a_place_and_not_a_key() {
        APIKeyStore store = newStore();
        APIKey first = key("a", 1);
        APIKey second = key("a", 2);
        APIKey third = key("a", 3);
        SampleKeys.put(store, first, second, third, key("b", 4));
        store.delete(second.id(), SampleKeys.note(AuditAction.DELETE));
        assertThat(store.list("a", second.id(), 10)).containsExactly(first);
        assertThat(store.list("a", key("b", 4).id(), 10)).containsExactly(third, first);
        assertThat(store.list("a", new UUID(-1, -1), 10)).containsExactly(third, first);
        assertThat(store.list("a", first.id(), 10)).isEmpty();
        assertThat(store.list("a", new UUID(0, 0), 10)).isEmpty();
    }

    /** Lists show keys as they stand now, also those that no longer work. */
    @Test
    default void keys_are_listed_as_they_stand() {
        APIKeyStore store = newStore();
        APIKey key = key("a", 1);
        SampleKeys.put(store, key);
        store.touch(key.id(), SampleKeys.START);
        store.revoke(key.id(), SampleKeys.note(AuditAction.REVOKE));
        assertThat(store.list("a", null, 1))
                .containsExactly(key.lastUsedAt(SampleKeys.START).revokedAt(SampleKeys.START));
    }
}
