package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Contract section 5, "Management endpoints": what can be done with one key. */
public interface KeyUseSuite extends KeyBox {

    @Test
    default void a_key_is_shown_without_its_secrets() {
        String token = KeyBox.token(KeyBox.newUser());
        Answer issued = tell(KeyBox.post("/", "{\"name\":\"a\"}").bearer(token));
        String id = KeyBox.json(issued).at("/api_key/id").asString();
        Answer shown = tell(KeyBox.get("/" + id + "/").bearer(token));

        assertThat(shown.status()).isEqualTo(200);
        assertThat(KeyBox.json(shown)).isEqualTo(KeyBox.json(issued).get("api_key"));
        assertThat(shown.body())
                .doesNotContain(KeyBox.json(issued).get("plaintext").asString());
        assertThat(tell(KeyBox.get("/" + id.toUpperCase(java.util.Locale.ROOT)).bearer(token))
                        .body())
                .isEqualTo(shown.body());
    }

    /** "idempotent: revoked_at keeps its first value". */
    @Test
    default void a_key_is_revoked_once() {
        String token = KeyBox.token(KeyBox.newUser());
        String id = issued(token, "{\"name\":\"a\"}");
        Answer first = tell(KeyBox.post("/" + id + "/revoke/").bearer(token));
        KeyApp.USUAL.clock.advance(Duration.ofSeconds(1));
        Answer second = tell(KeyBox.post("/" + id + "/revoke", "{}").bearer(token));

        assertThat(first.status()).isEqualTo(200);
        assertThat(KeyBox.json(first).get("is_active").asBoolean()).isFalse();
        assertThat(KeyBox.json(first).get("revoked_at").asString()).isNotEmpty();
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    default void a_revocation_has_no_fields() {
        String token = KeyBox.token(KeyBox.newUser());
        String id = issued(token, "{\"name\":\"a\"}");

        KeyBox.assertFault(
                tell(KeyBox.post("/" + id + "/revoke", "{\"at\":null}").bearer(token)),
                "at",
                "There is no such field.");
        assertThat(KeyBox.json(tell(KeyBox.get("/" + id).bearer(token)))
                        .get("is_active")
                        .asBoolean())
                .isTrue();
    }

    @Test
    default void name_and_scopes_can_be_changed() {
        String token = KeyBox.token(KeyBox.newUser(), READ, WRITE);
        String id = issued(token, "{\"name\":\"a\",\"scopes\":[\"catalog:read\"]}");

        Answer renamed = tell(KeyBox.patch("/" + id + "/", "{\"name\":\"b\"}").bearer(token));
        assertThat(KeyBox.json(renamed).get("name").asString()).isEqualTo("b");
        assertThat(KeyBox.json(renamed).get("scopes").toString()).isEqualTo("[\"catalog:read\"]");
        Answer widened =
                tell(KeyBox.patch("/" + id, "{\"scopes\":[\"catalog:write\"]}").bearer(token));
        assertThat(KeyBox.json(widened).get("name").asString()).isEqualTo("b");
        assertThat(KeyBox.json(widened).get("scopes").toString()).isEqualTo("[\"catalog:write\"]");
        assertThat(tell(KeyBox.patch("/" + id, "{}").bearer(token)).body()).isEqualTo(widened.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"\"}|name|The name must not be blank.",
                "{\"name\":null}|name|This value has the wrong type.",
                "{\"environment\":\"test\"}|environment|There is no such field.",
                "{\"expires_at\":null}|expires_at|There is no such field.",
                "{\"ip_allowlist\":null}|ip_allowlist|This value has the wrong type.",
                "{\"ip_allowlist\":[\"fe80::1%eth0\"]}|ip_allowlist|An entry must be an IP address or CIDR block, such as"
                        + " 192.0.2.1 or 2001:db8::/32.",
                "{\"scopes\":[\"catalog:write\"]}|scopes|A key cannot have a scope that you do not hold.",
                "[]|body|The body must be one JSON object in UTF-8.",
                "|body|The body must be one JSON object in UTF-8.",
            })
    default void a_wrong_change_changes_nothing(String body, String field, String message) {
        String token = KeyBox.token(KeyBox.newUser(), READ);
        String id = issued(token, "{\"name\":\"a\"}");
        String before = tell(KeyBox.get("/" + id).bearer(token)).body();

        KeyBox.assertFault(tell(KeyBox.patch("/" + id, body == null ? "" : body).bearer(token)), field, message);
        assertThat(tell(KeyBox.get("/" + id).bearer(token)).body()).isEqualTo(before);
    }

    @Test
    default void a_deleted_key_is_gone() {
        String token = KeyBox.token(KeyBox.newUser());
        String id = issued(token, "{\"name\":\"a\"}");
        Answer deleted = tell(KeyBox.delete("/" + id + "/").bearer(token));

        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        for (Ask ask : List.of(
                KeyBox.delete("/" + id + "/"),
                KeyBox.get("/" + id),
                KeyBox.patch("/" + id, "{}"),
                KeyBox.post("/" + id + "/revoke/"),
                KeyBox.post("/" + id + "/rotate/"))) {
            KeyBox.assertDetail(tell(ask.bearer(token)), 404, "API key not found.");
        }
    }

    /** "the old key works until the overlap ends (a day unless given)". */
    @Test
    default void a_rotated_key_works_on_for_a_day() {
        String token = KeyBox.token(KeyBox.newUser(), READ);
        String id = issued(token, "{\"name\":\"a\",\"environment\":\"test\",\"scopes\":[\"catalog:read\"]}");
        Answer rotated = tell(KeyBox.post("/" + id + "/rotate/").bearer(token));
        JsonNode successor = KeyBox.json(rotated).get("api_key");

        assertThat(rotated.status()).isEqualTo(201);
        assertThat(KeyBox.json(rotated).get("plaintext").asString()).matches("grd_test_[0-9a-f]{48}");
        assertThat(successor.get("id").asString()).isNotEqualTo(id);
        assertThat(successor.get("scopes").toString()).isEqualTo("[\"catalog:read\"]");
        assertThat(rotated.header("Location"))
                .isEqualTo(KeyApp.BASE + "/" + successor.get("id").asString() + "/");
        JsonNode old = KeyBox.json(tell(KeyBox.get("/" + id).bearer(token)));
        assertThat(old.get("expires_at").asString())
                .isEqualTo(KeyApp.USUAL.keys.now().plus(Duration.ofDays(1)).toString());
        assertThat(old.get("is_active").asBoolean()).isTrue();
        KeyBox.assertDetail(
                tell(KeyBox.post("/" + id + "/rotate/").bearer(token)), 409, "API key has already been rotated.");
    }

    @Test
    default void the_overlap_can_be_nothing_and_the_expiry_another() {
        String token = KeyBox.token(KeyBox.newUser());
        String id = issued(token, "{\"name\":\"a\"}");
        Answer rotated = tell(
                KeyBox.post("/" + id + "/rotate", "{\"overlap_seconds\":0,\"expires_at\":\"2032-01-01T00:00:00Z\"}")
                        .bearer(token));

        assertThat(KeyBox.json(rotated).at("/api_key/expires_at").asString()).isEqualTo("2032-01-01T00:00:00Z");
        assertThat(KeyBox.json(tell(KeyBox.get("/" + id).bearer(token)))
                        .get("is_active")
                        .asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"overlap_seconds\":-1}|overlap_seconds|The overlap must be from 0 seconds to 30 days.",
                "{\"overlap_seconds\":2592001}|overlap_seconds|The overlap must be from 0 seconds to 30 days.",
                "{\"overlap_seconds\":1e3}|overlap_seconds|This value has the wrong type.",
                "{\"overlap_seconds\":\"60\"}|overlap_seconds|This value has the wrong type.",
                "{\"overlap_seconds\":null}|overlap_seconds|This value has the wrong type.",
                "{\"overlap_seconds\":99999999999999999999999}|overlap_seconds|The overlap must be from 0 seconds to 30 days.",
                "{\"expires_at\":\"2029-01-01T00:00:00Z\"}|expires_at|The time must lie in the future.",
                "{\"name\":\"b\"}|name|There is no such field.",
                "{\"scopes\":[]}|scopes|There is no such field.",
                "null|body|The body must be one JSON object in UTF-8.",
            })
    default void a_wrong_rotation_rotates_nothing(String body, String field, String message) {
        String token = KeyBox.token(KeyBox.newUser());
        String id = issued(token, "{\"name\":\"a\"}");

        KeyBox.assertFault(tell(KeyBox.post("/" + id + "/rotate/", body).bearer(token)), field, message);
        assertThat(KeyBox.json(tell(KeyBox.get("/").bearer(token))).size()).isEqualTo(1);
    }

    /** "rotating a revoked or expired key is 409". */
    @Test
    default void a_key_that_does_not_work_is_not_rotated() {
        String token = KeyBox.token(KeyBox.newUser());
        String id = issued(token, "{\"name\":\"a\"}");
        tell(KeyBox.post("/" + id + "/revoke/").bearer(token));

        KeyBox.assertDetail(tell(KeyBox.post("/" + id + "/rotate/").bearer(token)), 409, "API key is not active.");
    }

    /** "a caller who no longer holds all of the key's scopes is refused as when issuing". */
    @Test
    default void rotation_needs_all_scopes_of_the_key() {
        String user = KeyBox.newUser();
        String id = issued(KeyBox.token(user, READ, WRITE), "{\"name\":\"a\",\"scopes\":[\"catalog:write\"]}");

        KeyBox.assertFault(
                tell(KeyBox.post("/" + id + "/rotate/").bearer(KeyBox.token(user, READ))),
                "scopes",
                "A key cannot have a scope that you do not hold.");
    }

    /** "Of two rotations at once one wins, the other is 409". */
    @Test
    default void two_rotations_at_once_give_one_successor() throws Exception {
        String token = KeyBox.token(KeyBox.newUser());
        for (int i = 0; i < 10; i++) {
            String id = issued(token, "{\"name\":\"a\"}");
            List<Answer> answers = KeyIssueSuite.atOnce(
                    2, () -> tell(KeyBox.post("/" + id + "/rotate/").bearer(token)));
            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 409);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 409)
                    .allSatisfy(answer -> KeyBox.assertDetail(answer, 409, "API key has already been rotated."));
        }
    }

    /** "Another account's key and a missing one look the same". */
    @Test
    default void anothers_key_is_not_there() {
        String other = KeyBox.token(KeyBox.newUser());
        String id = issued(KeyBox.token(KeyBox.newUser()), "{\"name\":\"a\"}");
        String none = "019ac3f0-7c1e-7000-9a4b-3f1d2c5b6a79";
        for (String each : List.of(id, none)) {
            for (Ask ask : List.of(
                    KeyBox.get("/" + each),
                    KeyBox.delete("/" + each),
                    KeyBox.patch("/" + each, "{\"name\":\"mine\"}"),
                    KeyBox.post("/" + each + "/revoke"),
                    KeyBox.post("/" + each + "/rotate"))) {
                KeyBox.assertDetail(tell(ask.bearer(other)), 404, "API key not found.");
            }
        }
        assertThat(tell(KeyBox.get("/").bearer(other)).body()).isEqualTo("[]");
    }
}
