package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.testkit.RequestSigner;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.embedded.RedisServer;

/** Two packaged examples that share a database and a Redis, {@code --redis-url}; also while that is away. */
public abstract class SharedStateSuite {

    private static final String PASSWORD = "hunter2-hunter2";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Ask LEAGUES = Ask.get("/api/v1/leagues/");
    private static final Ask SUMMARY = Ask.of("POST", SessionRows.SUMMARY).json("{}");
    private static final String ORDER = ConsumptionRows.ORDER;

    private final RequestSigner signer = RequestSigner.of(Ed25519SecretKey.generate());

    /**
     * What starts the example.
     *
     * @return arguments for the Java machine
     */
    protected abstract List<String> program();

    /**
     * What starts another instance beside it.
     *
     * @return arguments for the Java machine
     */
    protected abstract List<String> other();

    private static Running start(List<String> program, EmbeddedPostgres database, int redis) throws IOException {
        return Running.start(
                Map.of(
                        "REDIS_URL",
                        "redis://:" + PASSWORD + "@127.0.0.1:" + redis,
                        "DATABASE_URL",
                        "jdbc:postgresql://127.0.0.1:" + database.getPort() + "/postgres",
                        "DATABASE_USER",
                        "postgres"),
                program,
                "--port=0");
    }

    private static RedisServer redis(int port) throws IOException {
        return RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("requirepass " + PASSWORD)
                .setting("save \"\"")
                .build();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Answer send(Running example, Ask ask) throws IOException {
        return Wire.send(example.port(), ask);
    }

    @Test
    void two_instances_share_a_redis_and_do_without_it_while_it_is_away() throws Exception {
        int port = freePort();
        RedisServer redis = redis(port);
        redis.start();
        try (EmbeddedPostgres database = EmbeddedPostgres.builder()
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .start();
                Running one = start(program(), database, port);
                Running two = start(other(), database, port)) {
            String key = one.found("grd_live_[0-9a-f]{48}");
            LoggedIn session = sharedSession(one, two, key);
            sharedRequests(one, two);
            redis.stop();
            away(one, two, key, session);
            redis.start();
            back(one, two, key);
            assertThat(one.err() + two.err()).doesNotContain(PASSWORD).doesNotContain(key.substring(9));
        } finally {
            redis.stop();
        }
    }

    /** Logged in at one, let in by both, logged out at the other: another session stays, and is given. */
    private static LoggedIn sharedSession(Running one, Running two, String key) throws IOException {
        LoggedIn ended = LoggedIn.by(send(one, SessionRows.login(key)));
        LoggedIn stays = LoggedIn.by(send(two, SessionRows.login(key)));
        for (Running example : List.of(one, two)) {
            assertThat(send(example, ended.with(SUMMARY)).status()).isEqualTo(200);
            assertThat(send(example, stays.with(SUMMARY)).status()).isEqualTo(200);
        }
        assertThat(send(two, ended.with(Ask.of("POST", "/auth/logout"))).status())
                .isEqualTo(204);
        assertThat(send(two, ended.with(SUMMARY)).detail()).isEqualTo("Invalid session.");
        Awaitility.await()
                .atMost(SOON)
                .until(() ->
                        "Invalid session.".equals(send(one, ended.with(SUMMARY)).detail()));
        return stays;
    }

    /** Registered at one, used at the other, and each request at one of them alone. */
    private void sharedRequests(Running one, Running two) throws IOException {
        String publicKey =
                Base64.getEncoder().encodeToString(signer.key().publicKey().encoded());
        Answer registered = send(
                one,
                Ask.of("POST", "/api/v1/signing-keys/")
                        .bearer(one.found("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+"))
                        .json("{\"name\":\"Desk\",\"public_key\":\"" + publicKey + "\"}"));
        assertThat(registered.status()).isEqualTo(201);
        Ask order = Ask.of("POST", "/v1/orders").json(ORDER).signed(signer);

        assertThat(send(two, order).status()).isEqualTo(201);
        for (Running example : List.of(one, two)) {
            assertThat(send(example, order).detail()).isEqualTo("Request signature was already used.");
        }
    }

    /** Sessions and what must be remembered are 503; keys, tokens and reads go on. */
    private void away(Running one, Running two, String key, LoggedIn session) throws IOException {
        for (Running example : List.of(one, two)) {
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> send(example, session.with(SUMMARY)).status() == 503);
            assertUnavailable(send(example, session.with(SUMMARY)));
            assertUnavailable(send(example, SessionRows.login(key)));
            assertUnavailable(
                    send(example, Ask.of("POST", "/v1/orders?dry=1").json(ORDER).signed(signer)));
            assertThat(send(example, Ask.get("/v1/orders").signed(signer)).status())
                    .isEqualTo(200);
            assertThat(send(example, LEAGUES.key(key)).status()).isEqualTo(200);
            String token = example.found("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");
            assertThat(send(example, LEAGUES.bearer(token)).status()).isEqualTo(200);
        }
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
    }

    /** Nothing was kept on a disk, so that everybody logs in again; no instance is started again. */
    private static void back(Running one, Running two, String key) {
        for (Running example : List.of(one, two)) {
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> send(example, SessionRows.login(key)).status() == 200);
        }
        Awaitility.await().atMost(SOON).until(() -> {
            LoggedIn again = LoggedIn.by(send(one, SessionRows.login(key)));
            return send(two, again.with(SUMMARY)).status() == 200;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:6379", "redis://:hunter2@127.0.0.1:99999", "redis://user:hunter2@:6379"})
    void a_wrong_url_is_told_in_one_line(String url) throws Exception {
        try (Running example = Running.start(Map.of("REDIS_URL", url), program(), "--port=0")) {
            assertThat(example.exitCode()).isEqualTo(2);
            assertThat(example.err().strip())
                    .containsPattern("REDIS_URL|--redis-url")
                    .hasLineCount(1)
                    .contains("redis://")
                    .doesNotContain("hunter2")
                    .doesNotContain("Exception");
            assertThat(example.out()).isEmpty();
        }
    }
}
