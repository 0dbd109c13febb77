package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.AddTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in a directory. */
class EmbeddedDatabaseTest {

    @TempDir
    Path directory;

    @Test
    void keys_are_there_when_the_files_are_opened_again() {
        Path deep = directory.resolve("not there/yet %20 \u00e9");
        APIKey key = Keys.some().build();
        try (HikariDataSource pool = TestDatabase.pool(EmbeddedDatabase.url(deep), settings -> {})) {
            Migrations.migrate(pool);
            JDBCAPIKeyStore.builder(pool).build().add(key, AddTerms.any(), Keys.ISSUE);
        }
        assertThat(deep.resolve("portcullis.mv.db")).isRegularFile();
        try (HikariDataSource pool = TestDatabase.pool(EmbeddedDatabase.url(deep), settings -> {})) {
            assertThat(JDBCAPIKeyStore.builder(pool).build().find(key.hash())).isEqualTo(key);
        }
    }

    @Test
    void a_path_cannot_bring_settings_along() {
        for (String path : List.of("data;INIT=drop all objects", ";", "a;/b")) {
            assertThatThrownBy(() -> EmbeddedDatabase.url(Path.of(path))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** A server's threads can be interrupted at any time; elsewhere that closes the file under H2's feet. */
    @Test
    void interrupted_threads_do_no_harm() throws InterruptedException {
        try (TestDatabase database = TestDatabase.migrated(Database.H2)) {
            JDBCAPIKeyStore store = database.store();
            List<APIKey> keys = Keys.some(300);
            store.addAll(keys, Keys.ISSUE);
            database.run("set cache_size 0");
            Thread reading = new Thread(() -> {
                for (APIKey key : keys) {
                    Thread.currentThread().interrupt();
                    try {
                        store.find(key.hash());
                        store.revoke(key.id(), Keys.REVOKE);
                    } catch (AuthUnavailableException e) {
                        // Whoever is interrupted may be told so.
                    }
                }
            });
            reading.start();
            reading.join();
            assertThat(store.find(keys.get(0).hash())).isNotNull();
            assertThat(store.add(Keys.some().build(), AddTerms.any(), Keys.ISSUE))
                    .isNotNull();
        }
    }

    @Test
    void files_that_another_process_has_open_are_an_outage() {
        String url = EmbeddedDatabase.url(directory);
        JdbcDataSource files = new JdbcDataSource();
        files.setURL(url);
        Migrations.migrate(files);
        try (ChildProcess other = ChildProcess.start(KeyWriter.class, url, "0")) {
            assertThat(other.hear()).startsWith("trying");
            assertThatThrownBy(() -> JDBCAPIKeyStore.builder(files).build())
                    .isInstanceOf(AuthUnavailableException.class)
                    .cause()
                    .hasMessageContaining("Another process has the database open");
        }
    }

    /**
     * A copy of the file is what is left when the process is killed. Chunks are written into gaps here from the beginning,
     * as they are after some hours, which is where H2 loses its newest ones.
     */
    @Test
    void whatever_was_answered_is_found_at_every_moment() throws IOException {
        String gaps = ";RETENTION_TIME=0";
        Path data = directory.resolve("one");
        Path file = data.resolve("portcullis.mv.db");
        try (HikariDataSource pool = TestDatabase.pool(EmbeddedDatabase.url(data) + gaps, settings -> {})) {
            Migrations.migrate(pool);
            JDBCAPIKeyStore store = JDBCAPIKeyStore.builder(pool).build();
            for (int i = 0; i < 60; i++) {
                APIKey key = Keys.some().build();
                store.add(key, new AddTerms(1000, null), Keys.ISSUE);
                store.revoke(key.id(), Keys.REVOKE);
                assertFoundInCopy(file, key.revokedAt(Keys.NOW), directory.resolve("copy " + i));
            }
        }
    }

    private static void assertFoundInCopy(Path file, APIKey key, Path copy) throws IOException {
        Files.createDirectory(copy);
        Files.copy(file, copy.resolve(file.getFileName()));
        try (HikariDataSource pool = TestDatabase.pool(EmbeddedDatabase.url(copy), settings -> {})) {
            assertThat(JDBCAPIKeyStore.builder(pool).build().get(key.id())).isEqualTo(key);
        }
    }
}
