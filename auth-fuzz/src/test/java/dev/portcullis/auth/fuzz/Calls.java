package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call of an endpoint by a signed-in user: the first lines are the method, what follows the servlet's path, the content
 * type and the {@code Idempotency-Key}; then comes the body.
 */
final class Calls {

    static final int HEAD = 4;

    static final Caller USER =
            Caller.of(CredentialKind.JWT, "user_1", Set.of("catalog:read", "holdings:read"), Map.of());

    private static final int LONGEST_ANSWER = 64 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Calls() {}

    /** What was answered; what it can never be was looked for. */
    record Answer(int status, JsonNode json, MockHttpServletResponse response) {

        String text(String member) {
            return json.path(member).isString() ? json.path(member).stringValue() : "";
        }
    }

    static Answer send(HttpServlet servlet, byte[] bytes, Set<Integer> statuses) {
        List<String> lines = Input.lines(bytes);
        MockHttpServletRequest request = new MockHttpServletRequest(Input.line(lines, 0), "/");
        String path = Input.line(lines, 1);
        request.setPathInfo(path.isEmpty() ? null : path);
        String type = Input.line(lines, 2);
        request.setContentType(type.isEmpty() ? "application/json" : type);
        if (!Input.line(lines, 3).isEmpty()) {
            request.addHeader("Idempotency-Key", Input.line(lines, 3));
        }
        request.setContent(Input.after(bytes, HEAD));
        MockHttpServletResponse response = new MockHttpServletResponse();
        try {
            servlet.service(AuthenticationFilter.withCaller(request, USER), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
        return answer(response, statuses);
    }

    /** What can never be in an answer is looked for. */
    static Answer answer(MockHttpServletResponse response, Set<Integer> statuses) {
        int status = response.getStatus();
        Input.require(statuses.contains(status), "it is answered with " + status);
        byte[] body = response.getContentAsByteArray();
        Input.require(body.length <= LONGEST_ANSWER, "the answer has " + body.length + " bytes");
        String text = new String(body, StandardCharsets.ISO_8859_1);
        Input.require(!text.contains("Exception") && !text.contains("tools.jackson"), "a library speaks");
        Input.require(!text.contains(Keys.LIVE) && !text.contains(Keys.TEST), "a key is told that is known already");
        JsonNode json = status == HttpServletResponse.SC_NO_CONTENT ? JSON.createObjectNode() : json(body);
        if (json == null) {
            throw new AssertionError("the answer is not JSON");
        }
        if (status >= 400) {
            Input.require(json.path("detail").isString() || json.path("error").isString(), "nothing is told");
        }
        return new Answer(status, json, response);
    }

    /** A JSON document in UTF-8 with no member twice, or null if it is anything else. */
    static @Nullable JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException | JacksonException e) {
            return null;
        }
    }
}
