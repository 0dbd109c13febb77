package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.UnknownAllowance;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The small parts of the cache, each by itself. */
class CachePartsTest {

    @Test
    void a_stamp_outdates_what_was_read_before_it_and_nothing_read_after() {
        ChangeStamps stamps = new ChangeStamps();
        UUID id = new UUID(1, 2);
        int place = stamps.placeOf(id);
        long before = stamps.now();
        assertThat(stamps.isKeyUnchangedSince(before, place)).isTrue();
        stamps.keyChanged(id);
        assertThat(stamps.isKeyUnchangedSince(before, place)).isFalse();
        long after = stamps.now();
        assertThat(stamps.isKeyUnchangedSince(after, place)).isTrue();
        stamps.keyChanged(id);
        assertThat(stamps.isKeyUnchangedSince(after, place)).isFalse();
    }

    @Test
    void a_hash_has_a_place_apart_from_keys() {
        ChangeStamps stamps = new ChangeStamps();
        SHA256 hash = CacheFixture.newHash();
        long before = stamps.now();
        assertThat(stamps.isHashFreeSince(before, hash)).isTrue();
        for (int i = 0; i < 100_000; i++) {
            stamps.keyChanged(new UUID(7, i));
        }
        assertThat(stamps.isHashFreeSince(before, hash)).isTrue();
        stamps.hashTaken(hash);
        assertThat(stamps.isHashFreeSince(before, hash)).isFalse();
        assertThat(stamps.isHashFreeSince(stamps.now(), hash)).isTrue();
    }

    @Test
    void a_stamp_outdates_few_others() {
        ChangeStamps stamps = new ChangeStamps();
        long before = stamps.now();
        stamps.keyChanged(new UUID(7, 0));
        long outdated = IntStream.range(1, 100_000)
                .filter(i -> !stamps.isKeyUnchangedSince(before, stamps.placeOf(new UUID(7, i))))
                .count();
        assertThat(outdated).isLessThan(200);
    }

    @Test
    void a_stamp_of_a_hash_outdates_few_others() {
        ChangeStamps stamps = new ChangeStamps();
        long before = stamps.now();
        stamps.hashTaken(CacheFixture.newHash());
        long outdated = Stream.generate(CacheFixture::newHash)
                .limit(10_000)
                .filter(hash -> !stamps.isHashFreeSince(before, hash))
                .count();
        assertThat(outdated).isLessThan(50);
    }

    /** Of two at once the later tick stays, whichever thread is quicker. */
    @Test
    void stamps_at_once_lose_none() throws Exception {
        ChangeStamps stamps = new ChangeStamps();
        UUID id = new UUID(1, 2);
        int place = stamps.placeOf(id);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 5_000; round++) {
                Future<Boolean> one = threads.submit(() -> isOutdatedByStamp(stamps, id));
                Future<Boolean> two = threads.submit(() -> isOutdatedByStamp(stamps, id));
                assertThat(one.get(60, TimeUnit.SECONDS)).isTrue();
                assertThat(two.get(60, TimeUnit.SECONDS)).isTrue();
                assertThat(stamps.isKeyUnchangedSince(stamps.now(), place)).isTrue();
                assertThat(stamps.isKeyUnchangedSince(stamps.now() - 1, place)).isFalse();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean isOutdatedByStamp(ChangeStamps stamps, UUID id) {
        long before = stamps.now();
        stamps.keyChanged(id);
        return !stamps.isKeyUnchangedSince(before, stamps.placeOf(id));
    }

    @Test
    void what_is_overspent_is_waited_for() {
        long start = Long.MAX_VALUE - 10;
        UnknownAllowance allowance = new UnknownAllowance(2, start);
        long interval = 500_000_000;
        assertThat(allowance.isLeft(start)).isTrue();
        for (int i = 0; i < 5; i++) { // as many were under way at once
            allowance.spend(start);
        }
        assertThat(allowance.isLeft(start + 4 * interval - 1)).isFalse();
        assertThat(allowance.isLeft(start + 4 * interval)).isTrue();
        allowance.spend(start + 10 * interval);
        assertThat(allowance.isLeft(start + 10 * interval)).isTrue();
        allowance.spend(start + 10 * interval);
        assertThat(allowance.isLeft(start + 10 * interval)).isFalse();
    }

    @Test
    void a_counter_adds_up_what_one_thread_counts_and_about_what_many_do() throws Exception {
        HitCounter counter = new HitCounter();
        for (int i = 0; i < 1000; i++) {
            counter.increment();
        }
        assertThat(counter.sum()).isEqualTo(1000);
        for (int i = 0; i < 40; i++) {
            Thread thread = new Thread(counter::increment);
            thread.start();
            thread.join();
        }
        assertThat(counter.sum()).isEqualTo(1040);
    }

    @Test
    void a_note_is_about_one_key_and_one_time() {
        RecentNotes notes = new RecentNotes();
        APIKey key = CacheFixture.newKey();
        notes.add(key, 100);
        assertThat(notes.hasOneAfter(99, key)).isTrue();
        assertThat(notes.hasOneAfter(100, key)).isFalse();
        long others = IntStream.range(0, 50_000)
                .filter(i -> notes.hasOneAfter(0, CacheFixture.newKey()))
                .count();
        assertThat(others).isZero();
        notes.add(key, 200);
        assertThat(notes.hasOneAfter(199, key)).isTrue();
    }

    private static final Horizon.Limits LIMITS = new Horizon.Limits(
            Duration.ofMillis(50).toNanos(),
            Duration.ofHours(1).toNanos(),
            Duration.ofMillis(100).toNanos());

    /** By the system's clock: what is old is due at some time, and what is new is not. */
    @Test
    void a_thread_keeps_the_time() {
        try (Horizon horizon = Horizon.start(LIMITS, null)) {
            long asked = horizon.now();
            while (horizon.isFresh(asked)) {
                Thread.onSpinWait();
            }
            assertThat(horizon.now() - asked)
                    .isGreaterThan(Duration.ofMillis(37).toNanos());
            assertThat(horizon.isFresh(horizon.now())).isTrue();
        }
    }

    /** It keeps no application from ending, and nothing but closing ends it. */
    @Test
    void the_thread_that_keeps_the_time_ends_when_it_is_closed() throws Exception {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        Horizon horizon = Horizon.start(LIMITS, null);
        Thread keeper = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("portcullis-key-copies") && !others.contains(thread))
                .findAny()
                .orElseThrow();
        assertThat(keeper.isDaemon()).isTrue();
        keeper.interrupt();
        long asked = horizon.now();
        while (horizon.isFresh(asked) && keeper.isAlive()) {
            Thread.onSpinWait();
        }
        assertThat(keeper.isAlive()).isTrue();
        horizon.close();
        keeper.join(60_000);
        assertThat(keeper.isAlive()).isFalse();
    }

    @Test
    void the_time_is_read_when_nobody_keeps_it() {
        Horizon horizon = Horizon.start(LIMITS, null);
        horizon.close();
        horizon.close();
        assertThat(horizon.isFresh(horizon.now())).isTrue();
        assertThat(horizon.isFresh(horizon.now() - Duration.ofMillis(38).toNanos()))
                .isFalse();
    }

    /** A gap is in force at once, whatever the thread that keeps the time is about to say. */
    @Test
    void a_gap_needs_no_thread() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
        Horizon horizon = Horizon.start(LIMITS, nanos::get);
        horizon.follow(new ChangeNotices.Subscription() {
            @Override
            public long nanosBehind() {
                return 0;
            }

            @Override
            public void close() {}
        });
        long asked = nanos.get();
        nanos.addAndGet(100);
        assertThat(horizon.isFresh(asked)).isTrue();
        assertThat(horizon.isUsable(asked, nanos.get())).isTrue();
        horizon.gap();
        assertThat(horizon.isFresh(asked)).isFalse();
        assertThat(horizon.isUsable(asked, nanos.get())).isFalse();
        assertThat(horizon.isFresh(nanos.get())).isTrue();
    }
}
