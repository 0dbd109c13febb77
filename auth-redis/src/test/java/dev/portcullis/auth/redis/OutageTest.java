package dev.portcullis.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.session.RateLimit;
import dev.portcullis.auth.session.Session;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.signature.ReplayMemory;
import dev.portcullis.auth.testkit.CuttableWire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What becomes of sessions while Redis is away, and when it is back. No test asserts how long something took, but nothing
 * may hang: each test would run into its time-out.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutageTest {

    private final TestRedis redis = TestRedis.started();
    private final CuttableWire wire = new CuttableWire(redis.port());
    private final LogLines log = new LogLines();
    private final Session session = Some.session();
    private RedisServer server;
    private SessionStore sessions;

    @BeforeEach
    void start() {
        server = RedisServer.at(TestRedis.url(wire.port())).build();
        sessions = server.sessions();
        awaitAnswers();
        log.clear();
        sessions.add(session, 10);
    }

    @AfterEach
    void close() {
        server.close();
        log.close();
        wire.close();
        redis.close();
    }

    private void awaitAnswers() {
        await().ignoreExceptions().untilAsserted(() -> sessions.list("nobody", Instant.now()));
    }

    private AuthUnavailableException outage(Runnable call) {
        AuthUnavailableException thrown = catchThrowableOfType(AuthUnavailableException.class, call::run);
        assertThat(thrown).isNotNull();
        assertThat(thrown.reason().status()).isEqualTo(503);
        return thrown;
    }

    /** Every method, and not only that on the path of requests. */
    private void assertEverythingIsAnOutage() {
        UUID key = UUID.randomUUID();
        List<Runnable> calls = List.of(
                () -> sessions.find(session.hash()),
                () -> sessions.add(Some.session(), 10),
                () -> sessions.list("alice", Instant.now()),
                () -> sessions.end("alice", session.id()),
                () -> sessions.endAllOfKey(key),
                () -> sessions.endAllOfAccount("alice"),
                () -> sessions.rehashKey(key, Some.hash()));
        calls.forEach(call -> assertThat(outage(call).reason()).isEqualTo(Reason.SESSION_STORE_UNAVAILABLE));
        assertThat(outage(() -> server.accounts().find("alice")).reason()).isEqualTo(Reason.ACCOUNT_STORE_UNAVAILABLE);
        assertThat(outage(() -> server.accounts().suspend("alice", true)).reason())
                .isEqualTo(Reason.ACCOUNT_STORE_UNAVAILABLE);
        RateLimit limit = server.rateLimit(1, Duration.ofSeconds(1));
        outage(() -> limit.take("address:192.0.2.1"));
        Instant now = Instant.now();
        outage(() -> server.replayMemory().claim(Some.hash(), Some.hash(), now, now.plusSeconds(30)));
    }

    /** Once when it is lost, however many are refused meanwhile, and once when it is back. */
    private void assertToldOnce() {
        for (String what : List.of("Redis cannot be asked", "Changes are not heard of")) {
            await().untilAsserted(() -> assertThat(log.told(Level.WARN))
                    .filteredOn(line -> line.startsWith(what))
                    .hasSize(1));
        }
        await().untilAsserted(() -> assertThat(log.told(Level.INFO))
                .containsOnlyOnce("Redis can be asked again", "Changes are heard of again"));
    }

    /** How long it took since the server was whole again is printed. */
    private void assertBack(String fault) {
        long start = System.nanoTime();
        awaitAnswers();
        System.out.printf(
                "Redis %s: recovery %d ms%n",
                fault, Duration.ofNanos(System.nanoTime() - start).toMillis());
        assertThat(sessions.find(session.hash())).isEqualTo(session);
        assertThat(sessions.end("alice", session.id())).isTrue();
        assertThat(sessions.find(session.hash())).isNull();
    }

    @Test
    void a_redis_that_was_killed_comes_back_with_all_that_it_answered() {
        redis.kill();
        await().until(() -> server.toString().equals("RedisServer[not connected]"));
        for (int i = 0; i < 20; i++) {
            assertEverythingIsAnOutage();
        }
        redis.start();
        assertBack("killed");
        assertToldOnce();
    }

    /** Also whoever asks at the moment at which it dies is answered. */
    @Test
    void whoever_asks_while_it_dies_is_answered() throws Exception {
        List<Thread> asking = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    try {
                        sessions.find(session.hash());
                    } catch (AuthUnavailableException e) {
                        return;
                    }
                }
            });
            thread.start();
            asking.add(thread);
        }
        redis.kill();
        for (Thread thread : asking) {
            thread.join(TimeUnit.SECONDS.toMillis(20));
            assertThat(thread.isAlive()).isFalse();
        }
        redis.start();
        assertBack("killed while it was asked");
    }

    @Test
    void a_redis_that_hangs_is_an_outage_until_it_goes_on() {
        redis.hang();
        assertEverythingIsAnOutage();
        await().until(() -> server.toString().equals("RedisServer[not connected]"));
        for (int i = 0; i < 20; i++) {
            assertEverythingIsAnOutage();
        }
        redis.goOn();
        awaitAnswers();
        assertThat(sessions.list("nobody", Instant.now())).isEmpty();
        assertToldOnce();
    }

    /** The change is on its way when the connection is given up: whether it is made then cannot be known, and matters not. */
    @Test
    void a_change_whose_answer_is_lost_half_way_is_not_made_twice() {
        ReplayMemory memory = server.replayMemory();
        SHA256 key = Some.hash();
        SHA256 request = Some.hash();
        Instant now = Instant.now();
        Session half = Some.session();
        redis.hang();
        assertThat(outage(() -> memory.claim(key, request, now, now.plusSeconds(30)))
                        .reason())
                .isEqualTo(Reason.REPLAY_MEMORY_UNAVAILABLE);
        await().until(() -> server.toString().equals("RedisServer[not connected]"));
        outage(() -> sessions.add(half, 10));
        redis.goOn();
        awaitAnswers();
        assertThat(memory.claim(key, request, now, now.plusSeconds(30))).isFalse();
        assertThat(memory.claim(key, Some.hash(), now, now.plusSeconds(30))).isTrue();
        assertThat(sessions.find(half.hash())).isNull();
        assertBack("cut half-way");
    }

    @Test
    void a_cut_connection_is_an_outage_until_there_is_another() {
        wire.cut();
        await().until(() -> server.toString().equals("RedisServer[not connected]"));
        assertEverythingIsAnOutage();
        wire.mend();
        assertBack("cut");
        assertToldOnce();
    }

    /** Neither end is told: it must be found out. */
    @Test
    void a_dead_connection_is_given_up() {
        wire.die();
        assertEverythingIsAnOutage();
        await().until(() -> server.toString().equals("RedisServer[not connected]"));
        wire.mend();
        assertBack("dead");
        assertToldOnce();
    }

    /** Nothing has been done by halves: the old session, which would have had to go, is there. */
    @Test
    void a_redis_without_memory_takes_no_changes_and_answers_all_the_same() {
        redis.command("CONFIG", "SET", "maxmemory", "1");
        Session next = Some.session();
        for (int i = 0; i < 5; i++) {
            AuthUnavailableException thrown = outage(() -> sessions.add(next, 1));
            assertThat(thrown.getCause()).hasMessage("Redis is out of memory");
        }
        assertThat(sessions.find(session.hash())).isEqualTo(session);
        assertThat(sessions.list("alice", Instant.now())).containsExactly(session);
        redis.command("CONFIG", "SET", "maxmemory", "0");
        sessions.add(next, 1);
        assertThat(sessions.list("alice", Instant.now())).containsExactly(next);
        assertThat(log.told(Level.WARN)).containsExactly("Redis takes no changes: Redis is out of memory");
        assertThat(log.told(Level.INFO)).containsExactly("Redis takes changes again");
    }

    /** As after a failover, when the old primary is a replica. */
    @Test
    void a_read_only_replica_takes_no_changes() {
        try (TestRedis primary = TestRedis.started()) {
            redis.command("CONFIG", "SET", "masterauth", TestRedis.PASSWORD);
            redis.command("REPLICAOF", "127.0.0.1", String.valueOf(primary.port()));
            assertThat(outage(() -> sessions.end("alice", session.id())).getCause())
                    .hasMessage("Redis is a read-only replica");
            redis.command("REPLICAOF", "NO", "ONE");
            await().ignoreExceptions().untilAsserted(() -> sessions.add(Some.session(), 10));
        }
    }

    /** What libraries and Redis say is kept to themselves, at whatever level. */
    @Test
    void a_wrong_password_is_an_outage_and_never_told() {
        log.of(Level.DEBUG);
        try (RedisServer wrong = RedisServer.at("redis://someone:wr0ng-secret@127.0.0.1:" + redis.port())
                .build()) {
            assertThat(wrong).hasToString("RedisServer[not connected]");
            outage(() -> wrong.sessions().find(session.hash()));
            await().until(() -> !log.told(Level.WARN).isEmpty());
        } finally {
            log.of(Level.ERROR);
        }
        assertThat(log.told(Level.WARN)).contains("Redis cannot be asked: Redis refuses the user or the password");
        log.assertHoldNone("wr0ng-secret");
    }

    @Test
    void no_log_and_no_exception_holds_a_hash_or_the_password() {
        log.of(Level.DEBUG);
        List<Throwable> thrown = new ArrayList<>();
        try {
            sessions.find(session.hash());
            Session next = Some.session();
            sessions.add(next, 10);
            redis.command("CONFIG", "SET", "maxmemory", "1");
            thrown.add(outage(() -> sessions.add(Some.session(), 1)));
            redis.command("CONFIG", "SET", "maxmemory", "0");
            redis.hang();
            thrown.add(outage(() -> sessions.find(session.hash())));
            redis.kill();
            thrown.add(outage(() -> sessions.find(session.hash())));
            redis.start();
            awaitAnswers();
        } finally {
            log.of(Level.ERROR);
        }
        log.assertHoldNone(TestRedis.PASSWORD, hex(session.hash()));
        for (Throwable each : thrown) {
            for (Throwable cause = each; cause != null; cause = cause.getCause()) {
                assertThat(String.valueOf(cause.getMessage()))
                        .doesNotContain(TestRedis.PASSWORD, hex(session.hash()), "127.0.0.1", "redis://");
            }
        }
    }

    private static String hex(SHA256 hash) {
        return HexFormat.of().formatHex(hash.toBytes());
    }

    @Test
    void a_start_without_redis_is_no_failure() {
        redis.kill();
        try (RedisServer early = RedisServer.at(redis.url()).build()) {
            outage(() -> early.sessions().find(session.hash()));
            redis.start();
            await().ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(early.sessions().find(session.hash())).isEqualTo(session));
        }
    }

    /** Somebody else's data under our names is not "no such session". */
    @Test
    void what_cannot_be_read_is_an_outage() {
        redis.command("HSET", "portcullis:session:" + hex(session.hash()), "expires", "never");
        assertThat(outage(() -> sessions.find(session.hash())).getCause())
                .hasMessage("What stands in Redis cannot be read");
        redis.command("DEL", "portcullis:session:" + hex(session.hash()));
        redis.command("SET", "portcullis:session:" + hex(session.hash()), "text");
        assertThat(outage(() -> sessions.find(session.hash())).getCause())
                .hasMessage("Redis holds something else under a name of ours");
    }

    @Test
    void a_url_that_cannot_be_read_is_not_quoted() {
        for (String url : List.of("", "http://user:pass-w0rd@host", "redis://:pass-w0rd@host:port", "pass-w0rd")) {
            assertThatThrownBy(() -> RedisServer.at(url).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasNoCause()
                    .hasMessageNotContaining("pass-w0rd");
            assertThat(RedisServer.at(url).toString()).doesNotContain("pass-w0rd");
        }
    }
}
