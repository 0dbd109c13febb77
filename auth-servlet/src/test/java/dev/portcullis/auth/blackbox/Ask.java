package dev.portcullis.auth.blackbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One HTTP/1.1 request, byte for byte: nothing is normalized, escaped or checked, as no ordinary client would allow.
 *
 * @param method the method
 * @param target the target; if it begins with a slash, it lies below the context path of the application asked
 * @param headers header lines, one character for each byte
 * @param body the body
 */
public record Ask(String method, String target, List<String> headers, String body) {

    /** A request without headers of its own. */
    public static Ask of(String method, String target) {
        return new Ask(method, target, List.of(), "");
    }

    /** A {@code GET}. */
    public static Ask get(String target) {
        return of("GET", target);
    }

    /** A {@code POST} with a small body. */
    public static Ask post(String target) {
        return of("POST", target).with("Content-Length", "2").withBody("{}");
    }

    /** The same with one more header. */
    public Ask with(String name, String value) {
        return withLine(name + ": " + value);
    }

    /** The same with one more header line, which need not be one. */
    public Ask withLine(String line) {
        List<String> more = new ArrayList<>(headers);
        more.add(line);
        return new Ask(method, target, more, body);
    }

    /** The same with a Bearer token. */
    public Ask bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** The same with a body, which no header announces. */
    public Ask withBody(String bytes) {
        return new Ask(method, target, headers, bytes);
    }

    byte[] bytes(String contextPath) {
        StringBuilder text = new StringBuilder(method)
                .append(' ')
                .append(target.startsWith("/") ? contextPath : "")
                .append(target)
                .append(" HTTP/1.1\r\n");
        if (headers.stream().noneMatch(line -> line.startsWith("Host:"))) {
            text.append("Host: localhost\r\n");
        }
        headers.forEach(line -> text.append(line).append("\r\n"));
        return text.append("Connection: close\r\n\r\n").append(body).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return method + " " + target + " " + headers;
    }
}
