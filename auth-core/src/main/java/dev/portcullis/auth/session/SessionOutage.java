package dev.portcullis.auth.session;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is made of a store that breaks its word: it could not be asked either. */
final class SessionOutage {

    private static final Logger LOG = LoggerFactory.getLogger(SessionOutage.class);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private SessionOutage() {}

    /** Asks a store, which may also throw a checked exception, as other languages let it. */
    static <T extends @Nullable Object> T guard(Supplier<T> question) {
        try {
            return question.get();
        } catch (AuthUnavailableException | IllegalArgumentException e) {
            throw e;
        } catch (Exception e) {
            throw of(e);
        }
    }

    static void guard(Runnable order) {
        guard(() -> {
            order.run();
            return true;
        });
    }

    static AuthUnavailableException of(Exception cause) {
        return new AuthUnavailableException(Reason.SESSION_STORE_UNAVAILABLE, RETRY_AFTER, cause);
    }

    static void log(Exception cause) {
        LOG.debug("That a key was hashed anew cannot be noted in its sessions for now", cause);
    }
}
