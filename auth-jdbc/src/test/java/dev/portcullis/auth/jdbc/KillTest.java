package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every change that was answered is there after a {@code kill -9}, and none is there twice. The whole run is
 * {@code -Dportcullis.changes=10000}.
 */
class KillTest {

    private static final int ANY_PORT = 0;

    private static final int CHANGES = Integer.getInteger("portcullis.changes", 300);

    private static final int MOST_BEFORE_KILL = Math.min(CHANGES / 3, 200);

    private static final int NUMBERS_A_ROUND = 100_000;

    private final Random random = new Random();

    /** The process that has the store is killed: with H2, it has the database too. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void a_killed_process_loses_nothing_that_it_answered(Database kind) throws IOException {
        Ledger ledger = new Ledger();
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            database.pool().close();
            int kills = 0;
            while (ledger.answered() < CHANGES) {
                killWhileWriting(database.url(), kills++ * NUMBERS_A_ROUND, ledger);
                if (kind == Database.H2) {
                    NewestChunk.findIn(fileOf(database)); // as when the next process asks for the URL
                }
                try (HikariDataSource pool = TestDatabase.pool(database.url(), settings -> {})) {
                    ledger.check(JDBCAPIKeyStore.builder(pool).build());
                }
            }
            assertThat(kills).isGreaterThan(1);
        }
    }

    static Path fileOf(TestDatabase database) {
        String url = database.url();
        return Path.of(url.substring("jdbc:h2:async:".length(), url.indexOf(';')) + ".mv.db");
    }

    private void killWhileWriting(String url, int first, Ledger ledger) {
        try (ChildProcess writer = ChildProcess.start(KeyWriter.class, url, String.valueOf(first))) {
            int last = 1 + random.nextInt(MOST_BEFORE_KILL);
            int answers = 0;
            for (String line = writer.hear(); line != null; line = writer.hear()) {
                if (line.startsWith("did ")) {
                    ledger.answered(line.substring("did ".length()));
                    answers++;
                } else {
                    ledger.trying(line.substring("trying ".length()));
                }
                if (answers == last) {
                    // What it says until it is dead counts too.
                    LockSupport.parkNanos(random.nextInt(3_000_000));
                    writer.kill();
                }
            }
        }
    }

    /** The server is killed, with all of its processes, and started again. */
    @Test
    void a_killed_server_loses_nothing_that_it_answered(@TempDir Path directory) throws Exception {
        Ledger ledger = new Ledger();
        int kills = 0;
        while (ledger.answered() < CHANGES) {
            try (EmbeddedPostgres server = start(directory, ANY_PORT);
                    HikariDataSource pool = TestDatabase.pool(
                            PostgreSQLServer.url("127.0.0.1", server.getPort(), "postgres"), settings -> {})) {
                Migrations.migrate(pool);
                JDBCAPIKeyStore store = JDBCAPIKeyStore.builder(pool).build();
                ledger.check(store);
                int enough = ledger.answered() + 1 + random.nextInt(MOST_BEFORE_KILL);
                AtomicBoolean running = new AtomicBoolean(true);
                KeyWriter writer = new KeyWriter(store, ledger::trying, ledger::answered);
                int first = kills++ * NUMBERS_A_ROUND;
                Thread writing = new Thread(() -> writer.write(first, running::get));
                writing.start();
                while (ledger.answered() < enough) {
                    LockSupport.parkNanos(1_000_000);
                }
                kill(directory);
                running.set(false);
                writing.join(TimeUnit.SECONDS.toMillis(60));
                assertThat(writing.isAlive()).isFalse();
            }
        }
        try (EmbeddedPostgres server = start(directory, ANY_PORT);
                HikariDataSource pool = TestDatabase.pool(
                        PostgreSQLServer.url("127.0.0.1", server.getPort(), "postgres"), settings -> {})) {
            ledger.check(JDBCAPIKeyStore.builder(pool).build());
        }
        assertThat(kills).isGreaterThan(1);
    }

    /** The test server is fast and careless unless it is told to be as PostgreSQL is by default. */
    static EmbeddedPostgres start(Path directory, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    static ProcessHandle postmaster(Path directory) throws IOException {
        String pid =
                Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    static void kill(Path directory) throws IOException {
        ProcessHandle postmaster = postmaster(directory);
        var backends = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        backends.forEach(ProcessHandle::destroyForcibly);
        postmaster.onExit().join();
        backends.forEach(backend -> backend.onExit().join());
    }
}
