package dev.portcullis.auth.benchmarks;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.jdbc.JDBCAPIKeyStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A key that is in no cache, found by its hash in a PostgreSQL on the same machine, against a bare prepared
 * {@code SELECT} of the same row by its primary key through the same pool. Any of 65,536 keys spread over all of them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class UncachedKeyBenchmark {

    private static final int SHOWN = 65_536;

    /** How many keys there are. */
    @Param({"10000", "10000000"})
    private int keys;

    private FilledPostgreSQL database;
    private JDBCAPIKeyStore store;
    private UUID[] ids;
    private SHA256[] hashes;

    /** Fills the database, unless an earlier run has, and picks keys. */
    @Setup(Level.Trial)
    public void setUp() throws IOException, SQLException {
        database = FilledPostgreSQL.with(keys);
        store = JDBCAPIKeyStore.builder(database.pool()).build();
        ids = new UUID[Math.min(keys, SHOWN)];
        hashes = new SHA256[ids.length];
        String sample = "select id, hash from portcullis_api_key where name = any(array("
                + "select 'Key ' || 1 + i * " + keys / ids.length + " from generate_series(0, " + (ids.length - 1)
                + ") i))";
        try (Connection connection = database.pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sample)) {
            for (int i = 0; rows.next(); i++) {
                ids[i] = rows.getObject(1, UUID.class);
                hashes[i] = SHA256.ofHashed(rows.getBytes(2));
            }
        }
    }

    /** Stops the database, whose files stay. */
    @TearDown(Level.Trial)
    public void tearDown() throws IOException {
        database.close();
    }

    private int any() {
        return ThreadLocalRandom.current().nextInt(ids.length);
    }

    /** The row, of which one column is read. */
    @Benchmark
    public @Nullable String bareSelectByPrimaryKey() throws SQLException {
        try (Connection connection = database.pool().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select * from portcullis_api_key where id = ?")) {
            statement.setObject(1, ids[any()]);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString("owner") : null;
            }
        }
    }

    /** {@code JDBCAPIKeyStore}, to the key with all its fields. */
    @Benchmark
    public @Nullable APIKey portcullis() {
        return store.find(hashes[any()]);
    }
}
