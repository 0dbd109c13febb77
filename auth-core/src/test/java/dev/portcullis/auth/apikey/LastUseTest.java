package dev.portcullis.auth.apikey;

import static dev.portcullis.auth.apikey.HeadersOnly.bearer;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.LastUseRecorder;
import dev.portcullis.auth.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Contract section 4: "{@code last_used_at} is written off the request's path, at most once a minute for a key"; and
 * the first use is never lost.
 */
class LastUseTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration NEVER = Duration.ofDays(1);

    private volatile Instant now = START;
    private final WatchedStore store = new WatchedStore();
    private final APIKeys keys = APIKeys.builder()
            .store(store)
            .maximumKeys(100_000)
            .clock(() -> START)
            .build();

    /** Its own thread never gets a turn, so that a test decides when notes are taken to the store. */
    private LastUseRecorder<APIKey> recorder = recorder(1000);

    @AfterEach
    void close() {
        recorder.close();
    }

    private LastUseRecorder<APIKey> recorder(int mostWaiting) {
        return recorder(() -> now, mostWaiting, NEVER);
    }

    private LastUseRecorder<APIKey> recorder(InstantSource clock, int mostWaiting, Duration turn) {
        return LastUseRecorder.start(
                "API keys",
                new LastUseRecorder.Uses<>(APIKey::id, APIKey::lastUse, store::touch),
                clock,
                new LastUseRecorder.Limits(mostWaiting, turn, Duration.ofMillis(500)));
    }

    private APIKey key() {
        return keys.issue("owner", "name", Environment.LIVE, Set.of(), null).key();
    }

    private void used(APIKey key, Instant at) {
        now = at;
        recorder.used(stored(key));
    }

    private APIKey stored(APIKey key) {
        return requireNonNull(store.memory.get(key.id()));
    }

    private List<Instant> written() {
        return store.touches.stream().map(WatchedStore.Touch::at).toList();
    }

    @Test
    void a_use_is_written_by_another_thread_without_anybody_asking() {
        String key =
                keys.issue("owner", "name", Environment.LIVE, Set.of(), null).plaintext();
        try (APIKeyAuthentication method = APIKeyAuthentication.builder()
                .store(store)
                .clock(() -> START.plusSeconds(5))
                .build()) {
            assertThat(method.authenticate(bearer(key))).isInstanceOf(Outcome.Authenticated.class);
            await().until(() -> !store.touches.isEmpty());
        }
        assertThat(written()).containsExactly(START.plusSeconds(5));
        assertThat(store.touches.get(0).by()).isNotEqualTo(Thread.currentThread());
        assertThat(store.touches.get(0).by().isDaemon()).isTrue();
    }

    @Test
    void a_store_that_takes_its_time_holds_up_no_request() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        store.beforeTouch = id -> {
            inside.countDown();
            awaitQuietly(release);
        };
        String key =
                keys.issue("owner", "name", Environment.LIVE, Set.of(), null).plaintext();
        try (APIKeyAuthentication method =
                APIKeyAuthentication.builder().store(store).clock(() -> START).build()) {
            method.authenticate(bearer(key));
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 1000; i++) {
                assertThat(method.authenticate(bearer(key))).isInstanceOf(Outcome.Authenticated.class);
            }
            assertThat(store.touches).isEmpty();
            release.countDown();
        }
        assertThat(written()).containsExactly(START);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void uses_within_a_minute_are_written_once() {
        APIKey key = key();
        for (Instant at : List.of(START, START.plusSeconds(1), START.plusMillis(59_999))) {
            used(key, at);
            recorder.flush();
        }
        assertThat(written()).containsExactly(START);
        used(key, START.plusSeconds(60));
        recorder.flush();
        assertThat(written()).containsExactly(START, START.plusSeconds(60));
        assertThat(stored(key).lastUsedAt()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void a_store_that_answers_from_an_old_copy_is_written_to_once_a_minute_all_the_same() {
        APIKey neverUsed = key();
        for (int second = 0; second < 180; second++) {
            now = START.plusSeconds(second);
            recorder.used(neverUsed);
            recorder.flush();
        }
        assertThat(written()).containsExactly(START, START.plusSeconds(60), START.plusSeconds(120));
    }

    @Test
    void by_the_systems_own_clock_too_uses_are_written_once_a_minute() {
        recorder.close();
        recorder = recorder(InstantSource.system(), 1000, NEVER);
        APIKey fresh = key();
        APIKey recent = key();
        APIKey due = key();
        Instant start = Instant.now();
        store.memory.touch(recent.id(), start.minusSeconds(30));
        store.memory.touch(due.id(), start.minusSeconds(61));
        for (int i = 0; i < 3; i++) {
            List.of(fresh, recent, due).forEach(key -> recorder.used(stored(key)));
            recorder.flush();
        }
        assertThat(store.touches).extracting(WatchedStore.Touch::id).containsExactlyInAnyOrder(fresh.id(), due.id());
        assertThat(written()).allSatisfy(at -> assertThat(at).isBetween(start.minusMillis(1), Instant.now()));
    }

    @Test
    void by_the_systems_own_clock_a_key_becomes_due_by_itself() {
        recorder.close();
        recorder = recorder(InstantSource.system(), 1000, Duration.ofMillis(1));
        APIKey key = key();
        Instant start = Instant.now();
        store.memory.touch(key.id(), start.minusMillis(59_700));
        await().until(() -> {
            recorder.used(stored(key));
            return !store.touches.isEmpty();
        });
        assertThat(written().get(0)).isBetween(start.plusMillis(299), Instant.now());
    }

    @Test
    void a_clock_that_is_put_back_moves_no_last_use_back() {
        APIKey key = key();
        used(key, START);
        recorder.flush();
        used(key, START.minusSeconds(3600));
        recorder.flush();
        assertThat(stored(key).lastUsedAt()).isEqualTo(START);
    }

    @Test
    void every_first_use_finds_room_and_later_uses_do_while_there_is_some() {
        recorder.close();
        recorder = recorder(2);
        APIKey old = key();
        store.memory.touch(old.id(), START.minusSeconds(3600));
        List<APIKey> fresh = List.of(key(), key(), key(), key());
        fresh.forEach(key -> used(key, START));
        used(old, START);
        recorder.flush();
        fresh.forEach(key -> assertThat(stored(key).lastUsedAt()).isEqualTo(START));
        assertThat(stored(old).lastUsedAt()).isEqualTo(START.minusSeconds(3600));
        used(old, START);
        recorder.flush();
        assertThat(stored(old).lastUsedAt()).isEqualTo(START);
    }

    @Test
    void what_a_failing_store_does_not_take_is_kept_and_tried_again() {
        APIKey key = key();
        store.down = true;
        used(key, START);
        recorder.flush();
        used(key, START.plusSeconds(30));
        recorder.flush();
        used(key, START.plusSeconds(90));
        recorder.flush();
        assertThat(written()).isEmpty();
        store.down = false;
        recorder.flush();
        assertThat(written()).as("the latest that was noted").containsExactly(START.plusSeconds(90));
        recorder.flush();
        assertThat(written()).hasSize(1);
    }

    @Test
    void a_store_whose_checked_exceptions_are_unannounced_does_not_end_the_writing() {
        APIKey key = key();
        used(key, START);
        store.unannounced = true;
        recorder.flush();
        assertThat(store.touches).isEmpty();
        store.unannounced = false;
        recorder.flush();
        assertThat(written()).containsExactly(START);
    }

    @Test
    void a_failing_store_fails_no_request() {
        String key =
                keys.issue("owner", "name", Environment.LIVE, Set.of(), null).plaintext();
        store.beforeTouch = id -> {
            throw new IllegalStateException("broken");
        };
        try (APIKeyAuthentication method =
                APIKeyAuthentication.builder().store(store).clock(() -> START).build()) {
            for (int i = 0; i < 10; i++) {
                assertThat(method.authenticate(bearer(key))).isInstanceOf(Outcome.Authenticated.class);
                method.flush();
            }
            store.beforeTouch = id -> {};
        }
        assertThat(written()).containsExactly(START);
    }

    @Test
    void a_store_that_is_down_is_not_asked_for_every_key() {
        for (int i = 0; i < 100; i++) {
            used(key(), START);
        }
        store.down = true;
        recorder.flush();
        assertThat(store.tries).hasValue(8);
        store.down = false;
        recorder.flush();
        assertThat(written()).hasSize(100);
    }

    @Test
    void one_key_that_cannot_be_written_does_not_keep_back_the_others() {
        List<APIKey> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(key());
        }
        UUID bad = all.get(50).id();
        store.beforeTouch = id -> {
            if (id.equals(bad)) {
                throw new StackOverflowError("an Error, too");
            }
        };
        all.forEach(key -> used(key, START));
        recorder.flush();
        assertThat(written()).hasSize(99);
        store.beforeTouch = id -> {};
        recorder.flush();
        assertThat(written()).hasSize(100);
    }

    @Test
    void a_use_during_the_write_of_an_earlier_one_is_not_lost() {
        APIKey neverUsed = key();
        store.beforeTouch = id -> {
            store.beforeTouch = again -> {};
            now = START.plusSeconds(61);
            recorder.used(neverUsed);
        };
        recorder.used(neverUsed);
        recorder.flush();
        recorder.flush();
        assertThat(written()).containsExactly(START, START.plusSeconds(61));
    }

    @Test
    void closing_writes_what_waits_and_then_nothing_is_noted_any_more() {
        APIKey key = key();
        APIKey late = key();
        used(key, START);
        recorder.close();
        assertThat(written()).containsExactly(START);
        used(late, START);
        recorder.close();
        recorder.flush();
        assertThat(written()).hasSize(1);
    }

    @Test
    void closing_is_patient_with_a_store_that_fails_for_a_moment() {
        AtomicInteger failures = new AtomicInteger(2);
        store.beforeTouch = id -> {
            if (failures.getAndDecrement() > 0) {
                throw WatchedStore.outage();
            }
        };
        used(key(), START);
        recorder.close();
        assertThat(written()).containsExactly(START);
    }

    @Test
    void closing_goes_on_without_a_store_that_hangs() {
        CountDownLatch release = new CountDownLatch(1);
        store.beforeTouch = id -> awaitQuietly(release);
        used(key(), START);
        recorder.close();
        assertThat(written()).isEmpty();
        release.countDown();
        await().until(() -> written().size() == 1);
    }

    @Test
    void a_store_that_interrupts_its_thread_does_not_end_it() {
        recorder.close();
        recorder = recorder(() -> now, 1000, Duration.ofMillis(1));
        store.beforeTouch = id -> Thread.currentThread().interrupt();
        used(key(), START);
        await().until(() -> written().size() == 1);
        used(key(), START);
        await().until(() -> written().size() == 2);
    }

    @Test
    void only_keys_that_were_let_in_count_as_used() {
        IssuedAPIKey revoked = keys.issue("owner", "name", Environment.LIVE, Set.of(), null);
        keys.revoke(revoked.key().id());
        IssuedAPIKey expired = keys.issue("owner", "name", Environment.LIVE, Set.of(), START.plusSeconds(1));
        try (APIKeyAuthentication method = APIKeyAuthentication.builder()
                .store(store)
                .clock(() -> START.plusSeconds(1))
                .build()) {
            method.authenticate(bearer(revoked.plaintext()));
            method.authenticate(bearer(expired.plaintext()));
        }
        assertThat(written()).isEmpty();
    }

    @Test
    void first_uses_by_many_threads_at_once_are_all_written() throws Exception {
        recorder.close();
        recorder = recorder(() -> now, 10, Duration.ofMillis(1));
        List<APIKey> all = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            all.add(key());
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                done.add(threads.submit(() -> all.forEach(key -> used(key, START))));
            }
            for (Future<?> each : done) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdown();
        }
        recorder.close();
        assertThat(all).allSatisfy(key -> assertThat(stored(key).lastUsedAt()).isEqualTo(START));
        assertThat(written()).as("each once").hasSize(5000);
    }
}
