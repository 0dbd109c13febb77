package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.testkit.SettableClock;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where keys are kept: what there is after another start, and what is told when it cannot be opened. */
class KeyStorageTest {

    @TempDir
    private Path directory;

    private Database files() {
        return Database.in(directory.resolve("keys"));
    }

    private static APIKeys keys(KeyStorage storage) {
        return APIKeys.builder().store(storage.store()).build();
    }

    @Test
    void a_key_outlasts_the_storage_that_it_was_put_into() throws IOException {
        APIKey key;
        try (KeyStorage storage = KeyStorage.open(files())) {
            key = keys(storage)
                    .issue("user_1", "A key", Environment.LIVE, List.of("catalog:read"), null)
                    .key();
        }
        try (KeyStorage storage = KeyStorage.open(files())) {
            assertThat(keys(storage).get(key.id())).isEqualTo(key);
        }
    }

    @Test
    void demo_keys_do_not_pile_up_and_nothing_else_is_deleted() throws IOException {
        SettableClock clock = SettableClock.at(Instant.parse("2030-01-01T00:00:00Z"));
        try (KeyStorage storage = KeyStorage.open(files())) {
            APIKeys keys = APIKeys.builder().store(storage.store()).clock(clock).build();
            APIKey other = keys.issue("user_demo", "Demo", Environment.LIVE, List.of(), null)
                    .key();
            DemoKey demo = new DemoKey(keys);
            for (int i = 0; i < 2 * DemoKey.MOST; i++) {
                demo.issue(Environment.LIVE, List.of());
            }
            assertThat(demoKeys(keys)).hasSize(DemoKey.MOST);

            clock.advance(Duration.ofDays(2));
            demo.issue(Environment.LIVE, List.of());

            assertThat(demoKeys(keys)).hasSize(1).allMatch(key -> key.isActive(clock.instant()));
            assertThat(keys.get(other.id())).isEqualTo(other);
        }
    }

    private static List<APIKey> demoKeys(APIKeys keys) {
        return keys.ofAccount(DemoKey.ACCOUNT, Actor.APPLICATION).list(null, 1000);
    }

    @Test
    void a_directory_that_cannot_be_made_is_told() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> KeyStorage.open(Database.in(file.resolve("keys"))))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("--data: the directory .*/file/keys cannot be made: give another one");
    }

    @Test
    void files_that_are_no_database_are_told() throws IOException {
        Files.writeString(directory.resolve("portcullis.mv.db"), "no database\n".repeat(2000));

        assertThatThrownBy(() -> KeyStorage.open(Database.in(directory)))
                .isInstanceOf(IOException.class)
                .hasMessageMatching(
                        "--data: what is in .* cannot be read: restore a copy of it, or give another directory");
    }

    @Test
    void what_is_wrong_with_a_postgresql_is_told_by_the_option() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            execute(
                    server,
                    "create user reader password 'secret' nosuperuser",
                    "revoke create on schema public from public",
                    "create database latin encoding 'LATIN1' template template0 lc_collate 'C' lc_ctype 'C'");
            String address = "jdbc:postgresql://127.0.0.1:" + server.getPort();

            assertTold(
                    Database.at(address + "/nowhere", "postgres", null), "--database-url: there is no such database");
            assertTold(
                    Database.at(address + "/latin", "postgres", null),
                    "--database-url: The database has the encoding LATIN1");
            assertTold(
                    Database.at(address + "/postgres", "reader", "secret"),
                    "--database-user: this user may not make the tables");
        }
        assertTold(
                Database.at("jdbc:postgresql://127.0.0.1:1/a?password=hunter2", null, null),
                "--database-url: nobody answers there");
    }

    private static void assertTold(Database database, String words) {
        assertThatThrownBy(() -> KeyStorage.open(database))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(words)
                .hasMessageContaining(": ")
                .message()
                .doesNotContain("hunter2")
                .doesNotContain("jdbc:");
    }

    private static void execute(EmbeddedPostgres server, String... statements) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void a_password_is_never_shown() {
        assertThat(Database.at("jdbc:postgresql://h/d?password=hunter2", "u", "hunter2"))
                .hasToString("a PostgreSQL");
    }
}
