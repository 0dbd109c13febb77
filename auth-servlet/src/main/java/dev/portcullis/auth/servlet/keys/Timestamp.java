package dev.portcullis.auth.servlet.keys;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates and times as RFC 3339 section 5.6 writes them. */
final class Timestamp {

    private static final Pattern FORM =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

    private Timestamp() {}

    /** The time, or null if the text is not one. A leap second is not. */
    static @Nullable Instant parse(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (!FORM.matcher(upper).matches()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(upper).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
