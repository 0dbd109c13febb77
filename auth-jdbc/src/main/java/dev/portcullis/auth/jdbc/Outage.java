package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.AuthUnavailableException;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What trouble with a database means. Messages of drivers are never passed on: they quote statements with their values,
 * hashes among them, and URLs. The SQL state says what is wrong, and we say it in words.
 */
final class Outage {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final String DUPLICATE = "23505";
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";
    private static final int CONCURRENT_UPDATE_IN_H2 = 90131;

    private Outage() {}

    /**
     * What to throw for it: an {@link IllegalArgumentException} if the database cannot hold what it was given, otherwise
     * an {@link AuthUnavailableException}.
     */
    static RuntimeException of(SQLException trouble, Asked asked) {
        SQLException told = withState(trouble);
        String state = String.valueOf(told.getSQLState());
        if (state.startsWith("22") || state.startsWith("54")) {
            return new IllegalArgumentException("The database cannot hold such a value: SQL state " + state);
        }
        return new AuthUnavailableException(asked.outage(), RETRY_AFTER, withoutMessage(told));
    }

    /** Whether a row with these unique values is there already. */
    static boolean isDuplicate(SQLException trouble) {
        return hasState(trouble, DUPLICATE);
    }

    /** Whether nothing was written because another was at it, so that it can be tried again. */
    static boolean isLostRace(SQLException trouble) {
        return hasState(trouble, SERIALIZATION_FAILURE)
                || hasState(trouble, DEADLOCK)
                || trouble.getErrorCode() == CONCURRENT_UPDATE_IN_H2;
    }

    /** For work that finds that another was first, in a way that the database does not call so. */
    static SQLException lostRace() {
        return new SQLTransactionRollbackException("Another was first", SERIALIZATION_FAILURE);
    }

    private static boolean hasState(SQLException trouble, String state) {
        for (SQLException each = trouble; each != null; each = each.getNextException()) {
            if (state.equals(each.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** A pool's exception often says nothing but has a driver's beneath it. */
    private static SQLException withState(SQLException trouble) {
        for (Throwable each = trouble; each != null; each = each.getCause()) {
            if (each instanceof SQLException one && one.getSQLState() != null) {
                return one;
            }
        }
        return trouble;
    }

    private static SQLException withoutMessage(SQLException trouble) {
        SQLException shown = new SQLException(
                words(trouble) + " (" + trouble.getClass().getName() + ", SQL state " + trouble.getSQLState()
                        + ", code " + trouble.getErrorCode() + ")",
                trouble.getSQLState(),
                trouble.getErrorCode());
        shown.setStackTrace(trouble.getStackTrace());
        return shown;
    }

    /** The SQL state, of the pool's exception or of the driver's beneath it. */
    static @Nullable String state(SQLException trouble) {
        return withState(trouble).getSQLState();
    }

    /** What is wrong, in a few words that hold nothing of a statement. */
    static String words(SQLException trouble) {
        String state = state(trouble);
        if (state == null) {
            return "No connection was to be had in time";
        }
        return switch (state) {
            case "25006", "90097" -> "The database is read-only";
            case "57014" -> "A statement took longer than its time-out";
            case "HYT00" -> "A lock was not to be had in time";
            case "90098" -> "The database has closed itself, as it does when its disk is full";
            case "90020" -> "Another process has the database open";
            case "42501", "90096", "90040" -> "The database user lacks a right";
            default -> wordsOfClass(state);
        };
    }

    private static String wordsOfClass(String state) {
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "08" -> "The connection failed";
            case "28" -> "The database refuses the user or the password";
            case "3D" -> "There is no such database";
            case "40" -> "Others were always first";
            case "42" -> "A table or column is missing: was the schema migrated?";
            case "53" -> "The database is out of resources";
            case "57" -> "The database is starting or stopping";
            default -> "The database failed";
        };
    }
}
