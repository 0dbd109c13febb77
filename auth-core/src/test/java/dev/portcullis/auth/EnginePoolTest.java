package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EnginePoolTest {

    /** Knows whether somebody has it. */
    private static final class Engine {
        private final AtomicInteger holders = new AtomicInteger();
        private int uses;

        boolean use() {
            boolean alone = holders.incrementAndGet() == 1;
            int before = uses;
            Thread.onSpinWait();
            uses = before + 1;
            boolean undisturbed = uses == before + 1;
            return holders.decrementAndGet() == 0 && alone && undisturbed;
        }
    }

    @Test
    void an_engine_given_back_is_taken_again() {
        AtomicInteger made = new AtomicInteger();
        EnginePool<Integer> pool = new EnginePool<>(made::incrementAndGet);

        Integer first = pool.take();
        pool.giveBack(first);

        assertThat(pool.take()).isSameAs(first);
        assertThat(made).hasValue(1);
    }

    @Test
    void an_engine_that_is_out_is_not_taken_twice() {
        EnginePool<Object> pool = new EnginePool<>(Object::new);

        assertThat(pool.take()).isNotSameAs(pool.take());
    }

    @Test
    void an_engine_that_was_dropped_is_replaced() {
        AtomicInteger made = new AtomicInteger();
        EnginePool<Integer> pool = new EnginePool<>(made::incrementAndGet);
        for (int i = 1; i <= 100; i++) {
            assertThat(pool.take()).isEqualTo(i);
        }
    }

    /** What does not fit is dropped: a burst leaves no heap of engines behind. */
    @Test
    void one_thread_leaves_only_a_few_engines_behind() {
        AtomicInteger made = new AtomicInteger();
        EnginePool<Integer> pool = new EnginePool<>(made::incrementAndGet);
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            taken.add(pool.take());
        }
        taken.forEach(pool::giveBack);

        int kept = 0;
        while (pool.take() <= 1000) {
            kept++;
        }
        assertThat(kept).isBetween(1, 4);
    }

    /** Engines serve one thread at a time: a shared Signature would verify what it must not. */
    @Test
    void no_engine_is_ever_held_by_two_threads() throws Exception {
        int threads = 48;
        AtomicInteger made = new AtomicInteger();
        EnginePool<Engine> pool = new EnginePool<>(() -> {
            made.incrementAndGet();
            return new Engine();
        });
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Callable<Boolean> task = () -> {
                start.await(30, TimeUnit.SECONDS);
                boolean alone = true;
                for (int i = 0; i < 50_000; i++) {
                    Engine one = pool.take();
                    Engine other = i % 3 == 0 ? pool.take() : null;
                    alone &= one != other && one.use();
                    if (other != null) {
                        alone &= other.use();
                        pool.giveBack(other);
                    }
                    pool.giveBack(one);
                }
                return alone;
            };
            for (Future<Boolean> alone : executor.invokeAll(Collections.nCopies(threads, task))) {
                assertThat(alone.get()).as("held by one thread alone").isTrue();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(made).as("engines are used again").hasValueLessThan(threads * 50_000 / 10);
    }
}
