package dev.portcullis.auth.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A database of its own for a test, with a pool such as an application would have. */
final class TestDatabase implements AutoCloseable {

    private final String url;
    private final HikariDataSource pool;
    private final Path directory;

    private TestDatabase(String url, HikariDataSource pool, Path directory) {
        this.url = url;
        this.pool = pool;
        this.directory = directory;
    }

    /** Without tables. */
    static TestDatabase empty(Database kind) {
        return empty(kind, settings -> {});
    }

    static TestDatabase empty(Database kind, Consumer<HikariConfig> pooling) {
        try {
            Path directory = Files.createTempDirectory("portcullis");
            String url = kind == Database.H2
                    ? EmbeddedDatabase.url(directory.resolve("data"))
                    : PostgreSQLServer.newDatabase();
            return new TestDatabase(url, pool(url, pooling), directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestDatabase migrated(Database kind) {
        return migrated(kind, settings -> {});
    }

    static TestDatabase migrated(Database kind, Consumer<HikariConfig> pooling) {
        TestDatabase database = empty(kind, pooling);
        Migrations.migrate(database.pool);
        return database;
    }

    static HikariDataSource pool(String url, Consumer<HikariConfig> pooling) {
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(url);
        settings.setMaximumPoolSize(8);
        settings.setMinimumIdle(0);
        settings.setConnectionTimeout(2000);
        pooling.accept(settings);
        return new HikariDataSource(settings);
    }

    String url() {
        return url;
    }

    HikariDataSource pool() {
        return pool;
    }

    JDBCAPIKeyStore store() {
        return JDBCAPIKeyStore.builder(pool).build();
    }

    void run(String... statements) {
        run(pool, statements);
    }

    static void run(DataSource source, String... statements) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The first column, a line for each row. */
    String ask(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            StringBuilder all = new StringBuilder();
            while (rows.next()) {
                all.append(all.isEmpty() ? "" : "\n").append(rows.getString(1));
            }
            return all.toString();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    void emptyTables() {
        run(
                "truncate table portcullis_api_key",
                "truncate table portcullis_key_owner",
                "truncate table portcullis_key_request",
                "truncate table portcullis_key_audit",
                "truncate table portcullis_session",
                "truncate table portcullis_account",
                "truncate table portcullis_signing_key",
                "truncate table portcullis_signing_key_audit");
    }

    @Override
    public void close() {
        pool.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
