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
    private final @Nullable WriteTurn turn;
    private final int timeoutSeconds;

    private Connections(DataSource source, Database database, @Nullable WriteTurn turn, int timeoutSeconds) {
        this.source = source;
        this.database = database;
        this.turn = turn;
        this.timeoutSeconds = timeoutSeconds;
    }

    static Connections to(DataSource source, Database database, int timeoutSeconds) {
        return new Connections(source, database, database.hasTurns() ? new WriteTurn() : null, timeoutSeconds);
    }

    Database database() {
        return database;
    }

    /** The same connections, with another time-out for statements. */
    Connections within(int seconds) {
        return new Connections(source, database, turn, seconds);
    }

    /** Runs a statement that reads. */
    <T extends @Nullable Object> T read(Work<T> work) {
        return untilFirst(() -> alone(work));
    }

    /** Runs a statement that writes, and may be lost if the machine dies within the next moments. */
    <T extends @Nullable Object> T write(Work<T> work) {
        return untilFirst(() -> inTurn(() -> alone(work)));
    }

    /** Runs work whole or not at all. When this returns, what it wrote is on the disk. */
    <T extends @Nullable Object> T together(Work<T> work) {
        return untilFirst(() -> inTurn(() -> {
            try (Statements statements = Statements.inTransaction(source, timeoutSeconds)) {
                T result = work.with(statements);
                if (statements.changed()) {
                    statements.commit();
                    database.sync(statements);
                }
                return result;
            }
        }));
    }

    private <T extends @Nullable Object> T alone(Work<T> work) throws SQLException {
        try (Statements statements = Statements.alone(source, timeoutSeconds)) {
            return work.with(statements);
        }
    }

    private <T extends @Nullable Object> T inTurn(Attempt<T> attempt) throws SQLException {
        if (turn == null) {
            return attempt.run();
        }
        turn.take(timeoutSeconds);
        try {
            return attempt.run();
        } finally {
            turn.pass();
        }
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
