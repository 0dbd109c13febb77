package dev.portcullis.auth;

import java.util.ArrayList;
import java.util.List;

/**
 * The path of a request as it was sent, still encoded (RFC 3986 section 3.3), read in place so that nothing is
 * allocated. A path is sound if a server can read it in one way only; every other path is kept from the rules, because
 * what they see might not be what the application serves.
 */
final class RequestPath {

    /** Longer paths are not sound. */
    static final int MAX_LENGTH = 8 * 1024;

    /** {@code pchar} of RFC 3986 without {@code %}, and without {@code ;}, which begins parameters that servers cut off. */
    private static final String PLAIN =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,=:@";

    private static final long PLAIN_BELOW_64 = plainFrom(0);
    private static final long PLAIN_FROM_64 = plainFrom(64);

    private RequestPath() {}

    private static long plainFrom(int first) {
        return PLAIN.chars()
                .filter(c -> c >= first && c < first + 64)
                .mapToLong(c -> 1L << c)
                .sum();
    }

    /** Whether a character stands for itself in a path, and for nothing else. */
    static boolean isPlain(int c) {
        return c < 128 && ((c < 64 ? PLAIN_BELOW_64 : PLAIN_FROM_64) >>> c & 1) != 0;
    }

    /** Whether a path can be read in one way only. */
    static boolean isSound(String path) {
        int length = path.length();
        if (length == 0 || length > MAX_LENGTH || path.charAt(0) != '/') {
            return false;
        }
        int from = 1;
        int at = 1;
        while (at < length) {
            char c = path.charAt(at);
            if (isPlain(c)) {
                at++;
            } else if (c == '/' && isSoundSegment(path, from, at)) {
                from = ++at;
            } else if (c == '%' && escaped(path, at) >= 0) {
                at += escapeLength(escaped(path, at));
            } else {
                return false;
            }
        }
        return from == length || isSoundSegment(path, from, length);
    }

    /**
     * Where whatever decodes the path and parses it again takes a query or a fragment to begin: at the first {@code %3F} or
     * {@code %23}. Values hold these, so the path is sound; but what stands before it must lead to no other route.
     *
     * @return the index, or -1 if there is none
     */
    static int cut(String path) {
        for (int at = path.indexOf('%'); at >= 0; at = path.indexOf('%', at + 1)) {
            int c = byteAt(path, at);
            if (c == '?' || c == '#') {
                return at;
            }
        }
        return -1;
    }

    /** Whether a segment of sound characters is neither empty nor a dot segment (RFC 3986 section 5.2.4). */
    private static boolean isSoundSegment(String path, int from, int to) {
        if (from == to) {
            return false;
        }
        char first = path.charAt(from);
        return (first != '.' && first != '%')
                || (!Segment.is(".", path, from, to, false) && !Segment.is("..", path, from, to, false));
    }

    /** Where the segment that begins at an index ends. */
    static int segmentEnd(String path, int from) {
        int end = path.indexOf('/', from);
        return end < 0 ? path.length() : end;
    }

    /**
     * The character that percent-escapes stand for (RFC 3986 section 2.1), as UTF-8 in its one legal spelling (RFC 3629
     * section 3).
     *
     * @return the character; -1 if the escapes are broken, or stand for what servers read in more than one way
     */
    static int escaped(String path, int at) {
        int lead = byteAt(path, at);
        if (lead < 0x80) {
            return isHarmless(lead) ? lead : -1;
        }
        int more = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        int c = lead & (0x3F >> more);
        for (int i = 1; i <= more; i++) {
            int next = byteAt(path, at + 3 * i);
            if ((next & 0xC0) != 0x80) {
                return -1;
            }
            c = c << 6 | (next & 0x3F);
        }
        return more > 0 && isCharacter(c) && escapeLength(c) == 3 * (more + 1) ? c : -1;
    }

    private static boolean isHarmless(int c) {
        return c >= ' ' && c != 0x7F && c != '/' && c != '\\' && c != ';' && c != '%';
    }

    /** Beyond ASCII: no control character (U+0080 to U+009F), no surrogate, nothing past the end of Unicode. */
    private static boolean isCharacter(int c) {
        return c >= 0xA0 && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) && c <= 0x10FFFF;
    }

    /** The segments of a sound path, decoded. A slash at the end makes no difference. */
    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        int end;
        for (int from = 1; from < path.length(); from = end + 1) {
            end = segmentEnd(path, from);
            segments.add(decoded(path, from, end));
        }
        return List.copyOf(segments);
    }

    private static String decoded(String path, int from, int to) {
        StringBuilder text = new StringBuilder();
        int at = from;
        while (at < to) {
            boolean plain = path.charAt(at) != '%';
            int c = plain ? path.charAt(at) : escaped(path, at);
            text.appendCodePoint(c);
            at += plain ? 1 : escapeLength(c);
        }
        return text.toString();
    }

    /** How many characters of a path the escapes for one character take up. */
    static int escapeLength(int c) {
        return c < 0x80 ? 3 : c < 0x800 ? 6 : c < 0x10000 ? 9 : 12;
    }

    private static int byteAt(String path, int at) {
        if (at + 2 >= path.length() || path.charAt(at) != '%') {
            return -1;
        }
        int high = hex(path.charAt(at + 1));
        int low = hex(path.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** ASCII digits alone: {@code Character.digit} would take those of other scripts. */
    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
