package dev.portcullis.auth.session;

import dev.portcullis.auth.AuthUnavailableException;
import java.time.Duration;

/**
 * How often something may be done, counted by a name of whoever does it. {@link InMemoryRateLimit} counts on one node; an
 * implementation that nodes share counts on all of them together.
 *
 * <p>Implementations are safe for use by many threads at once, and their memory is bounded, however many names there are.
 */
@FunctionalInterface
public interface RateLimit {

    /**
     * Counts one attempt, if there may be one now.
     *
     * @param name who attempts: up to 64 characters of ASCII, and no secret
     * @return zero if it is counted and may go on; otherwise how long to wait, and nothing is counted
     * @throws AuthUnavailableException if it cannot be counted now
     */
    Duration take(String name);

    /**
     * Counts nothing.
     *
     * @return a limit that is never reached
     */
    static RateLimit none() {
        return name -> Duration.ZERO;
    }
}
