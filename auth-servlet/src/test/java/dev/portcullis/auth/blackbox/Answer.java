package dev.portcullis.auth.blackbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP response as it came.
 *
 * @param status the status code
 * @param headers header lines
 * @param body the body, one character for each byte
 */
public record Answer(int status, List<String> headers, String body) {

    /** The headers of a refusal that are ours; what else there is belongs to the container. */
    private static final List<String> OURS =
            List.of("content-type", "content-length", "cache-control", "www-authenticate", "retry-after");

    static Answer parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || !text.startsWith("HTTP/1.1 ")) {
            throw new IllegalStateException("No HTTP/1.1 response: '" + text + "'");
        }
        List<String> lines = List.of(text.substring(0, end).split("\r\n"));
        int status = Integer.parseInt(lines.get(0).substring(9, 12));
        return new Answer(status, lines.subList(1, lines.size()), text.substring(end + 4));
    }

    /** The values of a header, one for each line. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (String line : headers) {
            int colon = line.indexOf(':');
            if (line.substring(0, colon).equalsIgnoreCase(name)) {
                values.add(line.substring(colon + 1).strip());
            }
        }
        return values;
    }

    /** The value of a header that stands there once, or null. */
    public @Nullable String header(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw new IllegalStateException(name + " stands there more than once: " + values);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** What is ours in the response, the same from every container. */
    public String ours() {
        TreeMap<String, List<String>> ours = new TreeMap<>();
        for (String name : OURS) {
            ours.put(name.toLowerCase(Locale.ROOT), all(name));
        }
        return status + "\n" + ours + "\n" + body;
    }
}
