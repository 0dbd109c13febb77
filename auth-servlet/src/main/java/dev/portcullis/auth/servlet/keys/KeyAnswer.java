package dev.portcullis.auth.servlet.keys;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** An answer that is no refusal. It can hold the plaintext of a key, which its own words never show. */
final class KeyAnswer {

    private static final JsonFactory JSON = new JsonFactory();

    private final int status;
    private final byte[] body;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private KeyAnswer(int status, byte[] body) {
        this.status = status;
        this.body = body;
    }

    /** An answer without a body. */
    static KeyAnswer empty() {
        return new KeyAnswer(HttpServletResponse.SC_NO_CONTENT, new byte[0]);
    }

    /** An answer with a document that is there already. */
    static KeyAnswer document(byte[] json) {
        return new KeyAnswer(HttpServletResponse.SC_OK, json);
    }

    /** An answer that is written now. */
    static KeyAnswer of(int status, Consumer<JsonGenerator> writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            writer.accept(out);
        }
        return new KeyAnswer(status, bytes.toByteArray());
    }

    /** The same with a header. */
    KeyAnswer with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    void writeTo(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        headers.forEach(response::setHeader);
        if (status != HttpServletResponse.SC_NO_CONTENT) {
            response.setCharacterEncoding((String) null);
            response.setContentType("application/json");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }

    @Override
    public String toString() {
        return "KeyAnswer[" + status + "]";
    }
}
