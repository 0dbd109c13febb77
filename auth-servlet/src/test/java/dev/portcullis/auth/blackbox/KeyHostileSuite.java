package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** "SQL-shaped, oversized, Unicode and control-character input in every field: stored as given or refused 400". */
public interface KeyHostileSuite extends KeyBox {

    List<String> TEXTS = List.of(
            "'; DROP TABLE api_key; --",
            "\" OR \"\"=\"",
            "${jndi:ldap://127.0.0.1/a}",
            "<script>alert(1)</script>",
            "</script><img src=x onerror=alert(1)>",
            "=cmd|' /C calc'!A0",
            "%00%0d%0aSet-Cookie: a=b",
            "../../etc/passwd",
            "\\u0000",
            "\u0000",
            "a\u0000b",
            "a\r\nb",
            "\u001b[31mred\u001b[0m",
            "\u0007",
            "\u0085",
            "\u2028",
            "\u202eevil",
            "\u2066isolated",
            "\ufeffname",
            "\u200b",
            "\ufffe",
            "\ud83d\udd11",
            "e\u0301\u0302\u0303",
            "\ud800",
            "\udc00x",
            "سلام",
            "a".repeat(101),
            "a".repeat(60_000),
            "'".repeat(100));

    private static String body(String field, JsonNode value) {
        ObjectNode body = JSON.createObjectNode().put("name", "a");
        body.set(field, value);
        return ascii(body.toString());
    }

    /** With every character that is not ASCII escaped, so that halves of pairs get through as well. */
    private static String ascii(String json) {
        StringBuilder text = new StringBuilder();
        json.chars().forEach(c -> text.append(c < 0x80 ? Character.toString(c) : "\\u%04x".formatted(c)));
        return text.toString();
    }

    /** Never a fault of ours; and what is taken is given back as it was, whichever way it is asked for. */
    private void assertKeptOrRefused(String token, Ask ask, String field, String text) {
        Answer answer = tell(ask.bearer(token));
        assertThat(answer.status()).as("%s: %s", field, answer.body()).isIn(201, 400);
        if (answer.status() == 400) {
            return;
        }
        JsonNode key = KeyBox.json(answer).get("api_key");
        if (field.equals("name")) {
            assertThat(key.get("name").asString()).isEqualTo(text);
        }
        String id = key.get("id").asString();
        assertThat(KeyBox.json(tell(KeyBox.get("/" + id).bearer(token)))).isEqualTo(key);
        assertThat(KeyBox.json(tell(KeyBox.get("/?limit=1").bearer(token))).get(0))
                .isEqualTo(key);
        tell(KeyBox.delete("/" + id).bearer(token));
    }

    @Test
    default void every_field_keeps_hostile_text_or_refuses_it() {
        String token = KeyBox.token(KeyBox.newUser(), READ);
        for (String text : TEXTS) {
            for (String field : List.of("name", "environment", "scopes", "expires_at", "ip_allowlist", "x")) {
                JsonNode value = JSON.getNodeFactory().stringNode(text);
                assertKeptOrRefused(token, KeyBox.post("/", body(field, value)), field, text);
                JsonNode list = JSON.createArrayNode().add(text);
                assertKeptOrRefused(token, KeyBox.post("/", body(field, list)), field, text);
            }
        }
    }

    @Test
    default void names_of_fields_are_hostile_too() {
        String token = KeyBox.token(KeyBox.newUser());
        for (String text : TEXTS) {
            Answer answer =
                    tell(KeyBox.post("/", body(text, JSON.getNodeFactory().stringNode("x")))
                            .bearer(token));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().length()).isLessThan(1000);
        }
    }

    @Test
    default void a_thousand_unknown_fields_get_a_short_answer() {
        ObjectNode body = JSON.createObjectNode();
        for (int i = 0; i < 1000; i++) {
            body.put("field " + i, i);
        }
        Answer answer = tell(KeyBox.post("/", body.toString()).bearer(KeyBox.token(KeyBox.newUser())));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(KeyBox.json(answer).get("errors").size()).isLessThanOrEqualTo(11);
    }

    @Test
    default void subjects_are_hostile_too() {
        for (String subject : List.of("';DROP/**/TABLE/**/x;--", "a|b", "x".repeat(255), "../..", "<b>")) {
            String token = KeyBox.token(subject);
            String id = issued(token, "{\"name\":\"a\"}");
            assertThat(tell(KeyBox.get("/audit/?limit=1").bearer(token)).body()).contains(id);
            assertThat(tell(KeyBox.delete("/" + id).bearer(token)).status()).isEqualTo(204);
        }
    }

    /** What holds 256 scopes is a key, and no more. */
    @Test
    default void too_many_scopes_are_refused() {
        String token = KeyBox.token(KeyBox.newUser(), READ);
        String many = "\"catalog:read\",".repeat(256);
        Answer answer = tell(KeyBox.post("/", "{\"name\":\"a\",\"scopes\":[" + many + "\"catalog:read\"]}")
                .bearer(token));
        KeyBox.assertFault(answer, "scopes", "There are too many scopes.");
    }
}
