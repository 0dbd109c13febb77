package dev.portcullis.auth.blackbox;

import static dev.portcullis.auth.blackbox.SignedApp.SIMPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.signature.Ed25519PublicKey;
import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.testkit.RequestSigner;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Contract section 8, "Keys". */
public interface SigningKeySuite extends SignedBox {

    String BASE = "/api/v1/signing-keys/";

    private static String base64(Ed25519PublicKey key) {
        return Base64.getEncoder().encodeToString(key.encoded());
    }

    private static Ask register(String user, String json) {
        return SignedBox.json("POST", BASE, json).bearer(StubMethod.good(CredentialKind.JWT, user, "orders:write"));
    }

    private static Ask register(String user, Ed25519PublicKey key) {
        return register(user, "{\"name\":\"desk\",\"public_key\":\"" + base64(key) + "\"}");
    }

    private static Ask as(String user, Ask ask) {
        return ask.bearer(StubMethod.good(CredentialKind.JWT, user));
    }

    @Test
    default void a_key_is_registered_used_listed_and_deleted() {
        Ed25519SecretKey key = Ed25519SecretKey.generate();
        Answer answer = ask(
                SIMPLE,
                register(
                        "anna",
                        "{\"name\":\"desk\",\"public_key\":\"" + base64(key.publicKey())
                                + "\",\"scopes\":[\"orders:write\"]}"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        JsonNode shown = KeyBox.json(answer);
        assertThat(shown.propertyNames())
                .containsExactly("id", "name", "fingerprint", "public_key", "scopes", "created_at", "last_used_at");
        assertThat(shown.get("fingerprint").asString())
                .isEqualTo(key.publicKey().fingerprintText());
        assertThat(shown.get("created_at").asString()).isEqualTo("2030-01-01T12:00:00Z");

        Ask use = SignedBox.signed(SIMPLE, RequestSigner.of(key).clock(SIMPLE.clock), Ask.get("/v1/bytes"), "");
        assertThat(ask(SIMPLE, use).body()).isEqualTo("anna ");
        assertThat(shown.get("last_used_at").isNull()).isTrue();
        String one = BASE + shown.get("id").asString();
        assertThat(answer.header("Location")).isEqualTo(one + "/");
        await().untilAsserted(() -> assertThat(KeyBox.json(ask(SIMPLE, as("anna", Ask.get(one))))
                        .get("last_used_at")
                        .asString())
                .isEqualTo("2030-01-01T12:00:00Z"));
        assertThat(KeyBox.json(ask(SIMPLE, as("anna", Ask.get(BASE)))).get(0))
                .isEqualTo(KeyBox.json(ask(SIMPLE, as("anna", Ask.get(one + "/")))));
        isRefused(SIMPLE, as("berta", Ask.get(one)), 404, "Signing key not found.");
        isRefused(SIMPLE, as("berta", Ask.of("DELETE", one)), 404, "Signing key not found.");
        assertThat(ask(SIMPLE, as("anna", Ask.of("DELETE", one + "/"))).status())
                .isEqualTo(204);
        isRefused(SIMPLE, as("anna", Ask.of("DELETE", one)), 404, "Signing key not found.");
        isRefused(SIMPLE, use, 401, "Invalid request signature.");
    }

    /** What was done to the caller's own keys, the latest first, also when they are gone. */
    @Test
    default void what_was_done_is_told() {
        String kurt = KeyBox.newUser();
        Ed25519PublicKey key = Ed25519SecretKey.generate().publicKey();
        JsonNode shown = KeyBox.json(ask(SIMPLE, register(kurt, key)));
        isRefused(SIMPLE, register(kurt, key), 409, "Public key is already registered.");
        ask(SIMPLE, as(kurt, Ask.of("DELETE", BASE + shown.get("id").asString())));

        JsonNode records = KeyBox.json(ask(SIMPLE, as(kurt, Ask.get(BASE + "audit/"))));
        assertThat(records).hasSize(2);
        for (int i = 0; i < 2; i++) {
            JsonNode record = records.get(i);
            assertThat(record.get("action").asString()).isEqualTo(i == 0 ? "delete" : "register");
            assertThat(record.get("key_id")).isEqualTo(shown.get("id"));
            assertThat(record.get("fingerprint").asString()).isEqualTo(key.fingerprintText());
            assertThat(record.get("by").asString()).isEqualTo(kurt);
            assertThat(record.get("from").asString()).isEqualTo("127.0.0.1");
        }
        Answer page = ask(SIMPLE, as(kurt, Ask.get(BASE + "audit?limit=1")));
        String next = String.valueOf(page.header("Link"));
        Answer rest = ask(SIMPLE, as(kurt, Ask.get(BASE + "audit" + next.substring(1, next.indexOf('>')))));
        assertThat(KeyBox.json(rest).get(0)).isEqualTo(records.get(1));
        assertThat(rest.header("Link")).isNull();
        assertThat(KeyBox.json(ask(SIMPLE, as(KeyBox.newUser(), Ask.get(BASE + "audit")))))
                .isEmpty();
        KeyBox.assertFault(
                ask(SIMPLE, as(kurt, Ask.get(BASE + "audit?cursor=x"))),
                "cursor",
                "The cursor must be one that a page before has given.");
        KeyBox.assertFault(
                ask(SIMPLE, as(kurt, Ask.get(BASE + "audit?limit=0"))), "limit", "The limit must be from 1 to 1000.");
    }

    /** The document names where it is served, and whoever may come here may read it. */
    @Test
    default void the_endpoints_are_described() {
        Answer answer = ask(SIMPLE, as("lena", Ask.get(BASE + "openapi.json")));

        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(KeyBox.json(answer).at("/servers/0/url").asString()).isEqualTo("/api/v1/signing-keys");
        assertThat(KeyBox.json(answer).get("paths")).hasSize(4);
    }

    @Test
    default void several_keys_are_active_at_once_up_to_a_limit() {
        String carl = KeyBox.newUser();
        for (int i = 0; i < 3; i++) {
            Ed25519PublicKey key = Ed25519SecretKey.generate().publicKey();
            assertThat(ask(SIMPLE, register(carl, key)).status()).isEqualTo(201);
        }
        isRefused(SIMPLE, register(carl, Ed25519SecretKey.generate().publicKey()), 409, "Too many signing keys.");
        Answer page = ask(SIMPLE, as(carl, Ask.get(BASE + "?limit=2")));
        assertThat(KeyBox.json(page)).hasSize(2);
        String next = String.valueOf(page.header("Link"));
        assertThat(next).startsWith("<?limit=2&cursor=").endsWith("rel=\"next\"");
        Answer rest = ask(SIMPLE, as(carl, Ask.get(BASE + next.substring(1, next.indexOf('>')))));
        assertThat(KeyBox.json(rest)).hasSize(1);
        assertThat(rest.header("Link")).isNull();
    }

    @Test
    default void a_public_key_is_registered_once() {
        Ed25519PublicKey key = Ed25519SecretKey.generate().publicKey();
        assertThat(ask(SIMPLE, register("dora", key)).status()).isEqualTo(201);

        isRefused(SIMPLE, register("dora", key), 409, "Public key is already registered.");
        isRefused(SIMPLE, register("emil", key), 409, "Public key is already registered.");
    }

    /** "strict: 32 raw bytes, canonical, not of small order; padded or unpadded base64". */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AQ==",
                "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "7P///////////////////////////////////////38=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIA=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "xxdqcD1N2E+6PAt2DRBnDyogU/osOczGTsf9d5KsA3o=",
                "xxdqcD1N2E+6PAt2DRBnDyogU/osOczGTsf9d5KsA/o=",
                "JuiVj8KyJ7BFw/SJ8u+Y8NXfrAXTxjM5sTgCiG1T/AU=",
                "JuiVj8KyJ7BFw/SJ8u+Y8NXfrAXTxjM5sTgCiG1T/IU=",
                "7v///////////////////////////////////////38=",
                "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURp=",
                "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo= ",
                "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
            })
    default void a_public_key_that_is_none_is_refused(String key) {
        Answer answer = ask(SIMPLE, register("fred", "{\"name\":\"a\",\"public_key\":\"" + key + "\"}"));

        KeyBox.assertFault(
                answer,
                "public_key",
                "The public key must be the base64 of the 32 bytes of an Ed25519 key, and not of small order.");
    }

    @Test
    default void base64_without_padding_will_do() {
        String key = base64(Ed25519SecretKey.generate().publicKey()).replace("=", "");
        Answer answer = ask(SIMPLE, register("gina", "{\"name\":\"a\",\"public_key\":\"" + key + "\"}"));

        assertThat(KeyBox.json(answer).get("public_key").asString()).isEqualTo(key + "=");
    }

    @Test
    default void names_and_scopes_are_held_to_the_rules_of_API_keys() {
        String key = base64(Ed25519SecretKey.generate().publicKey());
        String with = ",\"public_key\":\"" + key + "\"}";
        KeyBox.assertFault(
                ask(SIMPLE, register("hugo", "{\"name\":\" \"" + with)), "name", "The name must not be blank.");
        KeyBox.assertFault(
                ask(SIMPLE, register("hugo", "{\"name\":\"a\",\"scopes\":[\"admin\"]" + with)),
                "scopes",
                "A key cannot have a scope that you do not hold.");
        KeyBox.assertFault(ask(SIMPLE, register("hugo", "{\"name\":\"a\"}")), "public_key", "This field is required.");
        KeyBox.assertFault(
                ask(SIMPLE, register("hugo", "{\"name\":\"a\",\"secret\":1" + with)),
                "secret",
                "There is no such field.");
        KeyBox.assertFault(ask(SIMPLE, register("hugo", "[]")), "body", "The body must be one JSON object in UTF-8.");
        KeyBox.assertFault(
                ask(SIMPLE, as("hugo", Ask.get(BASE + "?limit=0"))), "limit", "The limit must be from 1 to 1000.");
    }

    @Test
    default void only_users_who_signed_in_manage_keys() {
        String detail = "API key management requires a signed-in user.";
        isRefused(SIMPLE, Ask.get(BASE).bearer(SIMPLE.consumptionKey), 403, detail);
        isRefused(SIMPLE, SignedBox.signed(SIMPLE, Ask.get(BASE)), 403, detail);
        assertThat(ask(SIMPLE, Ask.get(BASE)).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, '', 405",
        "PATCH, x, 405",
        "POST, x, 405",
        "DELETE, '', 405",
        "DELETE, audit, 405",
        "POST, openapi.json, 405",
        "GET, x, 404",
        "DELETE, x, 404",
        "GET, x/y, 404",
        "GET, audit/y, 404"
    })
    default void what_is_not_there_is_told_of(String method, String below, int status) {
        assertThat(ask(SIMPLE, as("ida", Ask.of(method, BASE + below))).status())
                .isEqualTo(status);
        assertThat(ask(SIMPLE, as("ida", Ask.of("DELETE", BASE + UUID.randomUUID())))
                        .status())
                .isEqualTo(404);
    }
}
