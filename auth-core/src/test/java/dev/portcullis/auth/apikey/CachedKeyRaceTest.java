package dev.portcullis.auth.apikey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.InMemoryChangeNotices;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.UnknownAllowance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that are on their way while something changes, and many requests for one key. */
class CachedKeyRaceTest {

    private static final int PATIENCE_SECONDS = 60;

    private final CacheFixture given = new CacheFixture();
    private final WatchedStore store = given.store;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** Holds the next answer of the store back, after the store has read it. */
    private final class HeldAnswer {

        private final CountDownLatch read = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        HeldAnswer() {
            store.afterFind = () -> {
                store.afterFind = () -> {};
                read.countDown();
                await(released);
            };
        }

        void awaitRead() {
            await(read);
        }

        void release() {
            released.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private CachedAPIKeyStore cache(ChangeNotices notices) {
        return given.cache(settings ->
                settings.notices(notices).executor(threads).maximumWait(Duration.ofSeconds(PATIENCE_SECONDS)));
    }

    private CachedAPIKeyStore cache() {
        return cache(new InMemoryChangeNotices());
    }

    private static boolean isRevoked(@Nullable APIKey key) {
        return requireNonNull(key).isRevoked();
    }

    private Future<@Nullable APIKey> finding(CachedAPIKeyStore cache, SHA256 hash) {
        return threads.submit((Callable<@Nullable APIKey>) () -> cache.find(hash));
    }

    private static <T extends @Nullable Object> T answerOf(Future<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** The classical race: read, then revoked, then the old reading is put into the cache. */
    @Test
    void an_answer_from_before_a_revocation_is_not_kept() throws Exception {
        CachedAPIKeyStore cache = cache();
        APIKey key = given.stored();
        HeldAnswer held = new HeldAnswer();
        Future<@Nullable APIKey> early = finding(cache, key.hash());
        held.awaitRead();
        cache.revoke(key.id(), CacheFixture.note(AuditAction.REVOKE));
        held.release();
        assertThat(isRevoked(answerOf(early))).isFalse(); // it asked before
        assertThat(isRevoked(cache.find(key.hash()))).isTrue();
    }

    /** The same while a copy that is due is renewed. */
    @Test
    void a_renewal_from_before_a_revocation_is_not_kept() throws Exception {
        CachedAPIKeyStore cache = cache();
        APIKey key = given.stored();
        cache.find(key.hash());
        given.pass(Duration.ofSeconds(59)); // with notices copies live a minute
        HeldAnswer held = new HeldAnswer();
        assertThat(isRevoked(cache.find(key.hash()))).isFalse();
        held.awaitRead();
        cache.revoke(key.id(), CacheFixture.note(AuditAction.REVOKE));
        Future<@Nullable APIKey> late = finding(cache, key.hash());
        held.release();
        assertThat(isRevoked(answerOf(late))).isTrue();
        assertThat(isRevoked(cache.find(key.hash()))).isTrue();
    }

    /** Who asks after the revocation may join a question from before it, but not take its answer. */
    @Test
    void who_asks_after_a_revocation_is_not_given_an_answer_from_before() throws Exception {
        CachedAPIKeyStore cache = cache();
        APIKey key = given.stored();
        HeldAnswer held = new HeldAnswer();
        Future<@Nullable APIKey> early = finding(cache, key.hash());
        held.awaitRead();
        cache.revoke(key.id(), CacheFixture.note(AuditAction.REVOKE));
        List<Future<@Nullable APIKey>> late = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            late.add(finding(cache, key.hash()));
        }
        held.release();
        answerOf(early);
        for (Future<@Nullable APIKey> one : late) {
            assertThat(isRevoked(answerOf(one))).isTrue();
        }
    }

    @Test
    void that_a_key_is_unknown_is_not_kept_if_it_was_issued_meanwhile() throws Exception {
        CachedAPIKeyStore cache = cache();
        APIKey key = CacheFixture.newKey();
        HeldAnswer held = new HeldAnswer();
        Future<@Nullable APIKey> early = finding(cache, key.hash());
        held.awaitRead();
        cache.add(key, AddTerms.any(), CacheFixture.note(AuditAction.ISSUE));
        Future<@Nullable APIKey> late = finding(cache, key.hash());
        held.release();
        assertThat(answerOf(early)).isNull();
        assertThat(answerOf(late)).isEqualTo(key);
        assertThat(cache.find(key.hash())).isEqualTo(key);
    }

    /** The key is issued under one of several hashes that were asked for. */
    @Test
    void that_several_hashes_are_unknown_is_not_kept_if_one_was_issued_meanwhile() throws Exception {
        for (int place = 0; place < 3; place++) {
            CachedAPIKeyStore cache = cache();
            APIKey key = CacheFixture.newKey();
            List<SHA256> hashes = new ArrayList<>(List.of(CacheFixture.newHash(), CacheFixture.newHash()));
            hashes.add(place, key.hash());
            HeldAnswer held = new HeldAnswer();
            Future<@Nullable APIKey> early = threads.submit((Callable<@Nullable APIKey>) () -> cache.findAny(hashes));
            held.awaitRead();
            cache.add(key, AddTerms.any(), CacheFixture.note(AuditAction.ISSUE));
            Future<@Nullable APIKey> late = threads.submit((Callable<@Nullable APIKey>) () -> cache.findAny(hashes));
            held.release();
            assertThat(answerOf(early)).isNull();
            assertThat(answerOf(late)).isEqualTo(key);
            assertThat(cache.findAny(hashes)).isEqualTo(key);
        }
    }

    @Test
    void an_answer_from_before_a_notice_is_not_kept() throws Exception {
        InMemoryChangeNotices notices = new InMemoryChangeNotices();
        CachedAPIKeyStore cache = cache(notices);
        APIKey key = given.stored();
        HeldAnswer held = new HeldAnswer();
        Future<@Nullable APIKey> early = finding(cache, key.hash());
        held.awaitRead();
        store.memory.revoke(key.id(), CacheFixture.note(AuditAction.REVOKE)); // on another node
        notices.changed(APIKeyStore.CHANGES, key.id().toString());
        Future<@Nullable APIKey> late = finding(cache, key.hash());
        held.release();
        answerOf(early);
        assertThat(isRevoked(answerOf(late))).isTrue();
        assertThat(isRevoked(cache.find(key.hash()))).isTrue();
    }

    @Test
    void an_answer_from_before_a_gap_is_not_kept() throws Exception {
        InMemoryChangeNotices notices = new InMemoryChangeNotices();
        CachedAPIKeyStore cache = cache(notices);
        APIKey key = given.stored();
        APIKey unknown = CacheFixture.newKey();
        HeldAnswer held = new HeldAnswer();
        Future<@Nullable APIKey> early = finding(cache, key.hash());
        held.awaitRead();
        cache.find(unknown.hash());
        store.memory.add(unknown, AddTerms.any(), CacheFixture.note(AuditAction.IMPORT));
        store.memory.revoke(key.id(), CacheFixture.note(AuditAction.REVOKE));
        given.passNanos(1);
        notices.anythingMayHaveChanged(APIKeyStore.CHANGES);
        Future<@Nullable APIKey> late = finding(cache, key.hash());
        held.release();
        answerOf(early);
        assertThat(isRevoked(answerOf(late))).isTrue();
        assertThat(isRevoked(cache.find(key.hash()))).isTrue();
        assertThat(cache.find(unknown.hash())).isEqualTo(unknown);
    }

    @Test
    void the_store_is_asked_once_however_many_wait() throws Exception {
        CachedAPIKeyStore cache = cache();
        APIKey key = given.stored();
        APIKey other = given.stored();
        HeldAnswer held = new HeldAnswer();
        List<Future<@Nullable APIKey>> waiting = new ArrayList<>();
        waiting.add(finding(cache, key.hash()));
        held.awaitRead();
        AtomicInteger started = new AtomicInteger();
        for (int i = 0; i < 50; i++) {
            waiting.add(threads.submit((Callable<@Nullable APIKey>) () -> {
                started.incrementAndGet();
                return cache.find(key.hash());
            }));
        }
        assertThat(cache.find(other.hash())).isEqualTo(other); // others do not wait
        while (started.get() < 50) {
            Thread.onSpinWait();
        }
        held.release();
        for (Future<@Nullable APIKey> one : waiting) {
            assertThat(answerOf(one)).isEqualTo(key);
        }
        assertThat(store.finds).hasValue(2);
    }

    /** An answer that took longer than a copy may live is none for who came later. */
    @Test
    void who_joins_a_slow_question_is_not_given_an_answer_that_is_too_old() throws Exception {
        for (boolean known : new boolean[] {true, false}) {
            CachedAPIKeyStore cache = given.cache(settings -> settings.unknownLifetime(Duration.ofSeconds(1))
                    .executor(threads)
                    .maximumWait(Duration.ofSeconds(PATIENCE_SECONDS)));
            APIKey key = known ? given.stored() : CacheFixture.newKey();
            HeldAnswer held = new HeldAnswer();
            Future<@Nullable APIKey> early = finding(cache, key.hash());
            held.awaitRead();
            if (known) {
                store.memory.revoke(key.id(), CacheFixture.note(AuditAction.REVOKE));
            } else {
                store.memory.add(key, AddTerms.any(), CacheFixture.note(AuditAction.IMPORT));
            }
            given.pass(Duration.ofSeconds(1).plusNanos(1));
            Future<@Nullable APIKey> late = finding(cache, key.hash());
            held.release();
            answerOf(early);
            assertThat(answerOf(late)).isEqualTo(store.memory.get(key.id()));
        }
    }

    @Test
    void a_copy_that_is_due_is_renewed_once_however_many_use_it() {
        CachedAPIKeyStore cache = given.cache();
        APIKey key = given.stored();
        cache.find(key.hash());
        given.pass(Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            cache.find(key.hash());
        }
        assertThat(given.runBackground()).isOne();
        assertThat(store.finds).hasValue(2);
    }

    /** No more questions than allowed, and none is lost when they are over. */
    @Test
    void the_store_is_asked_no_more_at_once_than_allowed() throws Exception {
        CachedAPIKeyStore cache = given.cache(settings ->
                settings.maximumLoads(3).executor(threads).maximumWait(Duration.ofSeconds(PATIENCE_SECONDS)));
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        store.afterFind = () -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            LockSupport.parkNanos(1000);
            atOnce.decrementAndGet();
        };
        for (int round = 0; round < 3; round++) {
            List<APIKey> keys = new ArrayList<>();
            List<Future<@Nullable APIKey>> waiting = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                APIKey key = given.stored();
                keys.add(key);
                waiting.add(finding(cache, key.hash()));
            }
            for (int i = 0; i < keys.size(); i++) {
                assertThat(answerOf(waiting.get(i))).isEqualTo(keys.get(i));
            }
        }
        assertThat(most.get()).isBetween(1, 3);
    }

    /** Between a look at a copy and the question about it another may have been answered. */
    @Test
    void what_was_answered_meanwhile_is_not_asked_again_and_takes_no_room() {
        ChangeStamps stamps = new ChangeStamps();
        Horizon horizon = Horizon.start(new Horizon.Limits(1_000, 1_000, 0), given.nanos::get);
        KeyCopies copies = new KeyCopies(10, 10, 1_000, horizon, stamps);
        UnknownAllowance allowance = new UnknownAllowance(1, horizon.now());
        KeyLoads.Limits one = new KeyLoads.Limits(1, 1, 1_000);
        KeyLoads loads = new KeyLoads(store, copies, stamps, horizon, allowance, one, Runnable::run);
        APIKey key = given.stored();
        List<SHA256> hashes = List.of(key.hash());
        KeyCopy old = loads.load(hashes, null);
        given.passNanos(751);
        loads.refresh(hashes, old);
        assertThat(store.finds).hasValue(2);
        loads.refresh(hashes, old);
        loads.refresh(hashes, old);
        KeyCopy renewed = loads.load(hashes, old);
        assertThat(renewed).isNotSameAs(old).isSameAs(loads.load(hashes, null));
        assertThat(store.finds).hasValue(2);
        APIKey other = given.stored();
        assertThat(loads.load(List.of(other.hash()), null).key()).isEqualTo(other);
        given.passNanos(1_001);
        assertThat(loads.load(hashes, renewed)).isNotSameAs(renewed);
        assertThat(store.finds).hasValue(4);
    }
}
