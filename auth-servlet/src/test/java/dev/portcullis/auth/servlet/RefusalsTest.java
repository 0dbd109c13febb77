package dev.portcullis.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** RFC 9110 section 10.2.3: whole seconds; one who is told 0 would come back at once. */
    @Test
    void aTimeToWaitIsRoundedUpToWholeSeconds() {
        assertThat(Refusals.retryAfter(Duration.ZERO)).isEqualTo("1");
        assertThat(Refusals.retryAfter(Duration.ofMillis(1))).isEqualTo("1");
        assertThat(Refusals.retryAfter(Duration.ofSeconds(1))).isEqualTo("1");
        assertThat(Refusals.retryAfter(Duration.ofSeconds(1, 1))).isEqualTo("2");
        assertThat(Refusals.retryAfter(Duration.ofSeconds(7))).isEqualTo("7");
    }

    /** RFC 9457 section 4.2.1: "the status's own phrase". */
    @Test
    void aProblemHasTheTitleOfItsStatus() {
        Map<Integer, String> titles = Map.of(
                400, "Bad Request",
                401, "Unauthorized",
                403, "Forbidden",
                404, "Not Found",
                405, "Method Not Allowed",
                409, "Conflict",
                413, "Content Too Large",
                415, "Unsupported Media Type",
                429, "Too Many Requests",
                503, "Service Unavailable");
        titles.forEach((status, title) -> assertThat(json.readTree(ErrorFormat.PROBLEM.body(status, "x", Map.of()))
                        .get("title")
                        .asString())
                .isEqualTo(title));
        assertThatThrownBy(() -> ErrorFormat.PROBLEM.body(418, "x", Map.of())).hasMessageContaining("418");
    }

    @Test
    void whatIsWrongWithFieldsIsToldWhereThereIsRoomForIt() {
        Map<String, List<String>> errors = Map.of("name", List.of("Too long.", "Odd."));
        String plain = new String(ErrorFormat.DETAIL.body(400, "Invalid input.", errors), StandardCharsets.UTF_8);
        assertThat(plain).isEqualTo("{\"detail\":\"Invalid input.\",\"errors\":{\"name\":[\"Too long.\",\"Odd.\"]}}");
        assertThat(ErrorFormat.OPAQUE.body(400, "Invalid input.", errors))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(plain);
        assertThat(ErrorFormat.CODED.body(404, "x", errors))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"code\": 1004, \"message\": \"Data Not Found\", \"status\": 404}");
    }

    /** What an earlier filter has put there is not our answer. */
    @Test
    void aRefusalReplacesWhatWasThere() throws IOException {
        FakeResponse response = new FakeResponse().written();
        response.get().getWriter().write("half a page");
        response.get().setHeader("Retry-After", "5");
        response.get().setHeader("WWW-Authenticate", "Basic");
        response.get().setCharacterEncoding("utf-16");
        new Refusals(ErrorFormat.DETAIL, null).refuse(response.get(), Reason.ROUTE_NOT_OPEN);

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("{\"detail\":\"You do not have permission to perform this action.\"}");
        assertThat(response.header("Content-Length"))
                .isEqualTo(String.valueOf(response.body().length()));
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        for (String name : List.of("Retry-After", "WWW-Authenticate", "charset")) {
            assertThat(response.header(name)).as(name).isNull();
        }
    }

    @Test
    void aResponseThatIsOnItsWayIsLeftAsItIs() throws IOException {
        FakeResponse response = new FakeResponse().committed();
        Outcome.Rejected late =
                new Outcome.Rejected(Reason.REQUEST_OUTSIDE_WINDOW, CredentialKind.SIGNATURE, Instant.ofEpochSecond(7));
        new Refusals(ErrorFormat.DETAIL, null).refuse(response.get(), late);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.header("X-Server-Time")).isNull();
        FakeResponse open = new FakeResponse();
        new Refusals(ErrorFormat.DETAIL, null).refuse(open.get(), late);
        assertThat(open.header("X-Server-Time")).isEqualTo("7");
    }

    /** RFC 9110 section 5.6.4: from the space to the tilde, without quotes and backslashes. */
    @Test
    void aRealmHasAllThatAQuotedStringCanHave() {
        for (String realm : List.of(" a", "~", "!#[]")) {
            assertThat(ErrorFormat.DETAIL.challenge(Reason.NO_CREDENTIALS, Set.of(), realm))
                    .isEqualTo("Bearer realm=\"" + realm + "\"");
            assertThat(new Refusals(ErrorFormat.DETAIL, realm)).isNotNull();
        }
        for (String realm : List.of("", "  ", "a\u001f", "\u007f", "a\"", "\\")) {
            assertThatThrownBy(() -> new Refusals(ErrorFormat.DETAIL, realm)).hasMessageStartingWith("realm must be");
        }
    }

    /** An opaque one "is the same for every 403", and says nothing of why. */
    @Test
    void anOpaqueChallengeSeparates401From403Alone() {
        for (Reason reason : List.of(Reason.MISSING_PERMISSION, Reason.ROUTE_NOT_OPEN, Reason.ACCOUNT_SUSPENDED)) {
            assertThat(ErrorFormat.OPAQUE.challenge(reason, Set.of("a"), "r"))
                    .isEqualTo("Bearer error=\"insufficient_scope\"");
        }
        assertThat(ErrorFormat.OPAQUE.challenge(Reason.TOKEN_EXPIRED, Set.of(), "r"))
                .isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(ErrorFormat.OPAQUE.challenge(Reason.SIGNING_KEYS_UNAVAILABLE, Set.of(), "r"))
                .isNull();
        assertThat(ErrorFormat.DETAIL.challenge(Reason.ROUTE_NOT_OPEN, Set.of("a"), "r"))
                .isNull();
        assertThat(ErrorFormat.DETAIL.challenge(Reason.MISSING_PERMISSION, Set.of("a"), "r"))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"a\"");
    }

    @Test
    void whatNothingCanBeMadeOfIsRefusedInItsOwnWords() throws IOException {
        for (RequestFault fault : RequestFault.values()) {
            FakeResponse response = new FakeResponse();
            new Refusals(ErrorFormat.DETAIL, null).refuse(response.get(), fault);
            assertThat(response.status()).isEqualTo(fault.status()).isBetween(400, 499);
            assertThat(response.body()).matches("\\{\"detail\":\"[A-Z][ -!#-\\[\\]-~]+\\.\"}");
        }
    }
}
