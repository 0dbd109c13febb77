package dev.portcullis.auth.example;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.jdbc.JDBCAPIKeyStore;
import dev.portcullis.auth.jdbc.Migrations;
import dev.portcullis.auth.jdbc.PostgreSQLChangeNotices;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keys that last: a pool of connections, the store on it, and copies in front. With PostgreSQL, which other instances can
 * use too, it hears of what they change.
 */
final class KeyStorage implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final int MILLIS_TO_CONNECT = 2000;

    private final Deque<Runnable> opened = new ArrayDeque<>();
    private final APIKeyStore store;

    private KeyStorage(Database database) {
        HikariDataSource pool = new HikariDataSource(pool(database));
        opened.push(pool::close);
        try {
            Migrations.migrate(pool);
            CachedAPIKeyStore.Builder cached =
                    CachedAPIKeyStore.over(JDBCAPIKeyStore.builder(pool).build());
            if (!database.isEmbedded()) {
                PostgreSQLChangeNotices notices =
                        PostgreSQLChangeNotices.builder(pool).build();
                opened.push(notices::close);
                cached.notices(notices);
            }
            CachedAPIKeyStore copies = cached.build();
            opened.push(copies::close);
            this.store = copies;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens it, and makes what is not there yet.
     *
     * @throws IOException if it cannot be opened; the message names the option and the remedy
     */
    static KeyStorage open(Database database) throws IOException {
        database.prepare();
        try (Connection knock = DriverManager.getConnection(database.url(), database.properties())) {
            knock.getMetaData();
        } catch (SQLException e) {
            throw DatabaseTrouble.of(database, e);
        }
        try {
            return new KeyStorage(database);
        } catch (IllegalStateException | AuthUnavailableException e) {
            throw DatabaseTrouble.of(database, e);
        }
    }

    private static HikariConfig pool(Database database) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("keys");
        config.setJdbcUrl(database.url());
        config.setDataSourceProperties(database.properties());
        config.setMaximumPoolSize(CONNECTIONS);
        // Requests wait for so long while the database is away.
        config.setConnectionTimeout(MILLIS_TO_CONNECT);
        return config;
    }

    APIKeyStore store() {
        return store;
    }

    /** What was opened last is closed first. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }
}
