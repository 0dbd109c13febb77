package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.InMemoryChangeNotices;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The store throws, hangs, and comes back. */
class CachedKeyOutageTest {

    private static final int PATIENCE_SECONDS = 60;
    private static final Duration LIFETIME = Duration.ofSeconds(1);
    private static final Duration STALENESS = Duration.ofMinutes(1);

    private final CacheFixture given = new CacheFixture();
    private final WatchedStore store = given.store;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch healed = new CountDownLatch(1);
    private final CountDownLatch hanging = new CountDownLatch(1);

    @AfterEach
    void end() {
        healed.countDown();
        threads.shutdownNow();
    }

    private CachedAPIKeyStore cache() {
        return given.cache(settings -> settings.executor(Runnable::run));
    }

    private static void assertUnavailable(CachedAPIKeyStore cache, SHA256 hash) {
        assertThatThrownBy(() -> cache.find(hash))
                .isInstanceOfSatisfying(
                        AuthUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.API_KEY_STORE_UNAVAILABLE));
    }

    private void storeHangs() {
        store.beforeFind = () -> {
            hanging.countDown();
            await(healed);
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void copies_go_on_to_the_last_moment_of_the_staleness_and_then_nothing_can_be_told() {
        CachedAPIKeyStore cache = cache();
        APIKey key = given.stored();
        cache.find(key.hash());
        store.down = true;
        given.pass(STALENESS);
        assertThat(cache.find(key.hash())).isEqualTo(key);
        assertThat(cache.statistics().staleAnswers()).isOne();
        given.passNanos(1);
        assertUnavailable(cache, key.hash());
        assertUnavailable(cache, key.hash());
    }

    /** Each way of failing is an outage, also a checked exception that no signature names, and an error. */
    @Test
    void whatever_the_store_throws_is_an_outage() {
        CachedAPIKeyStore cache = cache();
        APIKey key = given.stored();
        cache.find(key.hash());
        given.pass(Duration.ofSeconds(2));
        store.broken = true;
        assertThat(cache.find(key.hash())).isEqualTo(key);
        assertUnavailable(cache, CacheFixture.newHash());
        store.broken = false;
        store.unannounced = true;
        given.pass(Duration.ofSeconds(2));
        assertThat(cache.find(key.hash())).isEqualTo(key);
        assertUnavailable(cache, CacheFixture.newHash());
        store.unannounced = false;
        store.beforeFind = () -> {
            throw new StackOverflowError();
        };
        given.pass(Duration.ofSeconds(2));
        assertThat(cache.find(key.hash())).isEqualTo(key);
        assertUnavailable(cache, CacheFixture.newHash());
        assertThat(cache.statistics().failures()).isEqualTo(6);
    }

    /** Or whoever looks into it would not know what happened. */
    @Test
    void what_the_store_threw_is_the_cause() {
        CachedAPIKeyStore cache = cache();
        store.broken = true;
        assertThatThrownBy(() -> cache.find(CacheFixture.newHash()))
                .isInstanceOf(AuthUnavailableException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    /** A key that was hashed anew may have a copy under each hash: the one that is not outdated counts. */
    @Test
    void of_two_copies_of_a_key_the_unchanged_one_goes_on() {
        CachedAPIKeyStore cache = cache();
        APIKey key = given.stored();
        SHA256 latest = CacheFixture.newHash();
        cache.find(key.hash());
        cache.rehash(key.id(), latest, 1);
        assertThat(cache.find(latest)).isNotNull();
        store.down = true;
        given.pass(Duration.ofSeconds(2));
        assertThat(cache.findAny(List.of(latest, key.hash()))).isNotNull();
        assertThat(cache.findAny(List.of(key.hash(), latest))).isNotNull();
    }

    @Test
    void a_new_key_cannot_be_checked_and_is_not_called_invalid() {
        CachedAPIKeyStore cache = cache();
        store.down = true;
        APIKey key = given.stored();
        assertUnavailable(cache, key.hash());
        assertUnavailable(cache, CacheFixture.newHash());
        store.down = false;
        assertThat(cache.find(key.hash())).isEqualTo(key);
    }

    /** That there was no such key is no answer any more when its time is over. */
    @Test
    void an_unknown_key_is_not_called_invalid_on_old_knowledge() {
        CachedAPIKeyStore cache = given.cache(settings -> settings.unknownLifetime(LIFETIME));
        SHA256 hash = CacheFixture.newHash();
        assertThat(cache.find(hash)).isNull();
        store.down = true;
        given.pass(LIFETIME);
        assertThat(cache.find(hash)).isNull();
        given.passNanos(1);
        assertUnavailable(cache, hash);
    }

    @Test
    void a_key_that_is_known_to_have_changed_is_not_let_in_by_its_old_copy() {
        InMemoryChangeNotices notices = new InMemoryChangeNotices();
        CachedAPIKeyStore cache =
                given.cache(settings -> settings.notices(notices).executor(Runnable::run));
        APIKey revoked = given.stored();
        APIKey changedElsewhere = given.stored();
        APIKey other = given.stored();
        List.of(revoked, changedElsewhere, other).forEach(key -> cache.find(key.hash()));
        cache.revoke(revoked.id(), CacheFixture.note(AuditAction.REVOKE));
        notices.changed(APIKeyStore.CHANGES, changedElsewhere.id().toString());
        store.down = true;
        assertUnavailable(cache, revoked.hash());
        assertUnavailable(cache, changedElsewhere.hash());
        assertThat(cache.find(other.hash())).isEqualTo(other);
        given.pass(Duration.ofSeconds(2));
        assertUnavailable(cache, revoked.hash());
        assertUnavailable(cache, revoked.hash());
    }

    /** After a gap anything may have changed; with the store away that is no more than it means anyway. */
    @Test
    void copies_go_on_after_a_gap() {
        InMemoryChangeNotices notices = new InMemoryChangeNotices();
        CachedAPIKeyStore cache =
                given.cache(settings -> settings.notices(notices).executor(Runnable::run));
        APIKey key = given.stored();
        cache.find(key.hash());
        store.down = true;
        given.passNanos(1);
        notices.anythingMayHaveChanged(APIKeyStore.CHANGES);
        assertThat(cache.find(key.hash())).isEqualTo(key);
        assertThat(cache.statistics().staleAnswers()).isOne();
        assertThat(store.finds).hasValue(2);
    }

    @Test
    void a_store_that_is_away_is_tried_once_a_second_for_a_key() {
        CachedAPIKeyStore cache = cache();
        APIKey key = given.stored();
        cache.find(key.hash());
        store.down = true;
        given.pass(Duration.ofSeconds(10));
        for (int i = 0; i < 100; i++) {
            assertThat(cache.find(key.hash())).isEqualTo(key);
        }
        assertThat(store.finds).hasValue(2);
        assertThat(cache.statistics().staleAnswers()).isEqualTo(100);
        assertThat(cache.statistics().misses()).isEqualTo(2);
        given.passNanos(999_999_999);
        cache.find(key.hash());
        assertThat(store.finds).hasValue(2);
        given.passNanos(1);
        cache.find(key.hash());
        cache.find(key.hash());
        assertThat(store.finds).hasValue(3);
    }

    /** Also while the copy still serves: it is due, and cannot be renewed. */
    @Test
    void a_renewal_that_fails_is_tried_once_a_second() {
        CachedAPIKeyStore cache = given.cache(
                settings -> settings.lifetime(Duration.ofSeconds(20)).executor(Runnable::run));
        APIKey key = given.stored();
        cache.find(key.hash());
        store.down = true;
        given.pass(Duration.ofSeconds(16));
        for (int i = 0; i < 100; i++) {
            assertThat(cache.find(key.hash())).isEqualTo(key);
        }
        assertThat(store.finds).hasValue(2);
        given.pass(Duration.ofSeconds(1));
        cache.find(key.hash());
        assertThat(store.finds).hasValue(3);
        assertThat(cache.statistics().staleAnswers()).isZero();
    }

    @Test
    void what_changed_during_the_outage_is_in_force_when_it_is_over() {
        CachedAPIKeyStore cache = cache();
        APIKey key = given.stored();
        cache.find(key.hash());
        store.down = true;
        given.pass(Duration.ofSeconds(2));
        assertThat(cache.find(key.hash())).isEqualTo(key);
        store.memory.revoke(key.id(), CacheFixture.note(AuditAction.REVOKE));
        store.down = false;
        given.pass(Duration.ofSeconds(1));
        cache.find(key.hash()); // has it renewed
        assertThat(cache.find(key.hash())).extracting(APIKey::isRevoked).isEqualTo(true);
        given.pass(Duration.ofSeconds(2)); // and is on its feet again: who comes now waits for the answer
        store.memory.delete(key.id(), CacheFixture.note(AuditAction.DELETE));
        assertThat(cache.find(key.hash())).isNull();
    }

    /** A failure of long ago is no reason to go on with an old copy. */
    @Test
    void a_store_counts_as_failing_for_two_seconds() {
        CachedAPIKeyStore cache = cache();
        for (boolean justNow : new boolean[] {true, false}) {
            APIKey key = given.stored();
            cache.find(key.hash());
            store.down = true;
            given.pass(Duration.ofSeconds(5));
            assertThat(cache.find(key.hash())).isEqualTo(key);
            store.down = false;
            store.memory.revoke(key.id(), CacheFixture.note(AuditAction.REVOKE));
            given.pass(Duration.ofSeconds(2).minusNanos(justNow ? 1 : 0));
            assertThat(cache.find(key.hash())).extracting(APIKey::isRevoked).isEqualTo(!justNow);
        }
    }

    private Future<@Nullable APIKey> finding(CachedAPIKeyStore cache, SHA256 hash) {
        return threads.submit((Callable<@Nullable APIKey>) () -> cache.find(hash));
    }

    private CachedAPIKeyStore impatient() {
        return given.cache(settings ->
                settings.maximumWait(Duration.ofMillis(1)).maximumLoads(2).executor(threads));
    }

    @Test
    void a_store_that_hangs_is_waited_for_no_longer_than_allowed() {
        CachedAPIKeyStore cache = impatient();
        APIKey key = given.stored();
        cache.find(key.hash());
        storeHangs();
        given.pass(Duration.ofSeconds(2));
        for (int i = 0; i < 10; i++) {
            assertThat(cache.find(key.hash())).isEqualTo(key);
        }
        given.pass(STALENESS);
        assertUnavailable(cache, key.hash());
        assertThat(store.finds).hasValue(2);
    }

    /** Each new key takes a thread with it until the store answers; there are no more of those than allowed. */
    @Test
    void a_store_that_hangs_takes_no_more_threads_than_allowed() throws Exception {
        CachedAPIKeyStore cache = impatient();
        APIKey known = given.stored();
        cache.find(known.hash());
        storeHangs();
        List<APIKey> keys = List.of(given.stored(), given.stored());
        List<Future<@Nullable APIKey>> stuck = new ArrayList<>();
        for (APIKey key : keys) {
            stuck.add(finding(cache, key.hash()));
        }
        while (store.finds.get() < 3) {
            Thread.onSpinWait();
        }
        APIKey refused = given.stored();
        for (int i = 0; i < 10; i++) {
            assertUnavailable(cache, given.stored().hash());
            assertUnavailable(cache, refused.hash());
            assertUnavailable(cache, keys.get(0).hash()); // is asked for already
        }
        given.pass(Duration.ofSeconds(2));
        assertThat(cache.find(known.hash())).isEqualTo(known);
        assertThat(store.finds).hasValue(3);
        healed.countDown();
        for (int i = 0; i < keys.size(); i++) {
            assertThat(stuck.get(i).get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(keys.get(i));
        }
        APIKey later = given.stored();
        assertThat(cache.find(later.hash())).isEqualTo(later);
        assertThat(cache.find(refused.hash())).isEqualTo(refused);
    }

    @Test
    void no_more_threads_wait_than_allowed() throws Exception {
        CachedAPIKeyStore cache = given.cache(settings -> settings.maximumWait(Duration.ofSeconds(PATIENCE_SECONDS))
                .maximumWaiters(1)
                .maximumLoads(1));
        storeHangs();
        APIKey key = given.stored();
        Future<@Nullable APIKey> asking = finding(cache, key.hash());
        await(hanging);
        List<Future<@Nullable APIKey>> others = List.of(
                finding(cache, key.hash()),
                finding(cache, key.hash()),
                finding(cache, given.stored().hash()));
        int refused = 0;
        while (refused < 2) { // all but one
            refused = (int) others.stream().filter(Future::isDone).count();
            Thread.onSpinWait();
        }
        healed.countDown();
        assertThat(asking.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(key);
        int found = 0;
        for (Future<@Nullable APIKey> other : others) {
            try {
                assertThat(other.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
                found++;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(AuthUnavailableException.class);
            }
        }
        assertThat(found).isOne();
    }

    /** Whoever has waited makes room for the next. */
    @Test
    void one_after_another_can_wait() {
        Thread request = Thread.currentThread();
        CachedAPIKeyStore cache = given.cache(settings -> settings.maximumWait(Duration.ofSeconds(PATIENCE_SECONDS))
                .maximumWaiters(1)
                .executor(threads));
        APIKey key = given.stored();
        cache.find(key.hash());
        store.beforeFind = () -> {
            while (request.getState() != Thread.State.TIMED_WAITING
                    && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        };
        for (int i = 1; i <= 3; i++) {
            store.memory.change(
                    key.id(), KeyChange.nothing().name("changed " + i), CacheFixture.note(AuditAction.CHANGE));
            given.pass(Duration.ofSeconds(2));
            assertThat(cache.find(key.hash())).extracting(APIKey::name).isEqualTo("changed " + i);
        }
    }

    @Test
    void an_interrupted_request_stops_waiting_and_stays_interrupted() throws Exception {
        CachedAPIKeyStore cache = given.cache(settings -> settings.maximumWait(Duration.ofSeconds(PATIENCE_SECONDS))
                .executor(threads)
                .maximumLoads(1));
        storeHangs();
        APIKey key = given.stored();
        Future<@Nullable APIKey> asking = finding(cache, key.hash());
        await(hanging);
        for (SHA256 hash : List.of(key.hash(), CacheFixture.newHash())) {
            Future<Boolean> waiting = threads.submit(() -> {
                Thread.currentThread().interrupt();
                assertUnavailable(cache, hash);
                return Thread.interrupted();
            });
            assertThat(waiting.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(asking).isNotDone();
    }

    /** The request does it itself then. */
    @Test
    void a_thread_that_cannot_be_had_does_not_matter() {
        List<Throwable> reasons = List.of(new RejectedExecutionException(), new OutOfMemoryError("no more threads"));
        for (Throwable reason : reasons) {
            CachedAPIKeyStore cache = given.cache(settings -> settings.executor(task -> {
                CachedKeyOutageTest.<RuntimeException>sneak(reason);
            }));
            APIKey key = given.stored();
            cache.find(key.hash());
            store.memory.revoke(key.id(), CacheFixture.note(AuditAction.REVOKE));
            given.pass(Duration.ofSeconds(2));
            assertThat(cache.find(key.hash())).extracting(APIKey::isRevoked).isEqualTo(true);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
