package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** Where Actuator has a port of its own, what stands there is guarded like everything else. */
class ManagementPortTest {

    @EnableAutoConfiguration
    static class Application {}

    private static HttpResponse<String> get(Running app, String path, String... credential) {
        String port = app.context().getEnvironment().getRequiredProperty("local.management.port");
        HttpRequest.Builder ask = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return app.send(credential.length == 0 ? ask : ask.header("Authorization", "Bearer " + credential[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"security", "filters"})
    void the_rules_are_for_actuators_own_port_too(String mode) {
        try (Running app = new Running(
                Application.class,
                "portcullis.mode=" + mode,
                "portcullis.rules[0].path=/actuator/health",
                "portcullis.rules[0].anonymous=true",
                "portcullis.rules[1].path=/actuator/info",
                "portcullis.rules[1].permissions=ops:read",
                "management.server.port=0",
                "management.server.address=127.0.0.1",
                "management.endpoints.web.exposure.include=health,info")) {
            assertThat(get(app, "/actuator/health").statusCode()).isIn(200, 503);
            assertThat(get(app, "/actuator/health").body()).contains("\"status\"");
            HttpResponse<String> nobody = get(app, "/actuator/info");
            assertThat(nobody.statusCode()).isEqualTo(401);
            assertThat(nobody.body()).isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
            HttpResponse<String> other = get(app, "/actuator/info", app.token("catalog:read"));
            assertThat(other.statusCode()).isEqualTo(403);
            assertThat(other.headers().firstValue("WWW-Authenticate"))
                    .hasValue("Bearer error=\"insufficient_scope\", scope=\"ops:read\"");
            assertThat(get(app, "/actuator/info", app.token("ops:read")).statusCode())
                    .isEqualTo(200);
            assertThat(get(app, "/actuator", app.token("ops:read")).statusCode())
                    .as("no rule names it")
                    .isEqualTo(403);
        }
    }
}
