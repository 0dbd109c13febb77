package dev.portcullis.auth.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.jdbc.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL on this machine with many keys in it. Its files stay in the directory for temporary ones, so that the next
 * run finds it filled: ten million keys take minutes, and 4 GB.
 */
final class FilledPostgreSQL implements AutoCloseable {

    private static final String[] BEFORE = {
        "alter table portcullis_api_key drop constraint portcullis_api_key_id",
        "alter table portcullis_api_key drop constraint portcullis_api_key_hash",
        "drop index portcullis_api_key_owner",
    };

    /** Indexes that are built at once are built in no time; they are as large as they get. */
    private static final String[] AFTER = {
        "alter table portcullis_api_key add constraint portcullis_api_key_id primary key (id)",
        "alter table portcullis_api_key add constraint portcullis_api_key_hash unique (hash)",
        "create index portcullis_api_key_owner on portcullis_api_key (owner, id)",
        "vacuum (analyze) portcullis_api_key",
        "checkpoint",
    };

    private final EmbeddedPostgres server;
    private final HikariDataSource pool;

    private FilledPostgreSQL(EmbeddedPostgres server, HikariDataSource pool) {
        this.server = server;
        this.pool = pool;
    }

    static FilledPostgreSQL with(int keys) throws IOException, SQLException {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"), "portcullis-benchmark-" + keys);
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("maintenance_work_mem", "512MB")
                .start();
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + server.getPort()
                + "/postgres?user=postgres&reWriteBatchedInserts=true");
        FilledPostgreSQL filled = new FilledPostgreSQL(server, new HikariDataSource(settings));
        Migrations.migrate(filled.pool);
        filled.fillUpTo(keys);
        return filled;
    }

    private void fillUpTo(int keys) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("select count(*) from portcullis_api_key")) {
                rows.next();
                if (rows.getInt(1) == keys) {
                    return;
                }
            }
            statement.execute("truncate portcullis_api_key");
            run(statement, BEFORE);
            statement.execute("insert into portcullis_api_key"
                    + " select uuidv7(), sha256(('key ' || i)::bytea), 0, 'account-' || i / 10, 'Key ' || i,"
                    + " 'grd_live_0123abcd', '{catalog:read,holdings:read}', now() - interval '1 day', now(), null, null, null"
                    + " from generate_series(1, " + keys + ") i");
            run(statement, AFTER);
        }
    }

    private static void run(Statement statement, String... all) throws SQLException {
        for (String sql : all) {
            statement.execute(sql);
        }
    }

    HikariDataSource pool() {
        return pool;
    }

    @Override
    public void close() throws IOException {
        pool.close();
        server.close();
    }
}
