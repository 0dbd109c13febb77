package dev.portcullis.auth.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When a new key is to expire. */
final class ExpiryOption {

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = Times.Expiry.Converter.class,
            description = "When the new key expires, as in 2030-01-31T12:00:00Z or 90d. Unless given never, or when the"
                    + " key does that it replaces.")
    private Times.@Nullable Expiry expires;

    /** The time; null if none was given. */
    @Nullable
    Instant from(Instant now) {
        return expires == null ? null : expires.from(now);
    }
}
