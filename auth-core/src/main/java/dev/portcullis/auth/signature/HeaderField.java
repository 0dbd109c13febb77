package dev.portcullis.auth.signature;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.Reason;
import java.util.List;

/** Reads header fields that must be there once. */
final class HeaderField {

    private HeaderField() {}

    /**
     * The value of the one field with a name, without the white space around it, which is HTTP's own (RFC 9110 section
     * 5.5).
     *
     * @throws UnacceptableRequestException if there is none, or more than one
     */
    static String one(AuthRequest request, String name) throws UnacceptableRequestException {
        List<String> values = request.headers(name);
        if (values.isEmpty()) {
            throw new UnacceptableRequestException(Reason.MISSING_SIGNATURE_HEADERS);
        }
        if (values.size() > 1) {
            throw UnacceptableRequestException.malformed();
        }
        return trimmed(values.get(0));
    }

    static String trimmed(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isSpace(value.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
