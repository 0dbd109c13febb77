package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.KeyFault;
import dev.portcullis.auth.apikey.KeyRefusal;
import dev.portcullis.auth.signature.SigningKeyAction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** The documents themselves: each is whole, its examples are examples, and it is a measure that answers can fail. */
final class OpenAPIDocumentTest {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    @SuppressWarnings("UnusedVariable") // asked for by its name
    private static final List<Described> DOCUMENTS = List.of(Described.DOCUMENT, Described.SIGNING_KEYS);

    private static String pointer(String path, String... more) {
        return "/paths/" + path.replace("/", "~1") + "/" + String.join("/", more);
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void every_reference_leads_somewhere(Described described) {
        JsonNode document = described.document();
        assertThat(document.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(
                        target -> assertThat(document.at(target.substring(1)).isMissingNode())
                                .as(target)
                                .isFalse());
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void every_part_is_used(Described described) {
        JsonNode document = described.document();
        Set<String> used = new TreeSet<>(document.findValuesAsString("$ref"));
        for (String kind : List.of("schemas", "headers", "responses", "parameters")) {
            for (String name : document.at("/components/" + kind).propertyNames()) {
                assertThat(used).contains("#/components/" + kind + "/" + name);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void every_operation_tells_what_can_go_wrong(Described described) {
        JsonNode document = described.document();
        document.get("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (METHODS.contains(method) && !path.equals("/openapi.json")) {
                        assertThat(operation.get("responses").propertyNames())
                                .as("%s %s", method, path)
                                .contains("401", "403", "405", "503");
                        assertThat(operation.get("responses").has("413"))
                                .isEqualTo(!Set.of("get", "delete").contains(method));
                        assertThat(operation.get("responses").has("404"))
                                .isEqualTo(path.contains("{id}")
                                        || (described == Described.DOCUMENT && method.equals("post")));
                        assertThat(operation.get("operationId").asString()).isNotEmpty();
                        assertThat(operation.get("summary").asString()).isNotEmpty();
                    }
                }));
    }

    /** Answers and requests alike. */
    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void every_example_is_one(Described described) {
        JsonNode document = described.document();
        document.get("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (METHODS.contains(method)) {
                        checkExamples(described, pointer(path, method, "requestBody"));
                        operation.get("responses").forEachEntry((status, response) -> {
                            if (!response.has("$ref")) {
                                checkExamples(described, pointer(path, method, "responses", status));
                            }
                        });
                    }
                }));
        document.at("/components/responses")
                .propertyNames()
                .forEach(name -> checkExamples(described, "/components/responses/" + name));
    }

    private static void checkExamples(Described described, String place) {
        for (Map.Entry<String, JsonNode> content :
                described.document().at(place + "/content").properties()) {
            String schema = place + "/content/" + content.getKey().replace("/", "~1") + "/schema";
            for (JsonNode example : content.getValue().path("examples")) {
                assertThat(described.validate(schema, example.get("value").toString()))
                        .as("%s at %s", example, place)
                        .isEmpty();
            }
        }
    }

    @Test
    void every_word_of_a_refusal_stands_in_it() {
        String text = Described.DOCUMENT.text();
        Set<KeyRefusal> ofSigningKeys = Set.of(
                KeyRefusal.SIGNING_KEY_NOT_FOUND, KeyRefusal.TOO_MANY_SIGNING_KEYS, KeyRefusal.PUBLIC_KEY_REGISTERED);
        for (KeyRefusal refusal : KeyRefusal.values()) {
            assertThat(text.contains("\"" + refusal.detail() + "\""))
                    .as(refusal.name())
                    .isEqualTo(!ofSigningKeys.contains(refusal));
        }
        Set<KeyFault> elsewhere = Set.of(
                KeyFault.MALFORMED_OWNER,
                KeyFault.MALFORMED_KEY_PREFIX,
                KeyFault.KEYED_HASH,
                KeyFault.MALFORMED_PUBLIC_KEY);
        for (KeyFault fault : KeyFault.values()) {
            assertThat(text.contains("\"" + fault.message() + "\""))
                    .as(fault.name())
                    .isEqualTo(!elsewhere.contains(fault));
        }
        for (AuditAction action : AuditAction.values()) {
            assertThat(text).contains("\"" + action.label() + "\"");
        }
    }

    /** Registering needs the words for names and scopes that issuing needs. */
    @Test
    void every_word_of_a_refusal_of_signing_keys_stands_in_theirs() {
        String text = Described.SIGNING_KEYS.text();
        for (KeyRefusal refusal : KeyRefusal.values()) {
            Set<KeyRefusal> shared = Set.of(KeyRefusal.INVALID_INPUT, KeyRefusal.USER_REQUIRED);
            assertThat(text.contains("\"" + refusal.detail() + "\""))
                    .as(refusal.name())
                    .isEqualTo(refusal.name().contains("SIGNING")
                            || refusal == KeyRefusal.PUBLIC_KEY_REGISTERED
                            || shared.contains(refusal));
        }
        for (KeyFault fault : Set.of(
                KeyFault.REQUIRED,
                KeyFault.REPEATED,
                KeyFault.MALFORMED_BODY,
                KeyFault.MALFORMED_PUBLIC_KEY,
                KeyFault.LIMIT_OUT_OF_RANGE,
                KeyFault.MALFORMED_CURSOR)) {
            assertThat(text).contains("\"" + fault.message() + "\"");
        }
        for (SigningKeyAction action : SigningKeyAction.values()) {
            assertThat(text).contains("\"" + action.label() + "\"");
        }
    }

    @Test
    void an_answer_that_differs_is_found() {
        String key = Described.DOCUMENT
                .document()
                .at("/components/schemas/Key/examples/0")
                .toString();
        Ask ask = KeyBox.get(KeyRequestSuite.ID);
        Described.DOCUMENT.check(ask, answer(200, key));

        for (String wrong : List.of(
                key.replace("\"is_active\"", "\"active\""),
                key.replace("\"name\"", "\"hash\":\"00\",\"name\""),
                key.replace("\"live\"", "\"prod\""),
                key.replace("grd_live_3f9a1c07", "grd_live_3f9a1c0777"),
                key.replace("T09:30:00Z", " 09:30"),
                "[" + key + "]")) {
            assertThatThrownBy(() -> Described.DOCUMENT.check(ask, answer(200, wrong)))
                    .as(wrong)
                    .isInstanceOf(AssertionError.class);
        }
        assertThatThrownBy(() -> Described.DOCUMENT.check(ask, answer(418, "{\"detail\":\"Tea.\"}")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() ->
                        Described.DOCUMENT.check(ask, new Answer(200, List.of("Content-Type: application/json"), key)))
                .isInstanceOf(AssertionError.class);
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, List.of("Content-Type: application/json", "Cache-Control: no-store"), body);
    }
}
