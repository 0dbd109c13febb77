package dev.portcullis.auth.servlet.session;

import dev.portcullis.auth.SecretText;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the body of a login: one JSON object in UTF-8 with the member {@code api_key}. What else is in it does not matter,
 * but nothing may be there twice.
 */
final class LoginBody {

    private static final int MOST_BYTES = 4096;
    private static final int DEEPEST = 16;
    private static final String MEMBER = "api_key";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private LoginBody() {}

    /** The key, or null if the body is malformed, too long, or of another media type, or did not arrive whole. */
    static @Nullable SecretText keyIn(HttpServletRequest request) {
        if (request.getHeader("Content-Encoding") != null || !isJSON(request.getContentType())) {
            return null;
        }
        try {
            byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
            return body.length > MOST_BYTES ? null : keyIn(text(body));
        } catch (IOException | JacksonException e) {
            return null;
        }
    }

    /** RFC 8259 section 11 has no parameters; whatever they say, the text is UTF-8 (section 8.1). */
    private static boolean isJSON(@Nullable String type) {
        return type != null
                && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }

    /** Strictly: the parser would guess an encoding. */
    private static String text(byte[] body) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }

    private static @Nullable SecretText keyIn(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            SecretText key = null;
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean ours = parser.currentName().equals(MEMBER);
                JsonToken value = parser.nextToken();
                if (ours && value == JsonToken.VALUE_STRING) {
                    key = SecretText.of(parser.getString());
                }
                parser.skipChildren();
            }
            return parser.nextToken() == null ? key : null;
        }
    }
}
