package dev.portcullis.auth.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Has those who write to one database take turns. */
final class WriteTurn {

    private static final String LOCK_TIMEOUT = "HYT00";

    private final ReentrantLock lock = new ReentrantLock();

    /** Waits for a turn, but not for ever. */
    void take(int timeoutSeconds) throws SQLException {
        try {
            if (lock.tryLock() || lock.tryLock(timeoutSeconds, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SQLTimeoutException("It is not our turn", LOCK_TIMEOUT);
    }

    void pass() {
        lock.unlock();
    }
}
