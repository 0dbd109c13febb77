package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Contract section 5, "Management endpoints": {@code POST /api/v1/api-keys/}. */
public interface KeyIssueSuite extends KeyBox {

    /** "environment is live, scopes empty, unless given". */
    @Test
    default void a_name_is_enough() {
        String user = KeyBox.newUser();
        Answer answer = tell(KeyBox.post("/", "{\"name\":\"CI\"}").bearer(KeyBox.token(user)));

        assertThat(answer.status()).isEqualTo(201);
        JsonNode body = KeyBox.json(answer);
        assertThat(body.propertyNames()).containsExactly("api_key", "plaintext", "warning");
        JsonNode key = body.get("api_key");
        assertThat(key.propertyNames())
                .containsExactly(
                        "id",
                        "name",
                        "environment",
                        "key_prefix",
                        "scopes",
                        "created_at",
                        "last_used_at",
                        "expires_at",
                        "revoked_at",
                        "is_active");
        String plaintext = body.get("plaintext").asString();
        assertThat(plaintext)
                .matches("grd_live_[0-9a-f]{48}")
                .startsWith(key.get("key_prefix").asString());
        assertThat(answer.header("Location"))
                .isEqualTo(KeyApp.BASE + "/" + key.get("id").asString() + "/");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.body())
                .contains("\"environment\":\"live\"", "\"scopes\":[]", "\"expires_at\":null", "\"is_active\":true");
    }

    @Test
    default void all_that_can_be_given_is_kept() {
        String token = KeyBox.token(KeyBox.newUser(), READ, WRITE);
        Answer answer = tell(KeyBox.post("/", """
                {"name":"Zürich \\uD83D\\uDD11","environment":"test","scopes":["catalog:write","catalog:read","catalog:read"],
                 "expires_at":"2031-01-01T01:00:00.1234+01:00"}""").bearer(token));

        JsonNode key = KeyBox.json(answer).get("api_key");
        assertThat(key.get("name").asString()).isEqualTo("Zürich 🔑");
        assertThat(key.get("environment").asString()).isEqualTo("test");
        assertThat(key.get("key_prefix").asString()).startsWith("grd_test_");
        assertThat(key.get("scopes").toString()).isEqualTo("[\"catalog:read\",\"catalog:write\"]");
        assertThat(key.get("expires_at").asString()).isEqualTo("2031-01-01T00:00:00.123Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|name|This field is required.",
                "{\"name\":null}|name|This value has the wrong type.",
                "{\"name\":7}|name|This value has the wrong type.",
                "{\"name\":[\"a\"]}|name|This value has the wrong type.",
                "{\"name\":\"\"}|name|The name must not be blank.",
                "{\"name\":\" \\u2003\\u00a0\"}|name|The name must not be blank.",
                "{\"name\":\"a\\u0000b\"}|name|The name must not hold control characters.",
                "{\"name\":\"a\\nb\"}|name|The name must not hold control characters.",
                "{\"name\":\"a\\u202eb\"}|name|The name must not hold control characters.",
                "{\"name\":\"a\\ud800b\"}|name|The name must not hold control characters.",
                "{\"name\":\"a\",\"name\":\"b\"}|name|This must not be given more than once.",
                "{\"name\":\"a\",\"ip_allowlist\":[\"192.0.2.1\"]}|ip_allowlist|There is no such field.",
                "{\"name\":\"a\",\"Scopes\":[]}|Scopes|There is no such field.",
                "{\"name\":\"a\",\"environment\":\"LIVE\"}|environment|The environment must be live or test.",
                "{\"name\":\"a\",\"environment\":\"\"}|environment|The environment must be live or test.",
                "{\"name\":\"a\",\"environment\":true}|environment|This value has the wrong type.",
                "{\"name\":\"a\",\"scopes\":\"catalog:read\"}|scopes|This value has the wrong type.",
                "{\"name\":\"a\",\"scopes\":[1]}|scopes|This value has the wrong type.",
                "{\"name\":\"a\",\"scopes\":null}|scopes|This value has the wrong type.",
                "{\"name\":\"a\",\"scopes\":[\"a b\"]}|scopes|A scope must be printable ASCII without spaces, quotes and"
                        + " backslashes.",
                "{\"name\":\"a\",\"scopes\":[\"catalog:write\"]}|scopes|A key cannot have a scope that you do not hold.",
                "{\"name\":\"a\",\"scopes\":[\"Catalog:read\"]}|scopes|A key cannot have a scope that you do not hold.",
                "{\"name\":\"a\",\"expires_at\":\"2030-01-01T12:00:00Z\"}|expires_at|The time must lie in the future.",
                "{\"name\":\"a\",\"expires_at\":\"2031-01-01\"}|expires_at|The time must be written as in RFC 3339, such as"
                        + " 2030-01-31T12:00:00Z.",
                "{\"name\":\"a\",\"expires_at\":\"2031-02-30T00:00:00Z\"}|expires_at|The time must be written as in RFC"
                        + " 3339, such as 2030-01-31T12:00:00Z.",
                "{\"name\":\"a\",\"expires_at\":1924992000}|expires_at|This value has the wrong type.",
            })
    default void what_is_wrong_is_told_by_its_field(String body, String field, String message) {
        String token = KeyBox.token(KeyBox.newUser(), READ);
        KeyBox.assertFault(tell(KeyBox.post("/", body).bearer(token)), field, message);
        assertThat(tell(KeyBox.get("/").bearer(token)).body()).isEqualTo("[]");
    }

    @Test
    default void all_that_is_wrong_is_told_at_once() {
        Answer answer =
                tell(KeyBox.post("/", "{\"name\":7,\"environment\":\"x\",\"scopes\":{},\"expires_at\":\"x\",\"y\":1}")
                        .bearer(KeyBox.token(KeyBox.newUser())));

        assertThat(KeyBox.json(answer).get("errors").propertyNames())
                .containsExactlyInAnyOrder("y", "name", "environment", "scopes", "expires_at");
    }

    @Test
    default void a_name_of_100_characters_is_one_and_of_101_is_none() {
        String token = KeyBox.token(KeyBox.newUser());
        assertThat(tell(KeyBox.post("/", "{\"name\":\"" + "🔑".repeat(100) + "\"}")
                                .bearer(token))
                        .status())
                .isEqualTo(201);
        KeyBox.assertFault(
                tell(KeyBox.post("/", "{\"name\":\"" + "🔑".repeat(101) + "\"}").bearer(token)),
                "name",
                "The name must have at most 100 characters.");
    }

    /** The rules of a deployment; its refusals are problem details. */
    @Test
    default void a_deployment_has_rules_of_its_own() {
        String token = KeyBox.token(KeyBox.newUser(), READ, "holdings:read");
        Answer unknown = tell(
                KeyApp.STRICT,
                KeyBox.post("/", "{\"name\":\"a\",\"scopes\":[\"holdings:read\"]}")
                        .bearer(token));
        assertThat(unknown.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(unknown.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                        + "\"detail\":\"Invalid input.\",\"errors\":{\"scopes\":[\"There is no such scope.\"]}}");
        Answer late = tell(
                KeyApp.STRICT,
                KeyBox.post("/", "{\"name\":\"a\",\"expires_at\":\"2031-01-01T00:00:00Z\"}")
                        .bearer(token));
        assertThat(late.body()).contains("The time lies further ahead than a key may live.");
        for (int i = 0; i < 3; i++) {
            assertThat(tell(KeyApp.STRICT, KeyBox.post("/", "{\"name\":\"a\"}").bearer(token))
                            .status())
                    .isEqualTo(201);
        }
        Answer fourth = tell(KeyApp.STRICT, KeyBox.post("/", "{\"name\":\"a\"}").bearer(token));
        assertThat(fourth.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,"
                        + "\"detail\":\"Too many API keys.\"}");
    }

    /** "the same key and body within a day answer 200 with the same api_key and plaintext null". */
    @Test
    default void a_repeated_request_issues_nothing() {
        String token = KeyBox.token(KeyBox.newUser(), READ);
        Ask ask = KeyBox.post("/", "{\"name\":\"a\",\"scopes\":[\"catalog:read\"]}")
                .bearer(token)
                .with("Idempotency-Key", "b5b1");
        Answer first = tell(ask);
        Answer again = tell(
                KeyBox.post("/", " {\"scopes\" : [\"catalog:read\"], \"name\":\"\\u0061\", \"environment\":\"live\"}")
                        .bearer(token)
                        .with("idempotency-key", "b5b1"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(KeyBox.json(again).get("api_key"))
                .isEqualTo(KeyBox.json(first).get("api_key"));
        assertThat(KeyBox.json(again).get("plaintext").isNull()).isTrue();
        assertThat(KeyBox.json(tell(KeyBox.get("/").bearer(token))).size()).isEqualTo(1);
        KeyBox.assertDetail(
                tell(KeyBox.post("/", "{\"name\":\"b\"}").bearer(token).with("Idempotency-Key", "b5b1")),
                409,
                "Idempotency-Key was used with another request.");
        assertThat(tell(ask.with("Idempotency-Key", "b5b1")).body()).contains("more than once");
    }

    @Test
    default void a_repeated_request_whose_key_is_gone_finds_nothing() {
        String token = KeyBox.token(KeyBox.newUser());
        Ask ask = KeyBox.post("/", "{\"name\":\"a\"}").bearer(token).with("Idempotency-Key", "x");
        String id = KeyBox.json(tell(ask)).at("/api_key/id").asString();
        tell(KeyBox.delete("/" + id).bearer(token));

        KeyBox.assertDetail(tell(ask), 404, "API key not found.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "caf\u00e9"})
    default void a_malformed_idempotency_key_is_refused(String key) {
        Ask ask = KeyBox.post("/", "{\"name\":\"a\"}").bearer(KeyBox.token(KeyBox.newUser()));
        KeyBox.assertFault(
                tell(ask.with("Idempotency-Key", key)),
                "Idempotency-Key",
                "The key must have 1 to 255 printable ASCII characters.");
        assertThat(tell(ask.with("Idempotency-Key", "k".repeat(255))).status()).isEqualTo(201);
        assertThat(tell(ask.with("Idempotency-Key", "k".repeat(256))).status()).isEqualTo(400);
    }

    /** Of requests with one idempotency key at once, one issues a key, and all others tell of it. */
    @Test
    default void repeated_requests_at_once_issue_one_key() throws Exception {
        String token = KeyBox.token(KeyBox.newUser());
        Ask ask = KeyBox.post("/", "{\"name\":\"a\"}")
                .bearer(token)
                .with("Idempotency-Key", UUID.randomUUID().toString());
        List<Answer> answers = KeyIssueSuite.atOnce(8, () -> tell(ask));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(7);
        assertThat(answers)
                .extracting(answer -> KeyBox.json(answer).at("/api_key/id"))
                .containsOnly(KeyBox.json(answers.get(0)).at("/api_key/id"));
    }

    static <T> List<T> atOnce(int times, Callable<T> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(Collections.nCopies(times, task))) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
