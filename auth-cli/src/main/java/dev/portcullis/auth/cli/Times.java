package dev.portcullis.auth.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Times on the command line. */
final class Times {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

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
}
