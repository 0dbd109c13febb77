package dev.portcullis.auth.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that listens. PostgreSQL hands over what was told before a question together with the answer, so it is
 * asked something all the time: each answer proves that the connection is whole and nothing was missed. Waiting for
 * notices instead would not notice a connection that was cut without a word.
 */
final class ListeningConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgreSQLChangeNotices.class);

    private final Connection connection;
    private final PGConnection listening;
    private final PreparedStatement question;

    private ListeningConnection(Connection connection) throws SQLException {
        this.connection = connection;
        this.listening = connection.unwrap(PGConnection.class);
        this.question = connection.prepareStatement("select 1");
    }

    /** Connects, and listens from now on. */
    static ListeningConnection open(DataSource source, String channel, int timeoutMillis) throws SQLException {
        Connection connection = source.getConnection();
        try {
            connection.setNetworkTimeout(Runnable::run, timeoutMillis);
            if (!connection.getAutoCommit()) {
                connection.setAutoCommit(true);
            }
            execute(connection, "listen " + channel);
            return new ListeningConnection(connection);
        } catch (SQLException | RuntimeException e) {
            abandon(connection);
            throw e;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What was told since the last question, and at least until this one: the notices' texts, in order. */
    List<String> ask() throws SQLException {
        question.execute();
        List<String> texts = new ArrayList<>();
        PGNotification[] told = listening.getNotifications();
        if (told != null) {
            for (PGNotification each : told) {
                texts.add(each.getParameter());
            }
        }
        return texts;
    }

    /** Gives the connection back as it was. */
    @Override
    public void close() {
        try (connection) {
            question.close();
            execute(connection, "unlisten *");
            connection.setNetworkTimeout(Runnable::run, 0);
        } catch (SQLException e) {
            LOG.debug("A connection that listened could not be given back: SQL state {}", e.getSQLState());
        }
    }

    /** Gives up a connection of which nothing good is known: a pool is to throw it away. */
    void abandon() {
        abandon(connection);
    }

    private static void abandon(Connection connection) {
        try (connection) {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("A connection that listened was broken: SQL state {}", e.getSQLState());
        }
    }
}
