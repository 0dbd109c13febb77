package dev.portcullis.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Reason;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Contract section 2: bodies. Their exact bytes are checked over the wire; this sees that each of them is sound. */
final class RefusalsTest {

    private final ObjectMapper json = new ObjectMapper();

    /** No detail may need escaping, for it is written as it stands, in a JSON string and in a quoted string. */
    @Test
    void everyReasonHasASoundBodyInEveryFormat() {
        for (Reason reason : Reason.values()) {
            assertThat(reason.detail()).matches("[ -!#-\\[\\]-~]+\\.");
            JsonNode detail = json.readTree(ErrorFormat.DETAIL.body(reason, reason.detail()));
            assertThat(detail.propertyNames()).containsExactly("detail");
            assertThat(detail.get("detail").asString()).isEqualTo(reason.detail());
            JsonNode problem = json.readTree(ErrorFormat.PROBLEM.body(reason, reason.detail()));
            assertThat(problem.propertyNames()).containsExactly("type", "title", "status", "detail");
            assertThat(problem.get("type").asString()).isEqualTo("about:blank");
            assertThat(problem.get("status").asInt()).isEqualTo(reason.status());
            assertThat(problem.get("detail").asString()).isEqualTo(reason.detail());
            JsonNode coded = json.readTree(ErrorFormat.CODED.body(reason, reason.detail()));
            assertThat(coded.propertyNames()).containsExactly("code", "message", "status");
            assertThat(coded.get("status").asInt()).isEqualTo(ErrorFormat.CODED.status(reason));
            JsonNode opaque = json.readTree(ErrorFormat.OPAQUE.body(reason, reason.detail()));
            assertThat(opaque.propertyNames()).containsExactly("detail");
            assertThat(ErrorFormat.OPAQUE.status(reason)).isEqualTo(reason.status());
        }
    }
}
