package dev.portcullis.auth.example;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came back.
 *
 * @param status the HTTP status
 * @param fields the header fields, one line each
 * @param body the body
 */
record Answer(int status, List<String> fields, String body) {

    static Answer of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || !text.startsWith("HTTP/1.1 ")) {
            throw new IllegalArgumentException("no answer in HTTP/1.1");
        }
        List<String> lines = new ArrayList<>(List.of(text.substring(0, end).split("\r\n", -1)));
        int status = Integer.parseInt(lines.remove(0).split(" ", -1)[1]);
        return new Answer(status, List.copyOf(lines), text.substring(end + 4));
    }

    /** The value of a header field; null if it is not there. If there are several they are joined, to be noticed. */
    @Nullable
    String header(String name) {
        String start = name + ":";
        List<String> values = fields.stream()
                .filter(field -> field.regionMatches(true, 0, start, 0, start.length()))
                .map(field -> field.substring(start.length()).strip())
                .toList();
        return values.isEmpty() ? null : String.join(", ", values);
    }

    /** The member {@code detail} of a JSON body, or null. */
    @Nullable
    String detail() {
        return JSON.member(body, "detail");
    }

    /** What the body says in words, whatever the form: its detail, its message or its error. */
    @Nullable
    String words() {
        String detail = detail();
        String message = detail == null ? JSON.member(body, "message") : detail;
        return message == null ? JSON.member(body, "error") : message;
    }
}
