package dev.portcullis.auth.cli;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.jdbc.EmbeddedDatabase;
import dev.portcullis.auth.jdbc.JDBCAPIKeyStore;
import dev.portcullis.auth.jdbc.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Stores in a database: H2 in a directory, or one at a URL. */
final class JDBCStores implements Stores {

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);

    /** What H2 makes in a directory. */
    private static final String EMBEDDED_FILE = "portcullis.mv.db";

    /** H2 would write what goes wrong, statements with their values, to a file and to standard error. */
    private static final String WITHOUT_TRACE = ";TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

    private final boolean makes;

    private JDBCStores(boolean makes) {
        this.makes = makes;
    }

    /** Stores that must be there. */
    static JDBCStores existing() {
        return new JDBCStores(false);
    }

    @Override
    public Stores making() {
        return new JDBCStores(true);
    }

    @Override
    public Opened open(StoreOptions options, Terminal terminal) {
        Path directory = options.data();
        HikariDataSource pool = pool(directory == null ? database(options, terminal) : embedded(directory));
        boolean opened = false;
        try {
            APIKeyStore store = store(pool, options.isMigrate(), directory != null);
            opened = true;
            return new Pooled(pool, store);
        } finally {
            if (!opened) {
                pool.close();
            }
        }
    }

    private HikariConfig embedded(Path directory) {
        if (!makes && !Files.exists(directory.resolve(EMBEDDED_FILE))) {
            throw Failure.misused("--data: there is no store in this directory; keys issue and keys import make one");
        }
        HikariConfig config = new HikariConfig();
        try {
            Files.createDirectories(directory);
            config.setJdbcUrl(EmbeddedDatabase.url(directory) + WITHOUT_TRACE);
        } catch (IOException e) {
            throw Failure.misused("--data: the directory cannot be made");
        } catch (IllegalArgumentException e) {
            throw Failure.misused("--data: the directory cannot have a semicolon in its path");
        }
        return config;
    }

    private static HikariConfig database(StoreOptions options, Terminal terminal) {
        String url = String.valueOf(options.databaseURL());
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw Failure.misused("--database-url: there is no driver for this: write jdbc:postgresql://host/name");
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        if (options.databaseUser() != null) {
            config.setUsername(options.databaseUser());
            config.setPassword(password(terminal));
        }
        if (url.startsWith("jdbc:postgresql:")) {
            config.addDataSourceProperty("connectTimeout", Long.toString(CONNECTION_TIMEOUT.toSeconds()));
            config.addDataSourceProperty("loginTimeout", Long.toString(CONNECTION_TIMEOUT.toSeconds()));
            config.addDataSourceProperty("cancelSignalTimeout", "1");
            config.addDataSourceProperty("reWriteBatchedInserts", "true");
        }
        return config;
    }

    /** Null if there is neither a variable nor somebody to ask: some databases take users without. */
    private static @Nullable String password(Terminal terminal) {
        String known = terminal.variable(StoreOptions.PASSWORD_VARIABLE);
        Keyboard keyboard = terminal.keyboard();
        return known == null && keyboard != null ? keyboard.hidden("Password of the database's user: ") : known;
    }

    private static HikariDataSource pool(HikariConfig config) {
        config.setPoolName("portcullis");
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw new AuthUnavailableException(Reason.API_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(1), e);
        }
    }

    /** An embedded store is ours alone, so that its tables are too. */
    private static APIKeyStore store(HikariDataSource pool, boolean migrate, boolean embedded) {
        try {
            if (migrate) {
                Migrations.migrate(pool);
            }
            return JDBCAPIKeyStore.builder(pool).build();
        } catch (IllegalStateException e) {
            if (embedded && !migrate) {
                return store(pool, true, true);
            }
            // These words are auth-jdbc's own, and name no place.
            throw Failure.misused(e.getMessage() + (migrate ? "" : ". Or add --migrate"));
        }
    }

    /** A store and the connections to it. */
    private static final class Pooled implements Opened {

        private final HikariDataSource pool;
        private final APIKeyStore store;

        Pooled(HikariDataSource pool, APIKeyStore store) {
            this.pool = pool;
            this.store = store;
        }

        @Override
        public APIKeyStore store() {
            return store;
        }

        @Override
        public void close() {
            pool.close();
        }
    }
}
