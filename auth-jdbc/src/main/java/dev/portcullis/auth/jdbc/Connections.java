package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.AuthUnavailableException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs work on the connections of a data source, and gives trouble with them our own name. */
final class Connections {

    /** How often work is begun anew that lost a race against another. */
    private static final int MOST_ATTEMPTS = 10;

    private final DataSource source;
    private final Database database;
    private final Deadlines deadlines;
    private final @Nullable WriteTurn turn;
    private final Asked asked;
    private final TroubleLog log;
    private final int timeoutSeconds;

    private Connections(
            DataSource source,
            Database database,
            Deadlines deadlines,
            @Nullable WriteTurn turn,
            Asked asked,
            TroubleLog log,
            int timeoutSeconds) {
        this.source = source;
        this.database = database;
        this.deadlines = deadlines;
        this.turn = turn;
        this.asked = asked;
        this.log = log;
        this.timeoutSeconds = timeoutSeconds;
    }

    /** For API keys. */
    static Connections to(DataSource source, Database database, int timeoutSeconds) {
        return new Connections(
                source,
                database,
                new Deadlines(),
                database.hasTurns() ? new WriteTurn() : null,
                Asked.API_KEYS,
                new TroubleLog(Asked.API_KEYS),
                timeoutSeconds);
    }

    Database database() {
        return database;
    }

    /** The same connections, with another time-out for statements. */
    Connections within(int seconds) {
        return new Connections(source, database, deadlines, turn, asked, log, seconds);
    }

    /** The same connections, for other things. */
    Connections about(Asked other) {
        return new Connections(source, database, deadlines, turn, other, new TroubleLog(other), timeoutSeconds);
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
            try (Statements statements = Statements.inTransaction(source, deadlines, timeoutSeconds)) {
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
        try (Statements statements = Statements.alone(source, deadlines, timeoutSeconds)) {
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
    private <T extends @Nullable Object> T untilFirst(Attempt<T> attempt) {
        for (int number = 1; ; number++) {
            try {
                return attempt.run();
            } catch (SQLException e) {
                if (number == MOST_ATTEMPTS || !Outage.isLostRace(e)) {
                    throw told(e);
                }
            }
        }
    }

    /** What cannot be held is the caller's to tell. */
    private RuntimeException told(SQLException trouble) {
        RuntimeException outage = Outage.of(trouble, asked);
        if (outage instanceof AuthUnavailableException) {
            log.note(trouble);
        }
        return outage;
    }

    @FunctionalInterface
    private interface Attempt<T extends @Nullable Object> {

        T run() throws SQLException;
    }
}
