package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is kept, what goes first, and that the bound holds whatever happens at once. */
class SecondChanceCacheTest {

    private final SecondChanceCache<String, Integer> cache = new SecondChanceCache<>(3);

    private void keep(String... keys) {
        for (String key : keys) {
            cache.keep(key, key.hashCode(), 1);
        }
    }

    private List<String> kept(String... keys) {
        List<String> kept = new ArrayList<>();
        for (String key : keys) {
            if (cache.find(key) != null) {
                kept.add(key);
            }
        }
        return kept;
    }

    @Test
    void what_was_kept_is_found_and_nothing_else() {
        keep("a", "b");
        assertThat(cache.find("a")).isEqualTo("a".hashCode());
        assertThat(cache.find("c")).isNull();
        assertThat(cache).hasToString("SecondChanceCache[2]");
    }

    @Test
    void a_thread_that_has_dropped_something_holds_up_no_other() {
        keep("a");
        cache.dropIf(value -> true);
        cache.drop("a");
        CompletableFuture.runAsync(() -> keep("b"))
                .orTimeout(1, TimeUnit.MINUTES)
                .join();
        assertThat(kept("a", "b")).containsExactly("b");
    }

    @Test
    void the_oldest_goes_first_when_none_was_used() {
        keep("a", "b", "c", "d");
        assertThat(kept("a", "b", "c", "d")).containsExactly("b", "c", "d");
    }

    @Test
    void what_was_used_is_spared_once() {
        keep("a", "b", "c");
        assertThat(cache.find("a")).isNotNull();
        keep("d");
        assertThat(cache.size()).isEqualTo(3);
        assertThat(kept("b")).isEmpty();
        keep("e");
        assertThat(kept("c")).isEmpty();
        keep("f");
        assertThat(kept("a")).isEmpty();
        assertThat(kept("d", "e", "f")).containsExactly("d", "e", "f");
    }

    @Test
    void when_all_were_used_the_oldest_goes() {
        keep("a", "b", "c");
        assertThat(kept("a", "b", "c")).hasSize(3);
        keep("d");
        assertThat(kept("a", "b", "c", "d")).containsExactly("b", "c", "d");
    }

    @Test
    void a_value_takes_the_place_of_an_older_one_of_its_key() {
        keep("a", "b", "c");
        cache.keep("a", 7, 1);
        assertThat(cache.find("a")).isEqualTo(7);
        assertThat(cache.size()).isEqualTo(3);
    }

    @Test
    void heavy_values_push_out_several_and_too_heavy_ones_are_not_kept() {
        keep("a", "b", "c");
        cache.keep("heavy", 1, 2);
        assertThat(kept("a", "b", "c", "heavy")).containsExactly("c", "heavy");
        cache.keep("too heavy", 1, 4);
        assertThat(kept("c", "heavy", "too heavy")).containsExactly("c", "heavy");
        cache.keep("c", 1, 4);
        assertThat(kept("c", "heavy")).containsExactly("heavy");
        keep("a");
        assertThat(kept("a", "heavy")).hasSize(2);
    }

    @Test
    void what_is_dropped_is_gone_and_its_room_is_free() {
        keep("a", "b", "c");
        cache.drop("b");
        cache.drop("never there");
        keep("d");
        assertThat(kept("a", "b", "c", "d")).containsExactly("a", "c", "d");
        cache.dropIf(value -> value != "c".hashCode());
        assertThat(kept("a", "b", "c", "d")).containsExactly("c");
        cache.dropIf(value -> true);
        assertThat(cache.size()).isZero();
        keep("e", "f", "g", "h");
        assertThat(kept("e", "f", "g", "h")).containsExactly("f", "g", "h");
    }

    /** A cache that lost count, or a link, would not be empty at the end, or keep nothing after it. */
    @Test
    void it_keeps_count_whatever_comes() {
        SplittableRandom random = new SplittableRandom(42);
        for (int round = 0; round < 200; round++) {
            SecondChanceCache<Integer, Integer> small = new SecondChanceCache<>(1 + random.nextInt(8));
            for (int step = 0; step < 300; step++) {
                int key = random.nextInt(12);
                switch (random.nextInt(8)) {
                    case 0 -> small.drop(key);
                    case 1 -> small.dropIf(value -> value == key);
                    case 2, 3 -> small.keep(key, key, 1 + random.nextInt(3));
                    default -> assertThat(small.find(key)).isIn(null, key);
                }
            }
            small.dropIf(value -> true);
            assertThat(small.size()).isZero();
            small.keep(1, 1, 1);
            assertThat(small.find(1)).isEqualTo(1);
        }
    }

    @Test
    void the_bound_holds_while_many_threads_read_and_write() throws InterruptedException, ExecutionException {
        SecondChanceCache<Integer, Integer> shared = new SecondChanceCache<>(50);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> running = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            SplittableRandom random = new SplittableRandom(t);
            running.add(threads.submit(() -> {
                for (int i = 0; i < 50_000; i++) {
                    int key = random.nextInt(200);
                    Integer found = shared.find(key);
                    assertThat(found).isIn(null, key);
                    if (found == null) {
                        shared.keep(key, key, 1);
                    } else if (random.nextInt(50) == 0) {
                        shared.drop(key);
                    }
                }
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        threads.shutdown();
        assertThat(shared.size()).isBetween(1, 50);
    }
}
