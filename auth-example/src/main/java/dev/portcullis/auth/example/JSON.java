package dev.portcullis.auth.example;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON bodies, in and out. What comes in is bounded in size, depth and numbers, and has one meaning only. */
public final class JSON {

    /** The largest body that is read. */
    static final int MOST_BYTES = 16 * 1024;

    private static final String MEDIA_TYPE = "application/json";
    private static final Set<String> ACCEPTED = Set.of(MEDIA_TYPE, "application/merge-patch+json");
    private static final int DEEPEST = 16;
    private static final int LONGEST_NUMBER = 40;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JSON() {}

    /**
     * Reads the body of a request.
     *
     * @param request the request
     * @return the value
     * @throws IOException if it cannot be received
     * @throws RequestProblem if it is not what the API takes
     */
    public static JsonNode read(HttpServletRequest request) throws IOException, RequestProblem {
        requireJSON(request);
        if (request.getContentLengthLong() > MOST_BYTES) {
            throw RequestProblem.tooLarge(MOST_BYTES);
        }
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw RequestProblem.tooLarge(MOST_BYTES);
        }
        try {
            // The parser itself guesses encodings, and does not mind all malformed UTF-8.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return MAPPER.readTree(text);
        } catch (JacksonException | CharacterCodingException e) {
            // Their own words can quote the body.
            throw RequestProblem.badRequest("The body is not valid JSON.");
        }
    }

    private static void requireJSON(HttpServletRequest request) throws RequestProblem {
        String type = request.getContentType();
        String[] parts = (type == null ? "" : type).toLowerCase(Locale.ROOT).split(";", -1);
        boolean json = ACCEPTED.contains(parts[0].strip());
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            json &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        if (!json) {
            throw RequestProblem.unsupportedMediaType("The body must be " + MEDIA_TYPE + " in UTF-8.");
        }
        if (request.getHeader("Content-Encoding") != null) {
            throw RequestProblem.unsupportedMediaType("The body must not be compressed.");
        }
    }

    /** A value as text. */
    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Answers with a body. */
    static void write(HttpServletResponse response, int status, Object body) throws IOException {
        byte[] bytes = MAPPER.writeValueAsBytes(body);
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** Answers with what is wrong, in the same form as a refusal. */
    static void writeDetail(HttpServletResponse response, int status, String detail) throws IOException {
        write(response, status, Map.of("detail", detail));
    }

    /** A member of a JSON object, as text; null if it is not there, or the text is no JSON object. */
    static @Nullable String member(String object, String name) {
        try {
            JsonNode value = MAPPER.readTree(object).get(name);
            return value == null ? null : value.asString();
        } catch (JacksonException e) {
            return null;
        }
    }
}
