package dev.portcullis.auth.servlet.keys;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Endpoints as an OpenAPI 3.1 document, which names the base path at which it is served. */
enum OpenAPIDocument {
    /** Those of API keys. */
    API_KEYS("openapi.json"),
    /** Those of signing keys. */
    SIGNING_KEYS("signing-keys.openapi.json");

    private static final String BASE = "{base}";

    /** What needs no escaping in JSON: a base path that holds anything else is left for the reader to know. */
    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9._~%-]+)+");

    private final String text;

    OpenAPIDocument(String file) {
        this.text = read(file);
    }

    private static String read(String file) {
        try (InputStream in = OpenAPIDocument.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not beside its class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KeyAnswer answer(HttpServletRequest request) {
        String path = request.getContextPath() + request.getServletPath();
        String base = PLAIN.matcher(path).matches() ? path : ".";
        return KeyAnswer.document(text.replace(BASE, base).getBytes(StandardCharsets.UTF_8));
    }
}
