package dev.portcullis.auth.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;

/** Times on the command line. */
final class Times {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,6})([smhd])");

    private Times() {}

    /** Reads a point in time. */
    static final class Point implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return SECONDS.matcher(text).matches()
                        ? Instant.ofEpochSecond(Long.parseLong(text))
                        : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw Failure.misused("write a time as in 2030-01-31T12:00:00Z, or in seconds since 1970");
            }
        }
    }

    /** Reads an amount of time. */
    static final class Amount implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Duration amount = text.equals("0") ? Duration.ZERO : amount(text);
            if (amount == null) {
                throw Failure.misused("write an amount of time as in 30s, 15m, 12h or 7d");
            }
            return amount;
        }
    }

    /** When a key expires: a point in time, or an amount of time from now on. */
    static final class Expiry {

        private final @Nullable Instant time;
        private final Duration after;

        private Expiry(@Nullable Instant time, Duration after) {
            this.time = time;
            this.after = after;
        }

        Instant from(Instant now) {
            return time == null ? now.plus(after) : time;
        }

        /** Reads an expiry. */
        static final class Converter implements ITypeConverter<Expiry> {
            @Override
            public Expiry convert(String text) {
                Duration amount = amount(text);
                if (amount != null) {
                    return new Expiry(null, amount);
                }
                try {
                    return new Expiry(OffsetDateTime.parse(text).toInstant(), Duration.ZERO);
                } catch (DateTimeException e) {
                    throw Failure.misused("write a time as in 2030-01-31T12:00:00Z, or an amount of time as in 90d");
                }
            }
        }
    }

    private static @Nullable Duration amount(String text) {
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
