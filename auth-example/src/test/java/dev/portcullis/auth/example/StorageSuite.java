package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.testkit.RequestSigner;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of packaged examples: when the process is killed, when two share a database, and when they cannot be kept. */
public abstract class StorageSuite {

    private static final String KEYS = "/api/v1/api-keys/";
    private static final String PASSWORD = "hunter2-hunter2";
    private static final Ask LEAGUES = Ask.get("/api/v1/leagues/");

    /** Far less than the minute for which copies of keys live while change notices are up to date. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

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

    private Running start(String... arguments) throws IOException {
        return Running.start(Map.of(), program(), arguments);
    }

    /** A user who is signed in at a running example, with the example's own token. */
    private record User(int port, String token) {

        static User of(Running example) throws IOException {
            return new User(example.port(), example.found("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+"));
        }

        Answer send(Ask ask) throws IOException {
            return Wire.send(port, ask.bearer(token));
        }

        /** Issues a key, and gives its identifier and itself. */
        Issued issue(String name) throws IOException {
            Answer answer =
                    send(Ask.of("POST", KEYS).json("{\"name\":\"" + name + "\",\"scopes\":[\"catalog:read\"]}"));
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            return new Issued(member("id", answer), member("plaintext", answer));
        }

        void revoke(Issued key) throws IOException {
            assertThat(send(Ask.of("POST", KEYS + key.id() + "/revoke/")).status())
                    .isEqualTo(200);
        }

        Answer use(Issued key) throws IOException {
            return Wire.send(port, LEAGUES.bearer(key.text()));
        }
    }

    private record Issued(String id, String text) {}

    private static String member(String name, Answer answer) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(answer.body());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    /** "every change that was answered is there afterwards, none twice" */
    @Test
    void what_was_answered_outlasts_a_kill() throws Exception {
        String keys = directory.resolve("keys").toString();
        Map<String, Issued> issued = new ConcurrentHashMap<>();
        Map<String, Issued> revoked = new ConcurrentHashMap<>();
        try (Running example = start("--port", "0", "--data", keys)) {
            User user = User.of(example);
            List<Thread> writers = IntStream.range(0, 3)
                    .mapToObj(number -> new Thread(() -> write(user, number, issued, revoked)))
                    .toList();
            writers.forEach(Thread::start);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> issued.size() >= 40 || writers.stream().noneMatch(Thread::isAlive));
            example.kill();
            for (Thread writer : writers) {
                writer.join();
            }
        }
        assertThat(revoked).isNotEmpty();
        try (Running example = start("--port", "0", "--data", keys)) {
            User user = User.of(example);
            for (Map.Entry<String, Issued> key : issued.entrySet()) {
                Answer used = user.use(key.getValue());
                if (revoked.containsKey(key.getKey())) {
                    assertThat(used.detail()).isEqualTo("API key has been revoked.");
                } else {
                    assertThat(used.status()).as(key.getKey()).isEqualTo(200);
                }
            }
            assertThat(names(user)).doesNotHaveDuplicates().containsAll(issued.keySet());
        }
    }

    /** Issues keys, and revokes every other one, for as long as there are answers. */
    private static void write(User user, int number, Map<String, Issued> issued, Map<String, Issued> revoked) {
        try {
            for (int i = 0; i < 200; i++) {
                String name = "writer " + number + " key " + i;
                Issued key = user.issue(name);
                if (i % 2 == 1) {
                    user.revoke(key);
                    revoked.put(name, key);
                    issued.put(name, key);
                } else if (i % 8 == 0) {
                    issued.put(name, key);
                } else {
                    assertThat(user.send(Ask.of("DELETE", KEYS + key.id())).status())
                            .isEqualTo(204);
                }
            }
        } catch (IOException e) {
            // It was killed: whatever had no answer by then counts for nothing.
        }
    }

    private static List<String> names(User user) throws IOException {
        return Pattern.compile("\"name\":\"(writer [^\"]*)\"")
                .matcher(user.send(Ask.get(KEYS + "?limit=1000")).body())
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    @Test
    void two_instances_share_a_database() throws Exception {
        try (EmbeddedPostgres server = database();
                Running one = start(
                        "--port",
                        "0",
                        "--database-url",
                        url(server),
                        "--database-user",
                        "portcullis",
                        "--database-password",
                        PASSWORD);
                Running two = Running.start(
                        Map.of("DATABASE_USER", "portcullis", "DATABASE_PASSWORD", PASSWORD),
                        other(),
                        "--port=0",
                        "--database-url=" + url(server))) {
            User here = User.of(one);
            User there = User.of(two);
            Issued key = here.issue("Shared");
            assertThat(here.use(key).status()).isEqualTo(200);
            assertThat(there.use(key).status()).isEqualTo(200);

            here.revoke(key);
            assertThat(here.use(key).detail()).isEqualTo("API key has been revoked.");
            Awaitility.await()
                    .atMost(SOON)
                    .until(() ->
                            "API key has been revoked.".equals(there.use(key).detail()));

            Issued other = there.issue("Shared too");
            assertThat(here.use(other).status()).isEqualTo(200);
            assertThat(there.send(Ask.of("DELETE", KEYS + other.id())).status()).isEqualTo(204);
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> "Invalid API key.".equals(here.use(other).detail()));
            assertThat(one.err() + two.err()).doesNotContain(PASSWORD);
            signWithOneKey(here, there);
        }
    }

    /** Nothing is let in at one that the other could let in again; for that they would share a Redis. */
    private static void signWithOneKey(User here, User there) throws IOException {
        RequestSigner signer = RequestSigner.of(Ed25519SecretKey.generate());
        String publicKey =
                Base64.getEncoder().encodeToString(signer.key().publicKey().encoded());
        Answer registered = here.send(Ask.of("POST", "/api/v1/signing-keys/")
                .json("{\"name\":\"Shared\",\"public_key\":\"" + publicKey + "\"}"));
        assertThat(registered.status()).isEqualTo(201);
        Ask read = Ask.get("/v1/orders").signed(signer);
        Ask order = Ask.of("POST", "/v1/orders").json(ConsumptionRows.ORDER).signed(signer);
        for (User user : List.of(here, there)) {
            assertThat(Wire.send(user.port(), read).status()).isEqualTo(200);
            Answer refused = Wire.send(user.port(), order);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isNotNull();
        }
        here.send(Ask.of("DELETE", "/api/v1/signing-keys/" + member("id", registered)));
        Awaitility.await()
                .atMost(SOON)
                .until(() -> "Invalid request signature."
                        .equals(Wire.send(there.port(), read).detail()));
    }

    private static String url(EmbeddedPostgres server) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/portcullis";
    }

    /** A server that lets nobody in without the password but its owner. */
    private static EmbeddedPostgres database() throws IOException, SQLException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role portcullis login password '" + PASSWORD + "'");
            statement.execute("create database portcullis owner portcullis");
            ResultSet found = statement.executeQuery("show hba_file");
            found.next();
            Files.writeString(
                    Path.of(found.getString(1)),
                    "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
            statement.execute("select pg_reload_conf()");
        }
        return server;
    }

    /** It ends, and tells in one line which option is wrong and what to do, and nothing secret. */
    private static void assertTold(Running example, String words) throws Exception {
        assertThat(example.exitCode()).isEqualTo(1);
        assertThat(example.err().strip())
                .startsWith(words)
                .hasLineCount(1)
                .doesNotContain("hunter2")
                .doesNotContain("Exception");
        assertThat(example.out()).isEmpty();
    }

    @Test
    void a_wrong_password_is_told() throws Exception {
        String told = "--database-user, --database-password: the database refuses them: correct them, or set"
                + " DATABASE_USER and DATABASE_PASSWORD";
        try (EmbeddedPostgres server = database();
                Running wrong = Running.start(
                        Map.of("DATABASE_PASSWORD", "hunter2"),
                        program(),
                        "--database-url",
                        url(server),
                        "--database-user",
                        "portcullis");
                Running none = start("--database-url", url(server), "--database-user", "portcullis")) {
            assertTold(wrong, told);
            assertTold(none, told);
        }
    }

    @Test
    void a_database_that_is_not_there_is_told() throws Exception {
        try (Running example = Running.start(
                Map.of("DATABASE_PASSWORD", "hunter2"),
                program(),
                "--database-url",
                "jdbc:postgresql://127.0.0.1:1/portcullis",
                "--database-user",
                "portcullis")) {
            assertTold(example, "--database-url: nobody answers there: start PostgreSQL, or correct host and port");
        }
    }

    @Test
    void a_directory_that_another_instance_has_open_is_told() throws Exception {
        String keys = directory.resolve("keys").toString();
        try (Running first = start("--port", "0", "--data", keys)) {
            first.port();
            try (Running second = start("--port", "0", "--data", keys)) {
                assertTold(second, "--data: another process has the keys in " + keys + " open: stop it, give another");
            }
            assertThat(User.of(first).issue("Still here").text()).startsWith("grd_live_");
        }
    }

    @Test
    void a_directory_that_cannot_be_written_to_is_told() throws Exception {
        Path keys = Files.createDirectory(directory.resolve("keys"));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("r-xr-xr-x"));
        Assumptions.assumeFalse(Files.isWritable(keys), "Who may do anything can write to it all the same");
        try (Running example = start("--data", keys.toString())) {
            assertTold(example, "--data: nothing can be written to the directory " + keys + ": give another one");
        }
    }

    @Test
    void a_directory_that_cannot_be_made_is_told() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        try (Running example = start("--data", file.resolve("keys").toString())) {
            assertTold(example, "--data: the directory " + file.resolve("keys") + " cannot be made: give another one");
        }
    }
}
