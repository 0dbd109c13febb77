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

    /** Runs a statement that stands for itself. What it writes is as durable as the database has it. */
    <T extends @Nullable Object> T alone(Work<T> work) {
        return untilFirst(() -> {
            try (Statements statements = Statements.alone(source, timeoutSeconds)) {
                return work.with(statements);
            }
        });
    }

    /** Runs work whole or not at all. When this returns, what it wrote is on the disk. */
    <T extends @Nullable Object> T together(Work<T> work) {
        return untilFirst(() -> {
            try (Statements statements = Statements.inTransaction(source, timeoutSeconds)) {
                T result = work.with(statements);
                if (statements.changed()) {
                    statements.commit();
                    database.sync(statements);
                }
                return result;
            }
        });
    }

    /** Work that lost a race against another, and so has written nothing, is begun anew. */
    private static <T extends @Nullable Object> T untilFirst(Attempt<T> attempt) {
        for (int number = 1; ; number++) {
            try {
                return attempt.run();
            } catch (SQLException e) {
                if (number == MOST_ATTEMPTS || !Outage.isLostRace(e)) {
                    throw Outage.of(e);
                }
            }
        }
    }

    @FunctionalInterface
    private interface Attempt<T extends @Nullable Object> {

        T run() throws SQLException;
    }
}
