package dev.portcullis.auth.apikey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
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
import org.junit.jupiter.api.Test;

/** What is this store's own; what it shares with every store is in the test kit's contract. */
class InMemoryAPIKeyStoreTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final AuditNote NOTE = Actor.APPLICATION.at(START, AuditAction.ISSUE);

    private final InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();

    private void put(APIKey key) {
        assertThat(store.add(key, AddTerms.any(), NOTE)).isEqualTo(new AddResult.Added());
    }

    private static APIKey key(long number) {
        return APIKey.builder()
                .id(new UUID(0, number))
                .hash(SHA256.of(SecretText.of("key " + number)))
                .owner("owner")
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
            APIKey key = key(random.nextInt(500));
            step(random.nextInt(4), key, expected, seed);
            assertThat(store.get(key.id())).as("seed %d", seed).isEqualTo(expected.get(number(key)));
            assertThat(store.find(key.hash())).as("seed %d", seed).isEqualTo(expected.get(number(key)));
        }
        for (long number = 0; number < 500; number++) {
            assertThat(store.find(key(number).hash())).as("seed %d", seed).isEqualTo(expected.get(number));
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
