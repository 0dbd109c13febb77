package dev.portcullis.auth.apikey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is this store's own; what it shares with every store is in the test kit's contract. */
class InMemoryAPIKeyStoreTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final AuditNote NOTE = new AuditNote(AuditAction.ISSUE, Actor.APPLICATION, START);

    private final InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();

    private void put(APIKey key) {
        assertThat(store.add(key, AddTerms.any(), NOTE)).isEqualTo(new AddResult.Added());
    }

    private static APIKey key(long number) {
        return APIKey.builder()
                .id(new UUID(0, number))
                .hash(SHA256.of(SecretText.of("key " + number)))
                .owner("owner " + (number % 10 < 4 ? 0 : number % 7))
                .name("name")
                .keyPrefix("grd_live_0123abcd")
                .createdAt(START)
                .build();
    }

    @Test
    void it_does_what_a_map_does_through_any_sequence_of_changes() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Map<Long, APIKey> expected = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            APIKey key = key(random.nextInt(3000));
            step(random.nextInt(4), key, expected, seed);
            assertThat(store.get(key.id())).as("seed %d", seed).isEqualTo(expected.get(number(key)));
            assertThat(store.find(key.hash())).as("seed %d", seed).isEqualTo(expected.get(number(key)));
            if (i % 500 == 0) {
                assertLists(expected, random.nextInt(3000), seed);
            }
        }
        for (long number = 0; number < 3000; number++) {
            assertThat(store.find(key(number).hash())).as("seed %d", seed).isEqualTo(expected.get(number));
        }
    }

    private void assertLists(Map<Long, APIKey> expected, long before, long seed) {
        List<APIKey> sorted = expected.values().stream()
                .filter(key -> number(key) < before)
                .sorted(Comparator.comparing(APIKey::id).reversed())
                .toList();
        UUID cursor = new UUID(0, before);
        assertThat(store.list(null, cursor, 3000)).as("seed %d", seed).isEqualTo(sorted);
        for (int i = 0; i < 7; i++) {
            String owner = "owner " + i;
            List<APIKey> owned =
                    sorted.stream().filter(key -> key.owner().equals(owner)).toList();
            assertThat(store.list(owner, cursor, 3000)).as("seed %d", seed).isEqualTo(owned);
            assertThat(store.list(owner, cursor, 5))
                    .as("seed %d", seed)
                    .isEqualTo(owned.subList(0, Math.min(5, owned.size())));
        }
    }

    private static long number(APIKey key) {
        return key.id().getLeastSignificantBits();
    }

    private void step(int what, APIKey key, Map<Long, APIKey> expected, long seed) {
        switch (what) {
            case 0 -> {
                if (expected.putIfAbsent(number(key), key) == null) {
                    put(key);
                } else {
                    assertThatThrownBy(() -> put(key)).isInstanceOf(IllegalArgumentException.class);
                }
            }
            case 1 ->
                assertThat(store.delete(key.id(), NOTE) != null)
                        .as("seed %d", seed)
                        .isEqualTo(expected.remove(number(key)) != null);
            case 2 -> {
                store.touch(key.id(), START);
                expected.computeIfPresent(number(key), (number, old) -> old.lastUsedAt(START));
            }
            default -> {
                store.revoke(key.id(), NOTE);
                expected.computeIfPresent(number(key), (number, old) -> old.revokedAt(START));
            }
        }
    }

    @Test
    void hashes_that_crowd_together_are_still_told_apart() {
        List<APIKey> keys = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            // The map's hash code is taken from the first eight bytes, which are all alike here.
            byte[] hash = ByteBuffer.allocate(SHA256.LENGTH).putInt(28, i).array();
            APIKey key = key(i).toBuilder().hash(SHA256.ofHashed(hash)).build();
            keys.add(key);
            put(key);
        }
        assertThat(keys).allSatisfy(key -> assertThat(store.find(key.hash())).isEqualTo(key));
        byte[] other = ByteBuffer.allocate(SHA256.LENGTH).putInt(28, 1000).array();
        assertThat(store.find(SHA256.ofHashed(other))).isNull();
    }

    @Test
    void a_key_is_never_missed_while_others_come_and_go() throws Exception {
        APIKey stays = key(0);
        put(stays);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Boolean>> readers = List.of(
                    threads.submit(() -> alwaysThere(() -> store.find(stays.hash()) != null, done)),
                    threads.submit(() -> alwaysThere(() -> store.get(stays.id()) != null, done)));
            for (int round = 0; round < 30; round++) {
                for (int i = 1; i < 1000; i++) {
                    put(key(i));
                    store.touch(stays.id(), START.plusMillis(1000L * round + i));
                }
                for (int i = 1; i < 1000; i++) {
                    store.delete(key(i).id(), NOTE);
                }
            }
            done.set(true);
            for (Future<Boolean> reader : readers) {
                assertThat(reader.get(60, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            done.set(true);
            threads.shutdown();
        }
    }

    private interface Look {
        boolean isThere();
    }

    private static boolean alwaysThere(Look look, AtomicBoolean done) {
        while (!done.get()) {
            if (!look.isThere()) {
                return false;
            }
        }
        return true;
    }

    /** Memory is bounded: the oldest records make room. */
    @Test
    void the_audit_keeps_the_latest_records() {
        AuditLog log = new AuditLog(3);
        assertThat(log.list(null, Long.MAX_VALUE, 10)).isEmpty();
        for (int i = 0; i < 8; i++) {
            log.add(NOTE, AuditAction.ISSUE, key(i));
            assertThat(log.list(null, Long.MAX_VALUE, 10))
                    .extracting(AuditRecord::number)
                    .containsExactlyElementsOf(LongStream.iterate(i, n -> n - 1)
                            .limit(Math.min(i + 1, 3))
                            .boxed()
                            .toList());
        }
        assertThat(log.list(null, 7, 10)).extracting(AuditRecord::number).containsExactly(6L, 5L);
        assertThat(log.list(null, 7, 1)).extracting(AuditRecord::number).containsExactly(6L);
        assertThat(log.list(null, 5, 10)).isEmpty();
        assertThat(log.list(null, Long.MIN_VALUE, 10)).isEmpty();
        assertThat(log.list("owner 6", Long.MAX_VALUE, 10))
                .extracting(AuditRecord::keyID)
                .containsExactly(key(6).id());
    }

    /** Changing scopes shares their sets as adding does. */
    @Test
    void keys_that_are_given_the_same_scopes_share_one_set_too() {
        put(key(0).toBuilder().scopes(List.of("a", "b")).build());
        put(key(1));
        store.change(key(1).id(), KeyChange.nothing().scopes(List.of("b", "a")), NOTE);
        assertThat(requireNonNull(store.get(key(1).id())).scopes())
                .isSameAs(requireNonNull(store.get(key(0).id())).scopes());
    }

    @Test
    void keys_with_the_same_scopes_share_one_set_of_them() {
        for (int i = 0; i < 10; i++) {
            put(key(i).toBuilder()
                    .scopes(List.of("catalog:" + "read", "holdings:read"))
                    .build());
        }
        APIKey first = requireNonNull(store.get(new UUID(0, 0)));
        APIKey second = requireNonNull(store.get(new UUID(0, 1)));
        assertThat(first.scopes()).isSameAs(second.scopes());
        for (int i = 10; i < 3000; i++) {
            put(key(i).toBuilder().scopes(List.of("scope:" + i)).build());
        }
        APIKey last = requireNonNull(store.get(new UUID(0, 2999)));
        assertThat(last.scopes())
                .as("also when there are too many sets to share")
                .containsExactly("scope:2999");
    }
}
