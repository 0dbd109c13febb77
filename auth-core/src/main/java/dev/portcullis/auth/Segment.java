package dev.portcullis.auth;

/**
 * One segment of a sound {@link RequestPath}, compared in place with the literal segments of rules, which are ASCII.
 * Compared exactly, or folded: without regard to case, as routers do that ignore it.
 */
final class Segment {

    /** A segment that no literal can equal, as it holds something beyond ASCII. */
    static final int NO_HASH = -1;

    /** The most characters of a path that can stand for one of a literal: the three escapes of the Kelvin sign. */
    static final int LONGEST_SPELLING = 9;

    /** The bit in which the cases of an ASCII letter differ. */
    private static final int CASE = 0x20;

    private Segment() {}

    /** A literal as it is compared when case is ignored. */
    static String folded(String literal) {
        StringBuilder folded = new StringBuilder(literal);
        for (int i = 0; i < literal.length(); i++) {
            folded.setCharAt(i, (char) letters(literal.charAt(i), true));
        }
        return folded.toString();
    }

    /** A hash of the segment's decoded characters, not negative and the same in either case, or {@link #NO_HASH}. */
    static int hash(String path, int from, int to) {
        int hash = 0;
        for (int at = from; at < to; at++) {
            char c = path.charAt(at);
            if (c == '%') {
                return hashEscaped(path, at, to, hash);
            }
            hash = 31 * hash + (c | CASE);
        }
        return hash & Integer.MAX_VALUE;
    }

    private static int hashEscaped(String path, int from, int to, int before) {
        int hash = before;
        int at = from;
        while (at < to) {
            int letters = letters(character(path, at), true);
            if (letters < 0) {
                return NO_HASH;
            }
            for (; letters != 0; letters >>>= 8) {
                hash = 31 * hash + ((letters & 0x7F) | CASE);
            }
            at += spelling(path, at);
        }
        return hash & Integer.MAX_VALUE;
    }

    /** Whether a segment, decoded, is a literal. When folding, the literal must be folded already. */
    static boolean is(String literal, String path, int from, int to, boolean fold) {
        if (to - from == literal.length() && path.startsWith(literal, from)) {
            return true;
        }
        int matched = 0;
        for (int at = from; at < to; at += spelling(path, at)) {
            int letters = letters(character(path, at), fold);
            for (; letters != 0; letters >>>= 8) {
                if (letters < 0 || matched == literal.length() || literal.charAt(matched) != (letters & 0x7F)) {
                    return false;
                }
                matched++;
            }
        }
        return matched == literal.length();
    }

    private static int character(String path, int at) {
        char c = path.charAt(at);
        return c == '%' ? RequestPath.escaped(path, at) : c;
    }

    /** How many characters of the path the decoded character at an index takes up. */
    private static int spelling(String path, int at) {
        return path.charAt(at) == '%' ? RequestPath.escapeLength(RequestPath.escaped(path, at)) : 1;
    }

    /**
     * The ASCII characters that a character is compared as, the first in the lowest byte; -1 if it is not ASCII. Folding
     * takes in what turns into ASCII under Java's own case mappings: dotless and dotted i, long s, the Kelvin sign, and
     * the sharp s and ligatures, which {@code toUpperCase} spells out (Unicode, SpecialCasing.txt).
     */
    private static int letters(int c, boolean fold) {
        if (c < 0x80) {
            return fold && c >= 'A' && c <= 'Z' ? c | CASE : c;
        }
        return fold ? foldedLetters(c) : -1;
    }

    private static int foldedLetters(int c) {
        return switch (c) {
            case 0x00DF, 0x1E9E -> spelled("ss");
            case 0xFB00 -> spelled("ff");
            case 0xFB01 -> spelled("fi");
            case 0xFB02 -> spelled("fl");
            case 0xFB03 -> spelled("ffi");
            case 0xFB04 -> spelled("ffl");
            case 0xFB05, 0xFB06 -> spelled("st");
            default -> {
                int lower = Character.toLowerCase(Character.toUpperCase(c));
                yield lower < 0x80 ? lower : -1;
            }
        };
    }

    private static int spelled(String letters) {
        int packed = 0;
        for (int i = letters.length() - 1; i >= 0; i--) {
            packed = (packed << 8) | letters.charAt(i);
        }
        return packed;
    }
}
