package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Functional routes of Spring MVC, under the rules like all others. */
class FunctionalRoutesTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route()
                    .GET("/leagues/{id}", Application::league)
                    .GET("/stream", Application::stream)
                    .GET("/unnamed", Application::league)
                    .build();
        }

        private static ServerResponse league(ServerRequest request) {
            return ServerResponse.ok()
                    .body(request.path() + " for "
                            + request.principal().map(Principal::getName).orElse("nobody"));
        }

        /** Ends on another thread than it began. */
        private static ServerResponse stream(ServerRequest request) {
            return ServerResponse.sse(events -> new Thread(() -> Events.send(events, request)).start());
        }
    }

    /** Sends two events and ends. */
    private static final class Events {

        private Events() {}

        static void send(ServerResponse.SseBuilder events, ServerRequest request) {
            try {
                events.send("for " + request.principal().map(Principal::getName).orElse("nobody"));
                events.send("last");
                events.complete();
            } catch (java.io.IOException e) {
                events.error(e);
            }
        }
    }

    private static HttpResponse<String> stream(Running app, String... permissions) {
        return app.send(HttpRequest.newBuilder(app.uri("/stream"))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + app.token(permissions)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"security", "filters"})
    void rules_are_for_functional_routes_and_their_streams_too(String mode) {
        try (Running app = new Running(
                Application.class,
                "portcullis.mode=" + mode,
                "portcullis.rules[0].path=/leagues/{id}",
                "portcullis.rules[0].permissions=catalog:read",
                "portcullis.rules[1].path=/stream",
                "portcullis.rules[1].permissions=catalog:stream")) {
            assertThat(app.get("/leagues/7", List.of("catalog:read")).body()).isEqualTo("/leagues/7 for user_1");
            HttpResponse<String> refused = app.get("/leagues/7", List.of("catalog:write"));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.headers().firstValue("WWW-Authenticate"))
                    .hasValue("Bearer error=\"insufficient_scope\", scope=\"catalog:read\"");
            assertThat(app.get("/leagues/7").statusCode()).isEqualTo(401);
            assertThat(app.get("/unnamed", List.of("catalog:read")).statusCode())
                    .isEqualTo(403);

            HttpResponse<String> streamed = stream(app, "catalog:stream");
            assertThat(streamed.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            assertThat(streamed.body()).contains("data:for user_1\n\n").endsWith("data:last\n\n");
            HttpResponse<String> notStreamed = stream(app, "catalog:read");
            assertThat(notStreamed.statusCode()).isEqualTo(403);
            assertThat(notStreamed.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(notStreamed.body())
                    .isEqualTo("{\"detail\":\"Token is missing one or more required permissions.\"}");
        }
    }
}
