package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Behind a proxy that says which prefix it has taken away, and in front of a client that only says so. */
class ForwardedPrefixTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Controller.class)
    static class Application {}

    /** What is open and what is not. */
    @RestController
    static class Controller {

        @GetMapping({"/health", "/admin"})
        String any() {
            return "served";
        }
    }

    @Test
    void a_prefix_opens_no_route_and_closes_none() {
        for (String mode : List.of("security", "filters")) {
            try (Running app = new Running(
                    Application.class,
                    "portcullis.mode=" + mode,
                    "server.forward-headers-strategy=framework",
                    "portcullis.rules[0].path=/health/**",
                    "portcullis.rules[0].anonymous=true",
                    "portcullis.rules[1].path=/admin",
                    "portcullis.rules[1].permissions=admin")) {
                for (String prefix : List.of("/health", "/health/", "/x/../health", "/health;a", "//health")) {
                    assertThat(status(app, "/admin", prefix))
                            .as(mode + " " + prefix)
                            .isIn(400, 401);
                }
                assertThat(status(app, "/health", "/gateway")).as(mode).isEqualTo(200);
                assertThat(status(app, "/health", "/")).as(mode).isEqualTo(200);
            }
        }
    }

    private static int status(Running app, String path, String prefix) {
        return app.send(HttpRequest.newBuilder(app.uri(path)).header("X-Forwarded-Prefix", prefix))
                .statusCode();
    }
}
