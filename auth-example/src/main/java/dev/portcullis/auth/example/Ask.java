package dev.portcullis.auth.example;

import dev.portcullis.auth.testkit.RequestSigner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A request of the tour, byte for byte: also one that no client library would send. It holds credentials, so it is shown
 * with the beginnings of them alone.
 */
final class Ask {

    private static final int SHOWN = 8;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String CHUNKED = "Transfer-Encoding: chunked";

    private final String method;
    private final String target;
    private final String shownTarget;
    private final String note;
    private final List<String> lines;
    private final List<String> shown;
    private final String body;
    private final String host;

    private Ask(
            String method,
            String target,
            String shownTarget,
            String note,
            List<String> lines,
            List<String> shown,
            String body,
            String host) {
        this.method = method;
        this.target = target;
        this.shownTarget = shownTarget;
        this.note = note;
        this.lines = lines;
        this.shown = shown;
        this.body = body;
        this.host = host;
    }

    static Ask get(String target) {
        return of("GET", target);
    }

    /** A target that holds a credential. */
    static Ask get(String target, String shownTarget) {
        return new Ask("GET", target, shownTarget, "", List.of(), List.of(), "", LOOPBACK);
    }

    static Ask of(String method, String target) {
        return new Ask(method, target, target, "", List.of(), List.of(), "", LOOPBACK);
    }

    /** What there is to know about this request. */
    Ask about(String what) {
        return new Ask(method, target, shownTarget, what, lines, shown, body, host);
    }

    Ask bearer(String credential) {
        return authorization("Bearer " + credential, "Bearer " + shortened(credential));
    }

    /** {@code Authorization} with any value, none of it secret. */
    Ask authorization(String value) {
        return authorization(value, value);
    }

    /** {@code Authorization} with any value, and how it is shown. */
    Ask authorization(String value, String shownValue) {
        return with("Authorization: " + value, shownValue);
    }

    Ask key(String key) {
        return with("x-api-key: " + key, "x-api-key: " + shortened(key));
    }

    /** Any header line, which is not shown. */
    Ask line(String line) {
        return new Ask(method, target, shownTarget, note, plus(lines, line), shown, body, host);
    }

    /** To a host of another name, at the same address. */
    Ask host(String name) {
        return new Ask(method, target, shownTarget, note, lines, shown, body, name);
    }

    /** With the value of {@code Cookie}, of which the beginning is shown. */
    Ask cookie(String value) {
        return with("Cookie: " + value, "Cookie: " + shortened(value));
    }

    /** With a header line, which is shown. */
    Ask shownLine(String line) {
        return with(line, line);
    }

    /** The upgrade to a WebSocket (RFC 6455 section 4.1). */
    Ask upgrade() {
        return line("Upgrade: websocket")
                .line("Connection: Upgrade")
                .line("Sec-WebSocket-Version: 13")
                .line("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }

    Ask json(String text) {
        return text("application/json", text);
    }

    /** Signed as it stands; what is added afterwards is not. */
    Ask signed(RequestSigner signer) {
        return headers(signer.sign(method, target, body.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** With headers of a signature, of which nothing is shown. */
    Ask headers(Map<String, String> signature) {
        Ask all = this;
        for (Map.Entry<String, String> header : signature.entrySet()) {
            all = all.line(header.getKey() + ": " + header.getValue());
        }
        return new Ask(method, target, shownTarget, note, all.lines, plus(shown, "signed"), body, host);
    }

    /** A JSON body in chunks, which are given as they go over the wire; nothing comes after them, not even their end. */
    Ask chunks(String text) {
        return line(CHUNKED).json(text);
    }

    /** Whether the client leaves off within the body. */
    boolean breaksOff() {
        return lines.contains(CHUNKED);
    }

    /** A body of any type. */
    Ask text(String type, String text) {
        Ask typed = line("Content-Type: " + type);
        return new Ask(method, target, shownTarget, note, typed.lines, shown, text, host);
    }

    private Ask with(String line, String shownLine) {
        return new Ask(method, target, shownTarget, note, plus(lines, line), plus(shown, shownLine), body, host);
    }

    private static List<String> plus(List<String> before, String last) {
        List<String> all = new ArrayList<>(before);
        all.add(last);
        return List.copyOf(all);
    }

    private static String shortened(String credential) {
        return credential.length() <= SHOWN ? credential : credential.substring(0, SHOWN) + "...";
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** The request as it goes over the wire. */
    byte[] bytes() {
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n");
        lines.forEach(line -> text.append(line).append("\r\n"));
        if (!lines.contains("Connection: Upgrade")) {
            text.append(breaksOff() ? "" : "Content-Length: " + body.length() + "\r\n");
            text.append("Connection: close\r\n");
        }
        text.append("\r\n");
        return text.append(body).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Never a whole credential. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(method + " " + shownTarget);
        if (!host.equals(LOOPBACK)) {
            text.append(" on ").append(host);
        }
        shown.forEach(line -> text.append(" [").append(line).append(']'));
        return note.isEmpty() ? text.toString() : text + " (" + note + ")";
    }
}
