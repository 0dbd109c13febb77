package dev.portcullis.auth.jdbc;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels statements that take too long. The driver of PostgreSQL can do so too, but wakes a thread for each statement,
 * which takes longer than to find a key. Here a thread looks at what is running, and ends when nothing has for a while.
 */
final class Deadlines {

    private static final Logger LOG = LoggerFactory.getLogger(JDBCAPIKeyStore.class);

    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(50);

    /** About ten seconds. */
    private static final int MOST_IDLE_TURNS = 200;

    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watched = new AtomicBoolean();

    /** A statement and its last moment. Each is one of its own. */
    private static final class Running {

        private final Statement statement;
        private final long deadline;

        Running(Statement statement, long deadline) {
            this.statement = statement;
            this.deadline = deadline;
        }
    }

    /** What is done with a statement. */
    @FunctionalInterface
    interface Execution<T> {

        T run() throws SQLException;
    }

    /** Runs a statement, and has it cancelled if it takes longer. */
    <T> T within(long nanos, Statement statement, Execution<T> execution) throws SQLException {
        Running one = new Running(statement, System.nanoTime() + nanos);
        running.add(one);
        if (!watched.get() && watched.compareAndSet(false, true)) {
            watch();
        }
        try {
            return execution.run();
        } finally {
            running.remove(one);
        }
    }

    private void watch() {
        Thread thread = new Thread(this::run, "portcullis-deadlines");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        int idleTurns = 0;
        while (idleTurns < MOST_IDLE_TURNS || !isOver()) {
            LockSupport.parkNanos(TURN);
            idleTurns = running.isEmpty() ? idleTurns + 1 : 0;
            long now = System.nanoTime();
            for (Running each : List.copyOf(running)) {
                if (now - each.deadline >= 0 && running.remove(each)) {
                    cancel(each.statement);
                }
            }
        }
    }

    /** Whoever begins meanwhile either is seen here, or sees that nobody watches. */
    private boolean isOver() {
        watched.set(false);
        return running.isEmpty() || !watched.compareAndSet(false, true);
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            LOG.debug("A statement could not be cancelled: {}", Outage.words(e));
        }
    }
}
