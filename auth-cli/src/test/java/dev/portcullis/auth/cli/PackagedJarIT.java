package dev.portcullis.auth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.testkit.TokenIssuer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a process of its own, on real databases. */
class PackagedJarIT {

    private static final Pattern KEY = Pattern.compile("grd_(live|test)_[0-9a-f]{48}");
    private static final String PASSWORD = "correct-horse-battery";

    @TempDir
    private Path directory;

    private Ran run(String input, String... arguments) throws Exception {
        return run(Map.of(), input, arguments);
    }

    private Ran run(Map<String, String> variables, String input, String... arguments) throws Exception {
        return Machine.run(directory, variables, input, Machine.portcullis(arguments));
    }

    @Test
    void keys_outlive_the_process() throws Exception {
        Ran issued = run("", "keys", "issue", "--data", "store", "--owner", "ada", "--name", "laptop");
        assertThat(issued.exitCode()).as(issued.err()).isZero();
        assertThat(issued.out().strip()).matches(KEY);
        Ran verified = run(issued.out(), "keys", "verify", "--data", "store");
        assertThat(verified.out()).startsWith("Let in.");
        assertThat(verified.err()).isEmpty();
    }

    @Test
    void a_store_that_is_not_there_is_not_made_by_a_typing_error() throws Exception {
        Ran ran = run("", "keys", "list", "--data", "stroe");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).startsWith("portcullis: --data: there is no store in this directory");
        assertThat(directory.resolve("stroe")).doesNotExist();
    }

    @Test
    void a_directory_that_cannot_be_made_is_told_in_one_line() throws Exception {
        Files.writeString(directory.resolve("file"), "");
        Ran ran = run("", "keys", "issue", "--data", "file", "--owner", "ada", "--name", "a");
        assertThat(ran).isEqualTo(new Ran(2, "", "portcullis: --data: the directory cannot be made\n"));
    }

    /** The arguments of a process are everybody's to read. */
    @Test
    void a_token_is_read_from_standard_input() throws Exception {
        try (TokenIssuer issuer = TokenIssuer.start()) {
            String token = issuer.token().audience("api").sign();
            Ran ran = run(
                    token,
                    "token",
                    "inspect",
                    "--jwks",
                    issuer.jwks().toString(),
                    "--issuer",
                    issuer.issuer(),
                    "--audience",
                    "api");
            assertThat(ran.exitCode()).as(ran.all()).isZero();
            assertThat(ran.all()).doesNotContain(token.substring(token.lastIndexOf('.') + 1));
            Ran refused = run("", "token", "inspect", token);
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.all()).doesNotContain(token.substring(0, 10));
        }
    }

    /** "the password from env ... never an argument": and it is in nothing that is printed. */
    @Test
    void a_postgresql_is_used_with_the_password_from_the_environment() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start()) {
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create role portcullis login password '" + PASSWORD + "'");
                statement.execute("create database portcullis owner portcullis");
            }
            String[] store = {
                "--database-url",
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/portcullis",
                "--database-user",
                "portcullis"
            };
            Map<String, String> variables = Map.of(StoreOptions.PASSWORD_VARIABLE, PASSWORD);
            Ran missing = run(variables, "", with(store, "keys", "list"));
            assertThat(missing.exitCode()).isEqualTo(2);
            assertThat(missing.err()).contains("There is no Portcullis schema").contains("Or add --migrate");
            Ran issued = run(variables, "", with(store, "keys", "issue", "--owner", "ada", "--name", "a", "--migrate"));
            assertThat(issued.exitCode()).as(issued.err()).isZero();
            Ran verified = run(variables, issued.out(), with(store, "keys", "verify"));
            assertThat(verified.out()).startsWith("Let in.");
            for (Ran ran : List.of(missing, issued, verified)) {
                assertThat(ran.all()).doesNotContain(PASSWORD);
            }
        }
    }

    private static String[] with(String[] store, String... command) {
        return Stream.concat(Stream.of(command), Stream.of(store)).toArray(String[]::new);
    }

    @Test
    void a_database_that_is_not_there_ends_with_3_and_one_line() throws Exception {
        Ran ran = run(
                Map.of(StoreOptions.PASSWORD_VARIABLE, PASSWORD),
                "",
                "keys",
                "list",
                "--database-url",
                "jdbc:postgresql://127.0.0.1:1/portcullis",
                "--database-user",
                "ada");
        assertThat(ran)
                .isEqualTo(new Ran(
                        3,
                        "",
                        "portcullis: API key store is unavailable. There is no connection to the database."
                                + " (SQLSTATE 08001)\n"));
    }

    /** What is stored and what is in the file agree, whenever the command is stopped. */
    @Test
    void asked_to_stop_it_ends_between_two_steps() throws Exception {
        Process process = Machine.start(
                directory,
                Map.of(),
                Machine.portcullis(
                        "keys",
                        "issue",
                        "--data",
                        "store",
                        "--owner",
                        "ada",
                        "--name",
                        "a",
                        "--count",
                        "1000000",
                        "--output",
                        "keys.csv"));
        Path file = directory.resolve("keys.csv");
        while (process.isAlive() && (!Files.exists(file) || Files.size(file) < 1000)) {
            Thread.sleep(20);
        }
        process.destroy();
        Machine.end(directory, process);
        List<String> written = Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.substring(0, 36))
                .toList();
        Ran listed = run("", "keys", "list", "--data", "store", "--limit", "1000000");
        List<String> stored =
                listed.out().lines().skip(1).map(line -> line.substring(0, 36)).toList();
        assertThat(written).isNotEmpty().hasSizeLessThan(1_000_000);
        assertThat(stored).containsExactlyInAnyOrderElementsOf(written);
    }

    /** One at a time: a second process is told so, and does no harm. */
    @Test
    void a_directory_that_another_process_has_open_is_told() throws Exception {
        run("", "keys", "issue", "--data", "store", "--owner", "ada", "--name", "a");
        Files.createDirectory(directory.resolve("first"));
        Process waiting = startToWait();
        Ran ran = run("", "keys", "list", "--data", "store");
        for (int i = 0; i < 100 && ran.exitCode() == 0; i++) {
            // It is told so itself, and ends, if it comes while the other one has the directory open.
            waiting = waiting.isAlive() ? waiting : startToWait();
            ran = run("", "keys", "list", "--data", "store");
        }
        waiting.outputWriter().close();
        Machine.end(directory.resolve("first"), waiting);
        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.err())
                .isEqualTo("portcullis: API key store is unavailable. Another process has the directory open."
                        + " (SQLSTATE 90020)\n");
    }

    /** It has the directory open for as long as no key comes. */
    private Process startToWait() throws IOException {
        return Machine.start(
                directory.resolve("first"), Map.of(), Machine.portcullis("keys", "verify", "--data", "../store"));
    }

    @Test
    void it_holds_what_it_needs_and_no_more() throws IOException {
        try (JarFile jar = new JarFile(Path.of("target", "portcullis.jar").toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();
            assertThat(names)
                    .doesNotHaveDuplicates()
                    .contains(
                            "META-INF/services/java.sql.Driver",
                            "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
                            "META-INF/services/org.flywaydb.core.extensibility.Plugin",
                            "portcullis.properties")
                    .noneMatch(name -> name.endsWith("module-info.class"))
                    .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA)"))
                    .noneMatch(name -> name.startsWith("org/junit/") || name.startsWith("com/nimbusds/"));
            assertThat(jar.getManifest().getMainAttributes().getValue("Multi-Release"))
                    .isEqualTo("true");
        }
    }
}
