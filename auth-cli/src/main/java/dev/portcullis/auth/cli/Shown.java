package dev.portcullis.auth.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Foreign text made fit for one line of a terminal: nothing in it moves the cursor, changes colours, rings or runs from
 * right to left over what stands beside it.
 */
final class Shown {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Shown() {}

    /** A text in which everything that cannot be seen as itself is written as its code point. */
    static String text(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isPlain(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format(Locale.ROOT, "\\u{%x}", c));
            }
        });
        return shown.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** A text, or a hyphen where there is none. */
    static String orNone(@Nullable String text) {
        return text == null || text.isEmpty() ? "-" : text(text);
    }

    /** A time to the minute, in UTC, for tables; a hyphen where there is none. */
    static String minute(@Nullable Instant time) {
        return time == null ? "-" : MINUTE.format(time);
    }

    /** How far a time is from another, in the one unit that people would use, to the nearest second. */
    static String distance(Instant time, Instant now) {
        Duration far = Duration.ofSeconds(Math.round(Duration.between(now, time).toMillis() / 1000.0));
        if (far.isZero()) {
            return "now";
        }
        String amount = amount(far.abs());
        return far.isNegative() ? amount + " ago" : "in " + amount;
    }

    /** An amount of time in the one unit that people would use, rounded down. */
    static String amount(Duration time) {
        record Unit(String name, long seconds) {}
        for (Unit unit : List.of(
                new Unit("year", 31_556_952),
                new Unit("day", 86_400),
                new Unit("hour", 3600),
                new Unit("minute", 60))) {
            long count = time.toSeconds() / unit.seconds();
            if (count > 0) {
                return count + " " + unit.name() + (count == 1 ? "" : "s");
            }
        }
        long seconds = time.toSeconds();
        return seconds + (seconds == 1 ? " second" : " seconds");
    }
}
