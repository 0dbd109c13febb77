package dev.portcullis.auth.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells in words of ours why a database cannot be asked, for what the driver says is not passed on. During an outage every
 * request could say so: one in a while is a warning, the others are for debugging.
 */
final class TroubleLog {

    private static final Logger LOG = LoggerFactory.getLogger(JDBCAPIKeyStore.class);

    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

    private final Asked asked;
    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    TroubleLog(Asked asked) {
        this.asked = asked;
    }

    void note(SQLException trouble) {
        LOG.atLevel(isDue() ? Level.WARN : Level.DEBUG)
                .log(
                        "{} cannot be asked for: {} (SQL state {})",
                        asked.words(),
                        Outage.words(trouble),
                        Outage.state(trouble));
    }

    private boolean isDue() {
        long now = System.nanoTime();
        long due = nextWarning.get();
        return now - due >= 0 && nextWarning.compareAndSet(due, now + INTERVAL);
    }
}
