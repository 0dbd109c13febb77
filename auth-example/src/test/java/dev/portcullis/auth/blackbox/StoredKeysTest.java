package dev.portcullis.auth.blackbox;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.jdbc.EmbeddedDatabase;
import dev.portcullis.auth.jdbc.JDBCAPIKeyStore;
import dev.portcullis.auth.jdbc.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The key endpoints over databases: no text of a client's is a fault of ours. */
class StoredKeysTest {

    /** Tables, copies in front of them, and a server. */
    private static final class Stored implements AutoCloseable {

        private final HikariDataSource pool;
        private final CachedAPIKeyStore copies;
        private final Server server;

        Stored(String url) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url);
            pool = new HikariDataSource(config);
            Migrations.migrate(pool);
            copies = CachedAPIKeyStore.over(JDBCAPIKeyStore.builder(pool).build())
                    .build();
            server = new TomcatServer(new StoredKeyApp(copies));
        }

        @Override
        public void close() {
            server.close();
            copies.close();
            pool.close();
        }
    }

    /** Files of an embedded database. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class InH2 implements KeyHostileSuite {

        private Stored stored;

        @BeforeAll
        void start(@TempDir Path directory) {
            stored = new Stored(EmbeddedDatabase.url(directory));
        }

        @Override
        public Server server() {
            return stored.server;
        }

        @AfterAll
        void stop() {
            stored.close();
        }
    }

    /** A real server. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class InPostgreSQL implements KeyHostileSuite {

        private EmbeddedPostgres database;
        private Stored stored;

        @BeforeAll
        void start() throws IOException {
            database = EmbeddedPostgres.builder()
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .start();
            stored = new Stored("jdbc:postgresql://127.0.0.1:" + database.getPort() + "/postgres?user=postgres");
        }

        @Override
        public Server server() {
            return stored.server;
        }

        @AfterAll
        void stop() throws IOException {
            stored.close();
            database.close();
        }
    }
}
