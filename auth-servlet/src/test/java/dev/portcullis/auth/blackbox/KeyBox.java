package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.CredentialKind;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the suites of the key endpoints stand on. Every answer is held against the OpenAPI document on its way. */
public interface KeyBox extends BlackBox {

    ObjectMapper JSON = new ObjectMapper();
    AtomicInteger USERS = new AtomicInteger();

    String WRITE = "catalog:write";
    String READ = "catalog:read";

    /** A user with no keys yet. */
    static String newUser() {
        return "user_" + USERS.incrementAndGet();
    }

    /** A token of a user with these permissions. */
    static String token(String user, String... permissions) {
        return StubMethod.good(CredentialKind.JWT, user, permissions);
    }

    static Ask get(String path) {
        return Ask.get(KeyApp.BASE + path);
    }

    static Ask delete(String path) {
        return Ask.of("DELETE", KeyApp.BASE + path);
    }

    static Ask post(String path) {
        return Ask.of("POST", KeyApp.BASE + path).with("Content-Length", "0");
    }

    static Ask post(String path, String json) {
        return withJSON(Ask.of("POST", KeyApp.BASE + path), json);
    }

    static Ask patch(String path, String json) {
        return withJSON(Ask.of("PATCH", KeyApp.BASE + path), json);
    }

    static Ask withJSON(Ask ask, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return ask.with("Content-Type", "application/json")
                .with("Content-Length", Integer.toString(bytes.length))
                .withBody(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** Asks, and holds the answer against the document. */
    default Answer tell(KeyApp app, Ask ask) {
        Answer answer = ask(app, ask);
        Described.DOCUMENT.check(ask, answer);
        return answer;
    }

    default Answer tell(Ask ask) {
        return tell(KeyApp.USUAL, ask);
    }

    static JsonNode json(Answer answer) {
        return JSON.readTree(text(answer));
    }

    /** The body as text; {@link Answer} has one character for each byte. */
    static String text(Answer answer) {
        return new String(answer.body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Issues a key, and gives its identifier. */
    default String issued(String token, String json) {
        Answer answer = tell(post("/", json).bearer(token));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return json(answer).get("api_key").get("id").asString();
    }

    static void assertDetail(Answer answer, int status, String detail) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(text(answer)).isEqualTo("{\"detail\":\"" + detail + "\"}");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    /** "Bad input: 400 {"detail":"…","errors":{"<field>":["…"]}}". */
    static void assertFault(Answer answer, String field, String message) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(text(answer))
                .isEqualTo("{\"detail\":\"Invalid input.\",\"errors\":{\"" + field + "\":[\"" + message + "\"]}}");
    }
}
