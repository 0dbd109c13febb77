package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.testkit.CuttableWire;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What clients of the example see while its PostgreSQL has trouble, and afterwards: the same process goes on, and what was
 * answered is there. How long that took is printed.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseFaultsTest {

    private static final String KEYS = "/api/v1/api-keys/";
    private static final Ask LEAGUES = Ask.get("/api/v1/leagues/");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int CONNECTIONS = 20;

    @TempDir
    private static Path directory;

    private EmbeddedPostgres server;
    private CuttableWire wire;
    private Example example;
    private String token;

    /** Revoked before all faults: it is so during and after them. */
    private String revoked;

    /** Used before all faults, so that there is a copy of it. */
    private String known;

    /** Issued before each fault, and not used yet. */
    private final Deque<String> fresh = new ArrayDeque<>();

    private static EmbeddedPostgres server(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", String.valueOf(CONNECTIONS))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    @BeforeAll
    void start() throws IOException {
        server = server(0);
        wire = new CuttableWire(server.getPort());
        String url = "jdbc:postgresql://127.0.0.1:" + wire.port() + "/postgres";
        Options options =
                Options.of(Option.common(), Map.of("DATABASE_URL", url, "DATABASE_USER", "postgres"), "--port", "0");
        example = Example.start(options, ServletServer::start);
        token = String.valueOf(example.demoToken());
        known = issue("Known", null);
        revoked = issue("Revoked", null);
        assertThat(post(KEYS + idOf("Revoked") + "/revoke/", "{}", null).status())
                .isEqualTo(200);
        awaitCopies();
    }

    @AfterAll
    void stop() throws IOException {
        example.close();
        wire.close();
        server.close();
    }

    /** Until it has been heard that they were changed, a copy does not stay. */
    private void awaitCopies() {
        await().during(Duration.ofMillis(500))
                .until(() -> use(known).status() == 200 && use(revoked).status() == 401);
    }

    @BeforeEach
    void issueKeys() throws IOException {
        fresh.clear();
        for (int i = 0; i < 4; i++) {
            fresh.add(issue("Fresh", null));
        }
        assertThat(use(known).status()).isEqualTo(200);
        assertThat(use(revoked).detail()).isEqualTo("API key has been revoked.");
    }

    private Answer send(Ask ask) throws IOException {
        return Wire.send(example.port(), ask.bearer(token));
    }

    private Answer post(String path, String body, @Nullable String once) throws IOException {
        Ask ask = Ask.of("POST", path).json(body);
        return send(once == null ? ask : ask.line("Idempotency-Key: " + once));
    }

    private Answer tryToIssue(String name, @Nullable String once) throws IOException {
        return post(KEYS, "{\"name\":\"" + name + "\",\"scopes\":[\"catalog:read\"]}", once);
    }

    private String issue(String name, @Nullable String once) throws IOException {
        Answer answer = tryToIssue(name, once);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return members("plaintext", answer.body()).get(0);
    }

    private String idOf(String name) throws IOException {
        String all = send(Ask.get(KEYS + "?limit=1000")).body();
        Matcher found =
                Pattern.compile("\"id\":\"([^\"]*)\",\"name\":\"" + name + "\"").matcher(all);
        assertThat(found.find()).as(all).isTrue();
        return found.group(1);
    }

    private static List<String> members(String name, String body) {
        return Pattern.compile("\"" + name + "\":\"([^\"]*)\"")
                .matcher(body)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private Answer use(String key) throws IOException {
        return Wire.send(example.port(), LEAGUES.bearer(key));
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.body()).isEqualTo("{\"detail\":\"API key store is unavailable.\"}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
    }

    /** Tokens and keys with a copy go on; what must be asked for is 503, and nothing is ever let in or refused wrongly. */
    private void assertAway() throws IOException {
        assertMustAsk();
        assertThat(use(known).status()).isEqualTo(200);
        assertThat(use(revoked).detail()).isEqualTo("API key has been revoked.");
    }

    private void assertMustAsk() throws IOException {
        assertUnavailable(use(fresh.element()));
        assertUnavailable(tryToIssue("Not to be", null));
        assertThat(send(LEAGUES).status()).isEqualTo(200);
    }

    private void assertBack(String fault) throws IOException {
        long start = System.nanoTime();
        await().atMost(SOON).until(() -> use(fresh.element()).status() == 200);
        long keys = System.nanoTime() - start;
        await().atMost(SOON).until(() -> tryToIssue("After", null).status() == 201);
        System.out.printf(
                "PostgreSQL %s: keys are back after %d ms, changes after %d ms%n",
                fault,
                Duration.ofNanos(keys).toMillis(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        for (String key : fresh) {
            assertThat(use(key).status()).isEqualTo(200);
        }
        assertThat(use(known).status()).isEqualTo(200);
        assertThat(use(revoked).detail()).isEqualTo("API key has been revoked.");
        assertThat(members("name", send(Ask.get(KEYS + "?limit=1000")).body())).doesNotContain("Not to be");
    }

    private Connection direct() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.getPort()
                + "/postgres?user=postgres&ApplicationName=other&connectTimeout=5");
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    private static void execute(Connection connection, String... all) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : all) {
                statement.execute(sql);
            }
        }
    }

    /** What stands before it goes on taking connections: a login that nobody answers does not last for ever. */
    @Test
    void it_is_killed_and_started_again() throws Exception {
        int port = server.getPort();
        String first =
                Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0);
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(first)).orElseThrow();
        List<ProcessHandle> all =
                new java.util.ArrayList<>(postmaster.descendants().toList());
        all.add(0, postmaster);
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
        server.close();
        assertAway();
        server = server(port);
        assertBack("killed and started again");
    }

    /** A change is on its way when the wire is cut: it is 503, and asked for again it is there once. */
    @Test
    void its_connections_are_cut_half_way() throws Exception {
        try (Connection other = direct()) {
            other.setAutoCommit(false);
            execute(other, "lock table portcullis_api_key in exclusive mode");
            CompletableFuture<Answer> half = CompletableFuture.supplyAsync(() -> {
                try {
                    return tryToIssue("Half", "half");
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            await().until(() -> !ask(other, "select count(*) from pg_locks where not granted")
                    .equals("0"));
            wire.cut();
            assertUnavailable(half.get());
            other.rollback();
        }
        assertAway();
        wire.mend();
        assertBack("cut half-way");
        assertThat(tryToIssue("Half", "half").status()).isBetween(200, 201);
        assertThat(members("name", send(Ask.get(KEYS + "?limit=1000")).body())).containsOnlyOnce("Half");
    }

    /** As after a failover, or by hand: all keys go on, and none is changed. */
    @Test
    void it_becomes_read_only() throws Exception {
        try (Connection other = direct()) {
            execute(other, "set default_transaction_read_only = off");
            readOnly(other, "on");
            await().atMost(SOON).until(() -> tryToIssue("Perhaps", null).status() == 503);
            assertUnavailable(tryToIssue("Not to be", null));
            assertUnavailable(post(KEYS + idOf("Known") + "/revoke/", "{}", null));
            assertThat(use(fresh.getLast()).status()).isEqualTo(200);
            assertThat(use(known).status()).isEqualTo(200);
            assertThat(use(revoked).detail()).isEqualTo("API key has been revoked.");
            assertThat(send(LEAGUES).status()).isEqualTo(200);
            readOnly(other, "off");
        }
        assertBack("read-only");
    }

    private static void readOnly(Connection other, String value) throws SQLException {
        execute(other, "alter system set default_transaction_read_only = " + value, "select pg_reload_conf()");
    }

    /** Others have all of them, also those that ours had. */
    @Test
    void it_is_out_of_connections() throws Exception {
        Deque<Connection> others = new ArrayDeque<>();
        try {
            others.add(direct());
            await().atMost(SOON).until(() -> {
                execute(
                        others.element(),
                        "select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where backend_type = 'client backend' and application_name <> 'other'");
                while (others.size() < CONNECTIONS) {
                    try {
                        others.add(direct());
                    } catch (SQLException e) {
                        return false;
                    }
                }
                return true;
            });
            assertMustAsk();
            // Notices that were heard again for a moment let no copy from before count.
            assertThat(use(known).status()).isIn(200, 503);
            assertThat(use(revoked).status()).isIn(401, 503);
        } finally {
            for (Connection other : others) {
                other.close();
            }
        }
        assertBack("out of connections");
    }
}
