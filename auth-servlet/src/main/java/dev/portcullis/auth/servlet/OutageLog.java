package dev.portcullis.auth.servlet;

import dev.portcullis.auth.AuthUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs why requests cannot be judged. During an outage every request could say so: one in a while is a warning, the
 * others are for debugging. An outage without a cause is one that its source knows of, and has logged, already.
 */
final class OutageLog {

    private static final Logger LOG = LoggerFactory.getLogger(AuthenticationFilter.class);

    private static final int MOST_CAUSES = 8;

    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    void note(AuthUnavailableException outage) {
        if (outage.getCause() == null) {
            return;
        }
        LOG.atLevel(isDue() ? Level.WARN : Level.DEBUG)
                .setCause(withoutMessages(outage))
                .log("A request could not be judged: {}", outage.reason());
    }

    /**
     * The same chain of causes, by their classes and stacks alone. A driver's message can quote what it was asked for,
     * which for a key store is the hash of a key.
     */
    private static Throwable withoutMessages(Throwable thrown) {
        @Nullable Throwable shown = null;
        List<Throwable> chain = new ArrayList<>();
        for (Throwable each = thrown; each != null && chain.size() < MOST_CAUSES; each = each.getCause()) {
            chain.add(each);
        }
        for (int i = chain.size() - 1; i >= 0; i--) {
            Throwable copy = new Throwable(chain.get(i).getClass().getName(), shown);
            copy.setStackTrace(chain.get(i).getStackTrace());
            shown = copy;
        }
        return shown == null ? thrown : shown;
    }

    private boolean isDue() {
        long now = System.nanoTime();
        long due = nextWarning.get();
        return now - due >= 0 && nextWarning.compareAndSet(due, now + INTERVAL);
    }
}
