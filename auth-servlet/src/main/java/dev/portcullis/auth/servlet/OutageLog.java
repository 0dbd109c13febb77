package dev.portcullis.auth.servlet;

import dev.portcullis.auth.AuthUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs why credentials cannot be checked. During an outage every request could say so: one in a while is a warning, the
 * others are for debugging. An outage without a cause is one that its source knows of, and has logged, already.
 */
final class OutageLog {

    private static final Logger LOG = LoggerFactory.getLogger(AuthenticationFilter.class);

    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    void note(AuthUnavailableException outage) {
        if (outage.getCause() == null) {
            return;
        }
        if (isDue()) {
            LOG.warn("A credential could not be checked: {}", outage.reason(), outage);
        } else {
            LOG.debug("A credential could not be checked: {}", outage.reason(), outage);
        }
    }

    private boolean isDue() {
        long now = System.nanoTime();
        long due = nextWarning.get();
        return now - due >= 0 && nextWarning.compareAndSet(due, now + INTERVAL);
    }
}
