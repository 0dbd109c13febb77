package dev.portcullis.auth.jwt;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long a fetched set is fresh: what the issuer says in {@code Cache-Control} (RFC 9111 section 5.2.2), within bounds.
 *
 * @param minimum the least, also when the issuer forbids keeping at all
 * @param byDefault when the issuer says nothing
 * @param maximum the most
 */
record Freshness(Duration minimum, Duration byDefault, Duration maximum) {

    /** More digits than this are more seconds than any maximum. */
    private static final int MOST_DIGITS = 9;

    /**
     * How long to keep an answer. Of directives that contradict each other the shortest time counts, and one that cannot
     * be understood as none at all: RFC 9111 section 4.2.1 has such answers be stale. A comma inside a quoted string is
     * taken for the end of the directive; at worst that makes the time shorter.
     *
     * @param fields the values of {@code Cache-Control}, one for each field line
     * @return from {@code minimum} to {@code maximum}
     */
    Duration of(List<String> fields) {
        Duration least = null;
        for (String field : fields) {
            for (String directive : field.split(",", -1)) {
                Duration told = told(directive);
                if (told != null && (least == null || told.compareTo(least) < 0)) {
                    least = told;
                }
            }
        }
        return least == null ? byDefault : bounded(least);
    }

    private static @Nullable Duration told(String directive) {
        int equals = directive.indexOf('=');
        String name = (equals < 0 ? directive : directive.substring(0, equals)).strip();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "no-store", "no-cache" -> Duration.ZERO;
            case "max-age" -> seconds(directive.substring(equals + 1).strip());
            default -> null;
        };
    }

    private static Duration seconds(String argument) {
        boolean quoted = argument.length() >= 2 && argument.startsWith("\"") && argument.endsWith("\"");
        String digits = quoted ? argument.substring(1, argument.length() - 1) : argument;
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ZERO;
        }
        return Duration.ofSeconds(digits.length() > MOST_DIGITS ? Integer.MAX_VALUE : Long.parseLong(digits));
    }

    private Duration bounded(Duration told) {
        Duration atLeast = told.compareTo(minimum) < 0 ? minimum : told;
        return atLeast.compareTo(maximum) > 0 ? maximum : atLeast;
    }
}
