package dev.portcullis.auth.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection for as long as it is needed. Each statement has a time-out, and so has the network beneath it, unless
 * the application has set one. What the connection was set to before is restored for whoever gets it next.
 */
final class Statements implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JDBCAPIKeyStore.class);

    /** The network is given longer than a statement: the database's own word for what is wrong is the better one. */
    private static final int NETWORK_GRACE_SECONDS = 2;

    private static final int MILLIS = 1000;

    private static final int BATCH = 1000;

    private final Connection connection;
    private final Deadlines deadlines;
    private final int timeoutSeconds;
    private final boolean autoCommitBefore;
    private boolean networkTimeoutChanged;
    private boolean inTransaction;
    private boolean changed;

    private Statements(Connection connection, Deadlines deadlines, int timeoutSeconds, boolean autoCommitBefore) {
        this.connection = connection;
        this.deadlines = deadlines;
        this.timeoutSeconds = timeoutSeconds;
        this.autoCommitBefore = autoCommitBefore;
    }

    /** Statements that stand for themselves. */
    static Statements alone(DataSource source, Deadlines deadlines, int timeoutSeconds) throws SQLException {
        return open(source, deadlines, timeoutSeconds, true);
    }

    /** Statements that are undone unless {@link #commit} is called. */
    static Statements inTransaction(DataSource source, Deadlines deadlines, int timeoutSeconds) throws SQLException {
        return open(source, deadlines, timeoutSeconds, false);
    }

    private static Statements open(DataSource source, Deadlines deadlines, int timeoutSeconds, boolean autoCommit)
            throws SQLException {
        Connection connection = source.getConnection();
        try {
            Statements statements = new Statements(connection, deadlines, timeoutSeconds, connection.getAutoCommit());
            statements.boundNetwork();
            if (statements.autoCommitBefore != autoCommit) {
                connection.setAutoCommit(autoCommit);
            }
            statements.inTransaction = !autoCommit;
            return statements;
        } catch (SQLException | RuntimeException e) {
            quietly(connection::close);
            throw e;
        }
    }

    private void boundNetwork() throws SQLException {
        try {
            if (connection.getNetworkTimeout() == 0) {
                connection.setNetworkTimeout(Runnable::run, (timeoutSeconds + NETWORK_GRACE_SECONDS) * MILLIS);
                networkTimeoutChanged = true;
            }
        } catch (SQLFeatureNotSupportedException e) {
            LOG.trace("The driver bounds no network", e);
        }
    }

    /** Whether anything was written. */
    boolean changed() {
        return changed;
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            Parameters.set(statement, parameters);
            return statement;
        } catch (SQLException | RuntimeException e) {
            quietly(statement::close);
            throw e;
        }
    }

    private <T> T bounded(Statement statement, Deadlines.Execution<T> execution) throws SQLException {
        return deadlines.within(TimeUnit.SECONDS.toNanos(timeoutSeconds), statement, execution);
    }

    /** The first row, or null if there is none. */
    <T> @Nullable T first(RowReader<T> reader, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet rows = bounded(statement, statement::executeQuery)) {
            return rows.next() ? reader.read(rows) : null;
        }
    }

    <T> List<T> all(RowReader<T> reader, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet rows = bounded(statement, statement::executeQuery)) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        }
    }

    /** How many rows were changed. */
    int update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            int rows = bounded(statement, statement::executeUpdate);
            changed |= rows > 0;
            return rows;
        }
    }

    /** The same statement for each row of parameters. */
    void updateEach(String sql, List<Object[]> rows) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            for (int i = 0; i < rows.size(); i++) {
                Parameters.set(statement, rows.get(i));
                statement.addBatch();
                if ((i + 1) % BATCH == 0 || i + 1 == rows.size()) {
                    bounded(statement, statement::executeBatch);
                }
            }
            changed |= !rows.isEmpty();
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            bounded(statement, () -> statement.execute(sql));
        }
    }

    /** Keeps what was written. */
    void commit() throws SQLException {
        connection.commit();
        inTransaction = false;
    }

    /** Undoes what was not committed, and gives the connection back. */
    @Override
    public void close() {
        if (inTransaction) {
            quietly(connection::rollback);
        }
        quietly(this::restore);
        quietly(connection::close);
    }

    private void restore() throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        if (connection.getAutoCommit() != autoCommitBefore) {
            connection.setAutoCommit(autoCommitBefore);
        }
        if (networkTimeoutChanged) {
            connection.setNetworkTimeout(Runnable::run, 0);
        }
    }

    /** What was done is done, and what failed has been said: trouble with giving a connection back changes neither. */
    private static void quietly(Closing closing) {
        try {
            closing.close();
        } catch (SQLException e) {
            LOG.debug("A connection could not be given back: SQL state {}", e.getSQLState());
        }
    }

    @FunctionalInterface
    private interface Closing {
        void close() throws SQLException;
    }
}
