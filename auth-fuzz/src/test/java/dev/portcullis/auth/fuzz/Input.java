package dev.portcullis.auth.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** How targets take the bytes apart: as text of one byte for each character, so that seeds can be read. */
final class Input {

    private Input() {}

    /** One character for each byte, as a header field's value comes. */
    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The lines of the text: no header field can hold a line break. */
    static List<String> lines(byte[] bytes) {
        return Arrays.asList(text(bytes).split("\n", -1));
    }

    /** A line, or the empty string if there are fewer. */
    static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "";
    }

    /** What stands after the first lines, as it is. */
    static byte[] after(byte[] bytes, int lines) {
        int at = 0;
        for (int line = 0; line < lines && at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                line++;
            }
        }
        return Arrays.copyOfRange(bytes, at, bytes.length);
    }

    /** Without the spaces and tabs around it, as HTTP takes a field's value (RFC 9110 section 5.5). */
    static String trimmed(String value) {
        return value.replaceAll("\\A[ \t]+|[ \t]+\\z", "");
    }

    /** Fails the run, with what the fuzzer then writes beside the input. */
    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
