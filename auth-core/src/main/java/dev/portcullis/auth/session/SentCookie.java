package dev.portcullis.auth.session;

import dev.portcullis.auth.SecretText;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the one cookie of a name in all {@code Cookie} fields (RFC 6265 sections 4.2.1 and 5.4; HTTP/2 and HTTP/3 may
 * send several fields, RFC 9113 section 8.2.3). Cookies of other names are not ours to judge, whatever is in them.
 */
final class SentCookie {

    /** More than one cookie of the name, or a whole {@code Set-Cookie}: fits no session. */
    static final SecretText MALFORMED = SecretText.of("");

    /** RFC 6265 section 4.1.1, and what browsers know beside it. Compared without regard to case (section 5.2). */
    private static final Set<String> ATTRIBUTES =
            Set.of("path", "expires", "max-age", "domain", "secure", "httponly", "samesite", "partitioned");

    private static final int LONGEST_ATTRIBUTE = 11;

    private final String start;

    SentCookie(String name) {
        this.start = name + "=";
    }

    /** The cookie's value as it was sent, {@link #MALFORMED}, or null if there is no such cookie. */
    @Nullable
    SecretText in(List<String> fields) {
        SecretText value = null;
        for (int i = 0; i < fields.size(); i++) {
            SecretText sent = in(fields.get(i));
            if (sent != null && value != null) {
                return MALFORMED;
            }
            value = sent == null ? value : sent;
        }
        return value;
    }

    private @Nullable SecretText in(String field) {
        SecretText value = null;
        int next;
        for (int from = 0; from < field.length(); from = next) {
            int end = field.indexOf(';', from);
            next = end < 0 ? field.length() : end + 1;
            int begin = skipSpace(field, from);
            int stop = end < 0 ? field.length() : end;
            boolean ours = field.startsWith(start, begin);
            if (value != null && (ours || isAttribute(field, begin, stop))) {
                return MALFORMED;
            }
            value = ours ? SecretText.slice(field, begin + start.length(), trimmedEnd(field, begin, stop)) : value;
        }
        return value;
    }

    /** Somebody has pasted the whole {@code Set-Cookie}: what follows our cookie are its attributes. */
    private static boolean isAttribute(String field, int from, int stop) {
        int equals = field.indexOf('=', from);
        int end = trimmedEnd(field, from, equals < 0 || equals > stop ? stop : equals);
        return end - from <= LONGEST_ATTRIBUTE
                && ATTRIBUTES.contains(field.substring(from, end).toLowerCase(Locale.ROOT));
    }

    private static int skipSpace(String field, int from) {
        int i = from;
        while (i < field.length() && isSpace(field.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int trimmedEnd(String field, int from, int stop) {
        int end = stop;
        while (end > from && isSpace(field.charAt(end - 1))) {
            end--;
        }
        return Math.max(end, from);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
