package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says of which store it is that the database cannot be asked. */
final class NamedOutage {

    private NamedOutage() {}

    static <T extends @Nullable Object> T of(Reason reason, Supplier<T> work) {
        try {
            return work.get();
        } catch (AuthUnavailableException e) {
            Throwable cause = e.getCause();
            throw new AuthUnavailableException(reason, e.retryAfter(), cause == null ? e : cause);
        }
    }
}
