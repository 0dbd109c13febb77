package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.CredentialKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The key endpoints and requests that are none of theirs, or that they cannot answer. */
public interface KeyRequestSuite extends KeyBox {

    String ID = "/019ac3f0-7c1e-7000-9a4b-3f1d2c5b6a79";

    /** One request for each thing that can be asked. */
    static List<Ask> everything() {
        return List.of(
                KeyBox.get("/"),
                KeyBox.post("/", "{\"name\":\"a\"}"),
                KeyBox.get("/audit/"),
                KeyBox.get(ID),
                KeyBox.patch(ID, "{\"name\":\"a\"}"),
                KeyBox.delete(ID),
                KeyBox.post(ID + "/revoke/"),
                KeyBox.post(ID + "/rotate/"));
    }

    /** "Only a signed-in user with a subject manages keys, by JWT". */
    @Test
    default void only_signed_in_users_manage_keys() {
        List<String> others = List.of(
                StubMethod.good(CredentialKind.API_KEY, "user_1", READ),
                StubMethod.good(CredentialKind.CUSTOM, "user_1", READ),
                StubMethod.good(CredentialKind.JWT, "", READ),
                StubMethod.good(CredentialKind.JWT, "u".repeat(256), READ));
        for (String token : others) {
            for (Ask ask : everything()) {
                Answer answer = tell(ask.bearer(token));
                KeyBox.assertDetail(answer, 403, "API key management requires a signed-in user.");
                assertThat(answer.header("WWW-Authenticate")).isNull();
            }
        }
    }

    /** Whatever stands before the endpoints, or does not. */
    @Test
    default void nobody_without_a_credential_manages_keys() {
        List<Ask> asks = new ArrayList<>(everything());
        asks.add(Ask.get("/unguarded/"));
        asks.add(Ask.get("/unguarded" + ID));
        for (Ask ask : asks) {
            Answer answer = tell(ask);
            KeyBox.assertDetail(answer, 401, "Authentication credentials were not provided.");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OUTAGE", "FAILING"})
    default void a_store_that_cannot_be_asked_is_503(KeyApp app) {
        for (Ask ask : everything()) {
            Answer answer = tell(app, ask.bearer(KeyBox.token("user_1")));
            KeyBox.assertDetail(answer, 503, "API key store is unavailable.");
            assertThat(answer.header("Retry-After")).isEqualTo(app == KeyApp.OUTAGE ? "2" : "1");
        }
        assertThat(tell(app, KeyBox.get("/openapi.json")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|GET, HEAD, POST|PUT,PATCH,DELETE,OPTIONS",
                "/|GET, HEAD, POST|PUT,PATCH,DELETE,OPTIONS",
                "/audit/|GET, HEAD|POST,PUT,PATCH,DELETE",
                "/openapi.json|GET, HEAD|POST",
                ID + "|GET, HEAD, PATCH, DELETE|POST,PUT,OPTIONS",
                "/self/|GET, HEAD|POST,PATCH,DELETE",
                ID + "/revoke/|POST|GET,PUT,PATCH,DELETE",
                ID + "/rotate|POST|GET,PUT,PATCH,DELETE",
            })
    default void other_methods_are_not_allowed(String path, String allow, String methods) {
        for (String method : methods.split(",", -1)) {
            Ask ask = Ask.of(method, KeyApp.BASE + (path == null ? "" : path)).with("Content-Length", "0");
            Answer answer = tell(ask.bearer(KeyBox.token("user_1")));
            KeyBox.assertDetail(answer, 405, "Method not allowed.");
            assertThat(answer.header("Allow")).isEqualTo(allow);
        }
    }

    /** What is no UUID is no key's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/selfs/",
                "/1",
                "/1-1-1-1-1",
                "/019ac3f0-7c1e-7000-9a4b-3f1d2c5b6a7g",
                "/019ac3f07c1e70009a4b3f1d2c5b6a79",
                "/%7B019ac3f0-7c1e-7000-9a4b-3f1d2c5b6a79%7D",
                "/'%20OR%20'1'='1",
                "/%F0%9F%94%91",
                "/%EF%BC%91",
                "/null"
            })
    default void an_identifier_of_another_form_finds_nothing(String path) {
        String token = KeyBox.token("user_1");
        KeyBox.assertDetail(tell(KeyBox.get(path).bearer(token)), 404, "API key not found.");
        KeyBox.assertDetail(tell(KeyBox.delete(path).bearer(token)), 404, "API key not found.");
    }

    @ParameterizedTest
    @ValueSource(strings = {ID + "/revoked", ID + "/revoke/now", "/a/b/c", ID + "/Rotate"})
    default void other_paths_name_nothing(String path) {
        KeyBox.assertDetail(ask(KeyApp.USUAL, KeyBox.get(path).bearer(KeyBox.token("user_1"))), 404, "Not found.");
    }

    @Test
    default void head_is_answered_like_get() {
        String token = KeyBox.token(KeyBox.newUser());
        issued(token, "{\"name\":\"a\"}");
        Answer get = tell(KeyBox.get("/").bearer(token));
        Answer head = tell(Ask.of("HEAD", KeyApp.BASE + "/").bearer(token));

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json; charset=iso-8859-1",
                "application/json5",
                "application/problem+json",
                "*/*",
                ""
            })
    default void bodies_of_other_types_are_refused(String type) {
        Ask ask = Ask.of("POST", KeyApp.BASE + "/")
                .bearer(KeyBox.token(KeyBox.newUser()))
                .with("Content-Length", "12")
                .withBody("{\"name\":\"a\"}");
        KeyBox.assertDetail(
                tell(type.isEmpty() ? ask : ask.with("Content-Type", type)),
                415,
                "The body must be application/json in UTF-8.");
    }

    @Test
    default void json_has_its_usual_spellings() {
        for (String type : List.of("application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\"")) {
            Ask ask = Ask.of("POST", KeyApp.BASE + "/")
                    .bearer(KeyBox.token(KeyBox.newUser()))
                    .with("Content-Type", type)
                    .with("Content-Length", "12")
                    .withBody("{\"name\":\"a\"}");
            assertThat(tell(ask).status()).as(type).isEqualTo(201);
        }
    }

    @Test
    default void a_compressed_body_is_refused() {
        Ask ask = KeyBox.post("/", "{\"name\":\"a\"}").bearer(KeyBox.token(KeyBox.newUser()));
        assertThat(tell(ask.with("Content-Encoding", "gzip")).status()).isEqualTo(415);
        assertThat(tell(ask.with("Content-Encoding", "identity")).status()).isEqualTo(201);
    }

    /** At most 64 KiB, whether announced or not. */
    @Test
    default void a_body_that_is_too_large_is_refused() {
        String token = KeyBox.token(KeyBox.newUser());
        String most = "{\"name\":\"a\"}" + " ".repeat(64 * 1024 - 12);
        assertThat(tell(KeyBox.post("/", most).bearer(token)).status()).isEqualTo(201);
        KeyBox.assertDetail(tell(KeyBox.post("/", most + " ").bearer(token)), 413, "The body is too large.");
        Ask announced = Ask.of("POST", KeyApp.BASE + "/")
                .bearer(token)
                .with("Content-Type", "application/json")
                .with("Content-Length", "99999999999");
        KeyBox.assertDetail(tell(announced), 413, "The body is too large.");
        Ask chunked = Ask.of("POST", KeyApp.BASE + "/")
                .bearer(token)
                .with("Content-Type", "application/json")
                .with("Transfer-Encoding", "chunked");
        String chunk = Integer.toHexString(most.length() + 1) + "\r\n" + most + " \r\n0\r\n\r\n";
        KeyBox.assertDetail(tell(chunked.withBody(chunk)), 413, "The body is too large.");
        String small = "c\r\n{\"name\":\"a\"}\r\n0\r\n\r\n";
        assertThat(tell(chunked.withBody(small)).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "\"a\"",
                "null",
                "{\"name\":\"a\"} {}",
                "{\"name\":\"a\",}",
                "{'name':'a'}",
                "{name:\"a\"}",
                "{\"name\":\"a\"}//",
                "{\"name\":\"\t\"}",
                "{\"name\":\"\\x41\"}",
                "{\"name\":NaN}",
                "{\"name\":01}",
                "\uFEFF{\"name\":\"a\"}",
            })
    default void what_is_no_json_object_is_told(String body) {
        KeyBox.assertFault(
                tell(KeyBox.post("/", body).bearer(KeyBox.token(KeyBox.newUser()))),
                "body",
                "The body must be one JSON object in UTF-8.");
    }

    /** Bytes, not characters: none of them is UTF-8. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00ff", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00e2\u0082", "\u00f4\u0090\u0080\u0080"})
    default void what_is_no_utf8_is_told(String bytes) {
        String body = "{\"name\":\"" + bytes + "\"}";
        Ask ask = Ask.of("POST", KeyApp.BASE + "/")
                .bearer(KeyBox.token(KeyBox.newUser()))
                .with("Content-Type", "application/json")
                .with("Content-Length", Integer.toString(body.length()))
                .withBody(body);
        KeyBox.assertFault(tell(ask), "body", "The body must be one JSON object in UTF-8.");
    }

    @Test
    default void other_encodings_of_unicode_are_no_utf8() {
        String utf16 = "\0{\0\"\0n\0a\0m\0e\0\"\0:\0\"\0a\0\"\0}";
        Ask ask = Ask.of("POST", KeyApp.BASE + "/")
                .bearer(KeyBox.token(KeyBox.newUser()))
                .with("Content-Type", "application/json")
                .with("Content-Length", Integer.toString(utf16.length()))
                .withBody(utf16);
        KeyBox.assertFault(tell(ask), "body", "The body must be one JSON object in UTF-8.");
    }

    @Test
    default void nesting_without_end_is_told() {
        for (String body : List.of(
                "[".repeat(60_000), "{\"name\":" + "[".repeat(60_000), "{\"x\":" + "{\"x\":".repeat(10_000) + "1")) {
            KeyBox.assertFault(
                    tell(KeyBox.post("/", body).bearer(KeyBox.token(KeyBox.newUser()))),
                    "body",
                    "The body must be one JSON object in UTF-8.");
        }
    }

    /** A chunk that is none: a malformed request, whoever says so. */
    @Test
    default void malformed_chunks_are_the_clients_fault() {
        Ask ask = Ask.of("POST", KeyApp.BASE + "/")
                .bearer(KeyBox.token(KeyBox.newUser()))
                .with("Content-Type", "application/json")
                .with("Transfer-Encoding", "chunked")
                .withBody("zz\r\n{}\r\n0\r\n\r\n");
        assertThat(ask(KeyApp.USUAL, ask).status()).isEqualTo(400);
    }

    @Test
    default void the_document_names_where_it_is_served() {
        Answer answer = tell(KeyApp.STRICT, KeyBox.get("/openapi.json"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(KeyBox.json(answer).at("/servers/0/url").asString()).isEqualTo("/strict" + KeyApp.BASE);
        assertThat(KeyBox.json(tell(Ask.get("/unguarded/openapi.json")))
                        .at("/servers/0/url")
                        .asString())
                .isEqualTo("/unguarded");
    }

    @Test
    default void a_servlet_that_the_container_makes_is_the_same() {
        String token = KeyBox.token(KeyBox.newUser());
        Answer answer =
                tell(KeyApp.DECLARED, KeyBox.post("/", "{\"name\":\"a\"}").bearer(token));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).startsWith("/declared" + KeyApp.BASE + "/");
    }
}
