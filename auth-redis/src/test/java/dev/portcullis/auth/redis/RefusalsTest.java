package dev.portcullis.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.session.Session;
import dev.portcullis.auth.session.SessionStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Redis that answers, and refuses: each is 503 in words of our own, and over without a restart when Redis is mended. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefusalsTest {

    private final TestRedis redis = TestRedis.started();
    private final LogLines log = new LogLines();
    private final Session session = Some.session();

    @BeforeEach
    void awaitStart() {
        await().ignoreExceptions().until(() -> redis.command("PING").equals("+PONG"));
    }

    @AfterEach
    void close() {
        log.close();
        redis.close();
    }

    private RedisServer connected(String url) {
        RedisServer server = RedisServer.at(url).build();
        await().until(() -> server.toString().equals("RedisServer[connected]"));
        server.sessions().add(session, 10);
        log.clear();
        return server;
    }

    private static AuthUnavailableException outage(Runnable call) {
        AuthUnavailableException thrown = catchThrowableOfType(AuthUnavailableException.class, call::run);
        assertThat(thrown).isNotNull();
        assertThat(thrown.reason()).isEqualTo(Reason.SESSION_STORE_UNAVAILABLE);
        assertThat(thrown.reason().status()).isEqualTo(503);
        return thrown;
    }

    private static void assertOutage(Runnable call, String words) {
        assertThat(outage(call).getCause()).hasMessage(words);
    }

    private void assertTold(Level level, String line) {
        await().untilAsserted(() -> assertThat(log.told(level)).containsOnlyOnce(line));
    }

    @Test
    void a_missing_password_is_said_at_the_start() {
        log.of(Level.DEBUG);
        try (RedisServer server =
                RedisServer.at("redis://127.0.0.1:" + redis.port()).build()) {
            assertTold(Level.WARN, "Redis cannot be asked: Redis wants a password");
            outage(() -> server.sessions().find(session.hash()));
        }
        log.assertHoldNone(TestRedis.PASSWORD);
    }

    /** As when a password is changed in Redis first, and in the application later. */
    @Test
    void a_password_that_is_changed_and_changed_back_needs_no_restart() {
        redis.command("ACL", "SETUSER", "app", "on", ">first-secret", "~*", "&*", "+@all");
        try (RedisServer server = connected("redis://app:first-secret@127.0.0.1:" + redis.port())) {
            log.of(Level.DEBUG);
            redis.command("ACL", "SETUSER", "app", "resetpass", ">other-secret");
            redis.command("CLIENT", "KILL", "USER", "app");
            assertTold(Level.WARN, "Redis cannot be asked: Redis refuses the user or the password");
            outage(() -> server.sessions().find(session.hash()));
            redis.command("ACL", "SETUSER", "app", "resetpass", ">first-secret");
            await().ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(server.sessions().find(session.hash())).isEqualTo(session));
            assertTold(Level.INFO, "Redis can be asked again");
        }
        log.assertHoldNone("first-secret", "other-secret");
    }

    /** {@code MISCONF}: the last snapshot could not be written. */
    @Test
    void a_redis_that_cannot_write_to_its_disk_takes_no_changes_until_it_can() throws Exception {
        try (RedisServer server = connected(redis.url())) {
            Path inTheWay = redis.directory().resolve("dump.rdb");
            Files.createDirectory(inTheWay);
            redis.command("CONFIG", "SET", "save", "3600 1000000");
            redis.command("BGSAVE");
            await().until(() -> redis.info("persistence").anyMatch("rdb_last_bgsave_status:err"::equals));
            assertTakesNoChanges(server, "Redis cannot write to its disk");
            Files.delete(inTheWay);
            redis.command("BGSAVE");
            assertTakesChangesAgain(server);
        }
    }

    /** {@code min-replicas-to-write}: a primary that is cut off from its replicas. */
    @Test
    void a_redis_with_too_few_replicas_takes_no_changes_until_there_are_enough() {
        try (RedisServer server = connected(redis.url())) {
            redis.command("CONFIG", "SET", "min-replicas-to-write", "1");
            assertTakesNoChanges(server, "Redis has too few replicas");
            redis.command("CONFIG", "SET", "min-replicas-to-write", "0");
            assertTakesChangesAgain(server);
        }
    }

    /** {@code maxclients}: others have all the connections that there may be, also those that were ours. */
    @Test
    void a_redis_that_is_out_of_connections_is_an_outage_until_there_are_some() throws IOException {
        redis.command("ACL", "SETUSER", "app", "on", ">app-secret", "~*", "&*", "+@all");
        try (RedisServer server = connected("redis://app:app-secret@127.0.0.1:" + redis.port());
                Socket other = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
            say(other, "AUTH " + TestRedis.PASSWORD, "CONFIG SET maxclients 1", "CLIENT KILL USER app");
            await().until(() -> server.toString().equals("RedisServer[not connected]"));
            outage(() -> server.sessions().find(session.hash()));
            outage(() -> server.sessions().end("alice", session.id()));
            assertTold(Level.WARN, "Redis cannot be asked: The connection to Redis failed");
            assertThat(server).hasToString("RedisServer[not connected]");
            say(other, "CONFIG SET maxclients 1000");
            long start = System.nanoTime();
            await().ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(server.sessions().find(session.hash())).isEqualTo(session));
            System.out.printf(
                    "Redis out of connections: recovery %d ms%n",
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
            assertTold(Level.INFO, "Redis can be asked again");
        }
    }

    private static void say(Socket other, String... lines) throws IOException {
        for (String line : lines) {
            other.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Sessions that are there go on meanwhile, as far as Redis answers about them. */
    private void assertTakesNoChanges(RedisServer server, String words) {
        SessionStore sessions = server.sessions();
        assertOutage(() -> sessions.add(Some.session(), 10), words);
        assertOutage(() -> sessions.end("alice", session.id()), words);
        assertOutage(() -> sessions.endAllOfAccount("alice"), words);
        assertThat(sessions.find(session.hash())).isEqualTo(session);
        assertTold(Level.WARN, "Redis takes no changes: " + words);
    }

    private void assertTakesChangesAgain(RedisServer server) {
        await().ignoreExceptions().until(() -> server.sessions().end("alice", session.id()));
        assertThat(server.sessions().find(session.hash())).isNull();
        assertTold(Level.INFO, "Redis takes changes again");
    }
}
