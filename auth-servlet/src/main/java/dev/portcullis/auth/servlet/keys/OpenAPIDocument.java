package dev.portcullis.auth.servlet.keys;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The endpoints as an OpenAPI 3.1 document, which names the base path at which it is served. */
final class OpenAPIDocument {

    private static final String TEXT = read();
    private static final String BASE = "{base}";

    /** What needs no escaping in JSON: a base path that holds anything else is left for the reader to know. */
    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9._~%-]+)+");

    private OpenAPIDocument() {}

    private static String read() {
        try (InputStream in = OpenAPIDocument.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is not beside its class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static KeyAnswer answer(HttpServletRequest request) {
        String path = request.getContextPath() + request.getServletPath();
        String base = PLAIN.matcher(path).matches() ? path : ".";
        return KeyAnswer.document(TEXT.replace(BASE, base).getBytes(StandardCharsets.UTF_8));
    }
}
