package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What controllers get and what they can require: the same with Spring Security and without. */
interface ControllerSuite {

    String NOT_SIGNED_IN = "{\"detail\":\"Authentication credentials were not provided.\"}";
    String MISSING = "{\"detail\":\"Token is missing one or more required permissions.\"}";

    Running app();

    private static void assertRefused(HttpResponse<String> answer, int status, String body, String challenge) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
    }

    private void assertScope(HttpResponse<String> answer, String scope) {
        assertRefused(answer, 403, MISSING, "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
    }

    @Test
    default void a_caller_parameter_is_the_caller_and_answers_401_where_there_is_none() {
        assertThat(app().get("/caller", List.of()).body()).isEqualTo("user_1");
        assertRefused(app().get("/caller"), 401, NOT_SIGNED_IN, "Bearer");
    }

    @Test
    default void a_caller_parameter_that_can_be_empty_is_so_where_there_is_none() {
        assertThat(app().get("/caller/nullable").body()).isEqualTo("nullable null");
        assertThat(app().get("/caller/nullable", List.of()).body()).isEqualTo("nullable user_1");
        assertThat(app().get("/caller/optional").body()).isEqualTo("optional Optional.empty");
        assertThat(app().get("/caller/optional", List.of()).body()).isEqualTo("optional Optional[user_1]");
    }

    @Test
    default void the_request_answers_from_the_caller() {
        assertThat(app().get("/caller/principal", List.of("catalog:read")).body())
                .isEqualTo("Caller[JWT, subject=user_1, permissions=[catalog:read]] true false JWT user_1");
        assertThat(app().get("/caller/principal").body()).isEqualTo("null false false null null");
    }

    @Test
    default void a_required_permission_is_named_where_it_is_missing() {
        assertThat(app().get("/leagues/read", List.of("catalog:read")).body()).isEqualTo("read");
        assertScope(app().get("/leagues/read", List.of("catalog:write")), "catalog:read");
        assertRefused(app().get("/leagues/read"), 401, NOT_SIGNED_IN, "Bearer");
    }

    @Test
    default void every_annotation_counts_also_those_of_interfaces_and_of_annotations() {
        assertThat(app().get("/leagues/list", List.of("catalog:read", "catalog:list"))
                        .body())
                .isEqualTo("list");
        assertScope(app().get("/leagues/list", List.of("catalog:read")), "catalog:read catalog:list");
        HttpRequest.Builder write = HttpRequest.newBuilder(app().uri("/leagues/write"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + app().token("catalog:read"));
        assertScope(app().send(write), "catalog:read catalog:write");
        assertScope(app().get("/leagues/many", List.of("catalog:read", "a", "c")), "catalog:read a b c");
        assertThat(app().get("/leagues/many", List.of("catalog:read", "a", "b", "c"))
                        .body())
                .isEqualTo("many");
    }

    @Test
    default void a_handler_that_is_no_method_requires_what_its_class_says() {
        for (String path : List.of("/raw", "/own")) {
            assertScope(app().get(path, List.of("catalog:read")), "raw:read");
            assertThat(app().get(path, List.of("raw:read")).body()).isEqualTo("raw");
        }
    }

    /** However the request came to it. */
    @Test
    default void what_a_request_is_forwarded_to_is_judged_too() {
        assertScope(app().get("/forward", List.of()), "catalog:read");
        assertThat(app().get("/forward", List.of("catalog:read")).body()).isEqualTo("read");
    }

    @Test
    default void the_caller_is_the_same_in_answers_that_come_later() {
        List<String> reader = List.of("catalog:read");
        assertThat(app().get("/async/callable", reader).body())
                .isEqualTo("callable Caller[JWT, subject=user_1, permissions=[catalog:read]]");
        assertThat(app().get("/async/future", reader).body()).isEqualTo("future user_1");
        assertThat(app().get("/async/deferred", reader).body()).isEqualTo("deferred user_1");
        assertScope(app().get("/async/deferred", List.of("x")), "catalog:read");
    }

    /** What is refused is refused in our words, whatever the client would rather read. */
    @Test
    default void a_stream_of_events_goes_on_to_its_end_or_does_not_begin() {
        HttpResponse<String> streamed = stream("catalog:read");
        assertThat(streamed.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(streamed.body()).isEqualTo("data:for user_1\n\ndata:last\n\n");
        assertScope(stream("catalog:write"), "catalog:read");
    }

    private HttpResponse<String> stream(String permission) {
        return app().send(HttpRequest.newBuilder(app().uri("/async/stream"))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + app().token(permission)));
    }

    @Test
    default void what_a_controller_throws_is_its_own() {
        HttpResponse<String> answer = app().get("/thrown/unavailable", List.of());
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("advice AuthUnavailableException");
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        assertThat(app().get("/thrown/error").statusCode()).isEqualTo(500);
    }

    @Test
    default void a_bad_credential_is_refused_also_where_nobody_needs_one() {
        HttpRequest.Builder ask =
                HttpRequest.newBuilder(app().uri("/caller/nullable")).header("Authorization", "Bearer x");
        assertRefused(
                app().send(ask),
                401,
                "{\"detail\":\"Invalid token.\"}",
                "Bearer error=\"invalid_token\", error_description=\"Invalid token\"");
    }

    @Test
    default void no_session_comes_into_being() {
        for (HttpResponse<String> answer :
                List.of(app().get("/caller"), app().get("/caller", List.of()), app().get("/leagues/read", List.of()))) {
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }
    }
}
