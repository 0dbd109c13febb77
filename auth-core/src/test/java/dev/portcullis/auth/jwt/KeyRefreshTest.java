package dev.portcullis.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When keys are fetched and who waits, with the clock, the threads and the issuer in the test's hand. */
@Timeout(60)
class KeyRefreshTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long LIFETIME = 300 * SECOND;
    private static final long STALENESS = 86_400 * SECOND;
    private static final long COOLDOWN = 30 * SECOND;

    private static KeySet a;
    private static KeySet ab;
    private static KeySet b;

    /** Far from zero, and across the overflow of the clock. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10 * SECOND);

    private final LogFixture log = new LogFixture();
    private final ExecutorService requests = Executors.newCachedThreadPool();
    private final List<Runnable> queued = new ArrayList<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile KeyDownload<KeySet> issuer =
            previous -> new KeyDownload.Downloaded<>(a, Duration.ofNanos(LIFETIME));
    private volatile boolean inBackground;

    private final KeyRefresh<KeySet, SigningKey> keys = refresh(128);

    @BeforeAll
    static void makeSets() throws Exception {
        KeySetReader reader = new KeySetReader(100_000, 100, null);
        a = reader.read(KeyFixture.set(KeyFixture.jwk("a")).getBytes(StandardCharsets.UTF_8), null);
        ab = reader.read(
                KeyFixture.set(KeyFixture.jwk("a"), KeyFixture.jwk("b")).getBytes(StandardCharsets.UTF_8), a);
        b = reader.read(KeyFixture.set(KeyFixture.jwk("b")).getBytes(StandardCharsets.UTF_8), ab);
    }

    private KeyRefresh<KeySet, SigningKey> refresh(int waiters) {
        return new KeyRefresh<>(this::download, this::execute, limits(waiters), clock::get);
    }

    /** The time-out is so long that whoever waits where nobody should is noticed. */
    private static KeyRefresh.Limits limits(int waiters) {
        return new KeyRefresh.Limits(3600 * SECOND, COOLDOWN, STALENESS, waiters);
    }

    private KeyDownload.Downloaded<KeySet> download(@Nullable KeySet previous)
            throws FetchFailedException, InterruptedException {
        fetches.incrementAndGet();
        return issuer.get(previous);
    }

    /** On the very thread that asks, unless the test wants to decide when. */
    private void execute(Runnable fetch) {
        if (inBackground) {
            queued.add(fetch);
        } else {
            fetch.run();
        }
    }

    private void runFetch() {
        queued.remove(0).run();
    }

    private void issues(KeySet set) {
        issuer = previous -> new KeyDownload.Downloaded<>(set, Duration.ofNanos(LIFETIME));
    }

    private void fails() {
        issuer = previous -> {
            throw new FetchFailedException("was answered with status 500");
        };
    }

    private void pass(long nanos) {
        clock.addAndGet(nanos);
    }

    @AfterEach
    void end() throws InterruptedException {
        requests.shutdownNow();
        assertThat(requests.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        log.close();
    }

    private static void assertUnavailable(Callable<?> request, long retryAfterSeconds) {
        assertThatThrownBy(request::call).isInstanceOfSatisfying(AuthUnavailableException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.SIGNING_KEYS_UNAVAILABLE);
            assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(retryAfterSeconds));
        });
    }

    // Freshness

    @Test
    void fresh_keys_are_not_fetched_again() {
        keys.start();
        for (int i = 0; i < 239; i++) {
            assertThat(keys.current()).isSameAs(a);
            pass(SECOND);
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void a_fetch_starts_behind_the_requests_when_four_fifths_of_the_time_have_passed() {
        keys.start();
        inBackground = true;
        issues(ab);
        pass(LIFETIME / 5 * 4 - 1);
        keys.current();
        assertThat(queued).isEmpty();
        pass(1);
        assertThat(keys.current()).isSameAs(a);
        assertThat(keys.current()).isSameAs(a);
        assertThat(queued).as("one, and nobody waits for it").hasSize(1);
        runFetch();
        assertThat(keys.current()).isSameAs(ab);
        pass(LIFETIME / 5 * 4 - 1);
        keys.current();
        assertThat(queued).isEmpty();
    }

    @Test
    void a_request_after_an_idle_time_waits_and_sees_what_is_published_now() {
        keys.start();
        issues(b);
        pass(LIFETIME);
        assertThat(keys.current()).isSameAs(b);
        assertThat(keys.find("a")).as("withdrawn").isNull();
    }

    @Test
    void just_before_the_end_of_its_time_a_set_is_served_without_waiting() {
        keys.start();
        inBackground = true;
        pass(LIFETIME - 1);
        assertThat(keys.current()).isSameAs(a);
        assertThat(queued).hasSize(1);
    }

    @Test
    void requests_after_an_idle_time_wait_for_one_fetch() throws Exception {
        KeyRefresh<KeySet, SigningKey> warm = threaded(128);
        assertThat(warm.current()).isSameAs(a);
        pass(LIFETIME);
        CountDownLatch answer = holdBack(b);
        List<Future<KeySet>> waiting = submit(20, warm::current);
        await().until(() -> fetches.get() == 2);
        assertThat(waiting).noneMatch(Future::isDone);
        answer.countDown();
        for (Future<KeySet> request : waiting) {
            assertThat(request.get()).isSameAs(b);
        }
        assertThat(fetches).hasValue(2);
    }

    /** From now on the issuer answers when the latch opens. */
    private CountDownLatch holdBack(KeySet set) {
        CountDownLatch answer = new CountDownLatch(1);
        issuer = previous -> {
            answer.await();
            return new KeyDownload.Downloaded<>(set, Duration.ofNanos(LIFETIME));
        };
        return answer;
    }

    /** One whose fetches run on threads of their own. */
    private KeyRefresh<KeySet, SigningKey> threaded(int waiters) {
        KeyRefresh<KeySet, SigningKey> threaded =
                new KeyRefresh<>(this::download, requests, limits(waiters), clock::get);
        int before = fetches.get();
        threaded.start();
        await().until(() -> fetches.get() > before);
        return threaded;
    }

    private <T> List<Future<T>> submit(int times, Callable<T> request) {
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            futures.add(requests.submit(request));
        }
        return futures;
    }

    /** A request that has read the old set before another request's fetch came in must not fetch once more. */
    @Test
    void a_request_that_was_overtaken_by_a_fetch_does_not_fetch_again() {
        AtomicReference<Runnable> overtaking = new AtomicReference<>(() -> {});
        KeyRefresh<KeySet, SigningKey> overtaken = new KeyRefresh<>(this::download, this::execute, limits(128), () -> {
            overtaking.getAndSet(() -> {}).run();
            return clock.get();
        });
        overtaken.start();
        issues(ab);
        pass(LIFETIME);
        overtaking.set(overtaken::current);
        assertThat(overtaken.current()).isSameAs(ab);
        assertThat(fetches).hasValue(2);
    }

    // The issuer is down

    @Test
    void without_any_fetch_that_succeeded_there_are_no_keys() {
        fails();
        keys.start();
        assertUnavailable(keys::current, 1);
        assertUnavailable(() -> keys.find("a"), 1);
        assertUnavailable(() -> keys.find(null), 1);
        assertThat(fetches).as("held back").hasValue(1);
    }

    @Test
    void attempts_without_keys_are_held_back_for_one_two_four_and_at_most_five_seconds() {
        fails();
        keys.start();
        int attempts = 1;
        for (long backoff : new long[] {1, 2, 4, 5, 5, 5}) {
            pass(backoff * SECOND - 1);
            assertUnavailable(keys::current, 1);
            assertThat(fetches).hasValue(attempts);
            pass(1);
            assertThatThrownBy(keys::current).isInstanceOf(AuthUnavailableException.class);
            assertThat(fetches).hasValue(++attempts);
        }
    }

    @Test
    void retry_after_is_the_time_until_the_next_attempt() {
        fails();
        keys.start();
        pass(SECOND);
        assertUnavailable(keys::current, 2);
        pass(2 * SECOND);
        assertUnavailable(keys::current, 4);
        pass(SECOND);
        assertUnavailable(keys::current, 3);
    }

    @Test
    void attempts_with_keys_are_held_back_up_to_the_cooldown_and_nobody_waits() {
        keys.start();
        fails();
        pass(LIFETIME);
        assertThat(keys.current()).isSameAs(a);
        inBackground = true;
        for (long backoff : new long[] {1, 2, 4, 8, 16, 30, 30}) {
            pass(backoff * SECOND - 1);
            assertThat(keys.current()).isSameAs(a);
            assertThat(queued).isEmpty();
            pass(1);
            assertThat(keys.current()).isSameAs(a);
            assertThat(queued).hasSize(1);
            runFetch();
        }
    }

    @Test
    void the_issuers_return_is_noticed_and_ends_the_backoff() {
        fails();
        keys.start();
        issues(a);
        pass(SECOND);
        assertThat(keys.current()).isSameAs(a);
        assertThat(log.at(Level.INFO)).containsExactly("The key set is there again, with 1 usable keys");
        fails();
        pass(LIFETIME);
        keys.current();
        issues(b);
        pass(SECOND);
        assertThat(keys.current()).as("one second again, not two").isSameAs(b);
    }

    /** Contract: "no usable JWKS: never fetched, or older than the allowed staleness". */
    @Test
    void known_keys_go_on_until_they_are_older_than_the_maximum_staleness() {
        keys.start();
        SigningKey known = a.find("a");
        fails();
        pass(STALENESS);
        assertThat(keys.current()).isSameAs(a);
        assertThat(keys.find("a")).isSameAs(known);
        pass(1);
        assertUnavailable(keys::current, 1);
        assertUnavailable(() -> keys.find("a"), 1);
        issues(a);
        pass(SECOND);
        assertThat(keys.find("a")).isSameAs(known);
    }

    @Test
    void staleness_is_measured_from_the_last_fetch_that_succeeded() {
        keys.start();
        pass(STALENESS);
        assertThat(keys.current()).isSameAs(a);
        assertThat(fetches).hasValue(2);
        fails();
        pass(STALENESS);
        assertThat(keys.current()).isSameAs(a);
        pass(1);
        assertThatThrownBy(keys::current).isInstanceOf(AuthUnavailableException.class);
    }

    @Test
    void failures_are_told_at_the_first_second_fourth_and_eighth_time() {
        fails();
        keys.start();
        for (int i = 1; i < 10; i++) {
            pass(5 * SECOND);
            assertThatThrownBy(keys::current).isInstanceOf(AuthUnavailableException.class);
        }
        assertThat(log.warnings()).hasSize(4);
        assertThat(log.warnings().get(3))
                .isEqualTo("The key set was answered with status 500; failed fetches in a row: 8;"
                        + " keys to go on with: 0");
    }

    @Test
    void an_unforeseen_exception_is_a_failed_fetch_and_nothing_hangs() {
        issuer = previous -> {
            throw new StackOverflowError("unforeseen");
        };
        keys.start();
        assertUnavailable(keys::current, 1);
        assertThat(fetches).as("attempts are held back").hasValue(1);
        issuer = previous -> {
            throw new InterruptedException();
        };
        pass(SECOND);
        assertUnavailable(keys::current, 2);
        assertThat(fetches).as("they are held back for longer").hasValue(2);
        issues(a);
        pass(2 * SECOND);
        assertThat(keys.current()).isSameAs(a);
    }

    @Test
    void a_closed_source_goes_on_with_the_keys_at_hand() {
        AtomicInteger rejected = new AtomicInteger();
        KeyRefresh<KeySet, SigningKey> closed = new KeyRefresh<>(
                this::download,
                fetch -> {
                    if (rejected.getAndIncrement() > 0) {
                        throw new RejectedExecutionException("closed");
                    }
                    fetch.run();
                },
                limits(128),
                clock::get);
        closed.start();
        pass(LIFETIME);
        assertThat(closed.current()).isSameAs(a);
        pass(STALENESS);
        assertUnavailable(closed::current, 1);
    }

    // Waiting

    @Test
    void those_who_wait_for_a_cold_source_share_one_fetch() throws Exception {
        CountDownLatch answer = holdBack(a);
        KeyRefresh<KeySet, SigningKey> cold = threaded(128);
        List<Future<Boolean>> waiting = submit(100, () -> cold.find("a") == a.find("a"));
        answer.countDown();
        for (Future<Boolean> request : waiting) {
            assertThat(request.get()).isTrue();
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void more_than_the_allowed_number_of_threads_do_not_wait() throws Exception {
        CountDownLatch answer = holdBack(a);
        KeyRefresh<KeySet, SigningKey> cold = threaded(5);
        List<Future<KeySet>> waiting = submit(50, cold::current);
        await().until(() -> waiting.stream().filter(Future::isDone).count() == 45);
        answer.countDown();
        int served = 0;
        for (Future<KeySet> request : waiting) {
            try {
                assertThat(request.get()).isSameAs(a);
                served++;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(AuthUnavailableException.class);
            }
        }
        assertThat(served).isEqualTo(5);
    }

    @Test
    void who_finds_no_place_to_wait_goes_on_with_old_keys() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        KeyRefresh<KeySet, SigningKey> warm = threaded(1);
        assertThat(warm.current()).isSameAs(a);
        issuer = previous -> {
            answer.await();
            return new KeyDownload.Downloaded<>(b, Duration.ofNanos(LIFETIME));
        };
        pass(LIFETIME);
        List<Future<KeySet>> waiting = submit(10, warm::current);
        await().until(() -> waiting.stream().filter(Future::isDone).count() == 9);
        answer.countDown();
        await().until(() -> waiting.stream().allMatch(Future::isDone));
        List<KeySet> served = new ArrayList<>();
        for (Future<KeySet> request : waiting) {
            served.add(request.get());
        }
        assertThat(served).containsOnly(a, b).filteredOn(set -> set == b).hasSize(1);
    }

    @Test
    void an_interrupted_thread_is_answered_and_stays_interrupted() {
        CountDownLatch answer = holdBack(a);
        KeyRefresh<KeySet, SigningKey> cold = threaded(128);
        Thread.currentThread().interrupt();
        assertUnavailable(cold::current, 1);
        assertThat(Thread.interrupted()).isTrue();
        answer.countDown();
    }

    /** A fetch is to end by itself; one that cannot (a resolver that hangs) must not hold anyone longer. */
    @Test
    void nobody_waits_for_a_fetch_that_is_past_its_time() {
        holdBack(a);
        KeyRefresh.Limits brief = new KeyRefresh.Limits(SECOND / 100, COOLDOWN, STALENESS, 128);
        KeyRefresh<KeySet, SigningKey> cold = new KeyRefresh<>(this::download, requests, brief, clock::get);
        cold.start();
        assertUnavailable(cold::current, 1);
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertUnavailable(cold::current, 1);
        }
        assertThat(System.nanoTime() - start).isLessThan(10 * SECOND);
        assertThat(fetches).hasValue(1);
    }

    // Unknown keys

    @Test
    void a_key_that_was_just_published_is_found_by_one_fetch() {
        keys.start();
        issues(ab);
        assertThat(keys.find("b")).isSameAs(ab.find("b"));
        assertThat(fetches).hasValue(2);
    }

    @Test
    void unknown_keys_cause_one_fetch_in_a_cooldown() {
        keys.start();
        for (int i = 0; i < 200; i++) {
            assertThat(keys.find("random-" + i)).isNull();
        }
        assertThat(fetches).hasValue(2);
        pass(COOLDOWN - 1);
        assertThat(keys.find("x")).isNull();
        assertThat(fetches).hasValue(2);
        pass(1);
        assertThat(keys.find("y")).isNull();
        assertThat(fetches).hasValue(3);
    }

    /** "claimed before the fetch, and held when the fetch fails". */
    @Test
    void the_cooldown_is_held_when_the_fetch_fails() {
        keys.start();
        fails();
        assertUnavailable(() -> keys.find("b"), 30);
        assertThat(fetches).hasValue(2);
        issues(ab);
        pass(COOLDOWN - SECOND);
        assertUnavailable(() -> keys.find("b"), 1);
        pass(SECOND - 1);
        assertUnavailable(() -> keys.find("b"), 1);
        assertThat(fetches).hasValue(2);
        pass(1);
        assertThat(keys.find("b")).isSameAs(ab.find("b"));
    }

    @Test
    void while_attempts_are_held_back_an_unknown_key_does_not_claim_the_cooldown() {
        keys.start();
        fails();
        pass(LIFETIME);
        keys.current();
        assertUnavailable(() -> keys.find("b"), 1);
        issues(ab);
        pass(SECOND);
        assertThat(keys.find("b")).isSameAs(ab.find("b"));
    }

    /** Contract: "The server's own trouble is never reported as the client's bad token." */
    @Test
    void whether_an_unknown_key_is_published_cannot_be_told_while_the_issuer_is_down() {
        keys.start();
        assertThat(keys.find("b")).as("not published").isNull();
        fails();
        pass(COOLDOWN);
        assertUnavailable(() -> keys.find("b"), 30);
        assertThat(keys.find("a")).as("known keys go on").isSameAs(a.find("a"));
        assertThat(keys.find(null)).as("so does the only one").isSameAs(a.find("a"));
        issues(a);
        pass(COOLDOWN);
        assertThat(keys.find("b")).as("not published, again").isNull();
    }

    @Test
    void concurrent_requests_for_unknown_keys_share_one_fetch() throws Exception {
        KeyRefresh<KeySet, SigningKey> warm = threaded(500);
        assertThat(warm.current()).isSameAs(a);
        CountDownLatch answer = holdBack(ab);
        List<Future<Boolean>> waiting = submit(100, () -> warm.find("b") == ab.find("b"));
        AtomicInteger number = new AtomicInteger();
        waiting.addAll(submit(100, () -> warm.find("random-" + number.incrementAndGet()) == null));
        await().until(() -> fetches.get() == 2);
        answer.countDown();
        for (Future<Boolean> request : waiting) {
            assertThat(request.get()).isTrue();
        }
        assertThat(fetches).hasValue(2);
    }

    @Test
    void a_fetch_under_way_serves_unknown_keys_too_and_leaves_the_cooldown_alone() throws Exception {
        KeyRefresh<KeySet, SigningKey> warm = threaded(128);
        assertThat(warm.current()).isSameAs(a);
        CountDownLatch answer = holdBack(a);
        pass(LIFETIME / 5 * 4);
        assertThat(warm.current()).isSameAs(a);
        AtomicReference<@Nullable SigningKey> found = new AtomicReference<>(a.find("a"));
        Thread waiting = new Thread(() -> found.set(warm.find("b")));
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        answer.countDown();
        waiting.join();
        assertThat(found).hasValue(null);
        assertThat(fetches).hasValue(2);
        issues(ab);
        assertThat(warm.find("b")).isSameAs(ab.find("b"));
    }

    @Test
    void known_keys_are_found_while_a_fetch_for_an_unknown_one_hangs() {
        keys.start();
        inBackground = true;
        CountDownLatch asked = new CountDownLatch(1);
        Future<@Nullable SigningKey> unknown = requests.submit(() -> {
            asked.countDown();
            return keys.find("b");
        });
        await().until(() -> !queued.isEmpty());
        for (int i = 0; i < 1000; i++) {
            assertThat(keys.find("a")).isSameAs(a.find("a"));
        }
        assertThat(unknown).isNotDone();
        runFetch();
        await().until(unknown::isDone);
    }

    /** "Could not check" is 503: a key is unknown only if the set that was fetched for it does not hold it. */
    @Test
    void whether_a_key_is_unknown_is_not_told_before_the_fetch_has_ended() {
        KeyRefresh.Limits brief = new KeyRefresh.Limits(SECOND / 100, COOLDOWN, STALENESS, 128);
        KeyRefresh<KeySet, SigningKey> late = new KeyRefresh<>(this::download, this::execute, brief, clock::get);
        late.start();
        inBackground = true;
        assertUnavailable(() -> late.find("b"), 1);

        Thread.currentThread().interrupt();
        assertUnavailable(() -> late.find("b"), 1);
        assertThat(Thread.interrupted()).isTrue();

        inBackground = false;
        KeyRefresh<KeySet, SigningKey> crowded = refresh(0);
        crowded.start();
        assertUnavailable(() -> crowded.find("b"), 1);
    }

    @Test
    void who_has_waited_leaves_the_place_to_the_next() {
        KeyRefresh<KeySet, SigningKey> narrow = refresh(1);
        narrow.start();
        for (int i = 0; i < 3; i++) {
            pass(COOLDOWN);
            assertThat(narrow.find("b")).isNull();
        }
        assertThat(fetches).hasValue(4);
    }

    @Test
    void a_token_without_kid_never_causes_a_fetch() {
        issues(ab);
        keys.start();
        assertThat(keys.find(null)).isNull();
        assertThat(fetches).hasValue(1);
    }

    @Test
    void a_set_that_came_while_the_request_waited_is_not_fetched_again() {
        keys.start();
        pass(LIFETIME);
        assertThat(keys.find("unknown")).isNull();
        assertThat(fetches).hasValue(2);
    }

    // Listeners

    @Test
    void listeners_are_told_of_every_set_that_replaces_a_different_one() {
        List<KeySet> told = new ArrayList<>();
        keys.onChange(set -> {
            throw new IllegalStateException("a listener's own trouble");
        });
        keys.onChange(told::add);
        keys.start();
        assertThat(told).as("nothing was replaced").isEmpty();
        pass(LIFETIME);
        keys.current();
        assertThat(told).as("nothing has changed").isEmpty();
        issues(ab);
        pass(LIFETIME);
        assertThat(keys.current()).isSameAs(ab);
        fails();
        pass(LIFETIME);
        keys.current();
        issues(b);
        pass(LIFETIME);
        keys.current();
        assertThat(told).containsExactly(ab, b);
    }

    @Test
    void a_listener_that_asks_sees_the_new_set() {
        List<KeySet> seen = new ArrayList<>();
        keys.onChange(set -> seen.add(keys.current()));
        keys.start();
        issues(b);
        pass(LIFETIME);
        keys.current();
        assertThat(seen).containsExactly(b);
    }

    @Test
    void the_status_tells_what_is_at_hand_and_causes_no_fetch() {
        assertThat(keys.status()).isEqualTo(new KeyStatus(0, null, false, 0, 0, 0));
        fails();
        keys.start();
        assertThat(keys.status()).isEqualTo(new KeyStatus(0, null, false, 1, 1, 1));
        pass(6 * SECOND);
        issues(ab);
        keys.start();
        pass(2 * SECOND);
        assertThat(keys.status()).isEqualTo(new KeyStatus(2, Duration.ofSeconds(2), true, 2, 1, 0));
        pass(STALENESS);
        assertThat(keys.status().usable()).isFalse();
        assertThat(fetches).hasValue(2);
    }
}
