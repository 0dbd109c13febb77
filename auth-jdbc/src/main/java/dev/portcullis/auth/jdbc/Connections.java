package dev.portcullis.auth.jdbc;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs work on the connections of a data source, and gives trouble with them our own name. */
final class Connections {

    /** How often work is begun anew that lost a race against another. */
    private static final int MOST_ATTEMPTS = 10;

    private final DataSource source;
    private final Database database;
    private final int timeoutSeconds;

    Connections(DataSource source, Database database, int timeoutSeconds) {
        this.source = source;
        this.database = database;
        this.timeoutSeconds = timeoutSeconds;
    }

    Database database() {
        return database;
    }

    /** The same connections, with another time-out for statements. */
    Connections within(int seconds) {
        return new Connections(source, database, seconds);
    }

    /** Runs statements each of which stands for itself. What they write is as durable as the database has it. */
    <T extends @Nullable Object> T alone(Work<T> work) {
        try (Statements statements = Statements.alone(source, timeoutSeconds)) {
            return work.with(statements);
        } catch (SQLException e) {
            throw Outage.of(e);
        }
    }

    /**
     * Runs work whole or not at all. When this returns, what it wrote is on the disk. Work that lost a race, and so has
     * written nothing, is begun anew.
     */
    <T extends @Nullable Object> T together(Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try (Statements statements = Statements.inTransaction(source, timeoutSeconds)) {
                T result = work.with(statements);
                if (statements.changed()) {
                    statements.commit();
                    database.sync(statements);
                }
                return result;
            } catch (SQLException e) {
                if (attempt == MOST_ATTEMPTS || !Outage.isLostRace(e)) {
                    throw Outage.of(e);
                }
            }
        }
    }
}
