package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class SmokeTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class App {
        @GetMapping("/api/v1/leagues/{id}")
        String league(java.security.Principal who) {
            return who.toString();
        }
    }

    @Test
    void it_runs_in_both_ways() throws IOException, InterruptedException {
        try (TokenIssuer issuer = TokenIssuer.start()) {
            for (String mode : new String[] {"security", "filters"}) {
                SpringApplication app = new SpringApplication(App.class);
                app.setDefaultProperties(Map.of(
                        "server.port", "0",
                        "server.address", "127.0.0.1",
                        "portcullis.mode", mode,
                        "portcullis.jwt.issuer", issuer.issuer(),
                        "portcullis.jwt.jwks-uri", issuer.jwks().toString(),
                        "portcullis.jwt.audience", "api",
                        "portcullis.rules[0].path", "/api/v1/leagues/**",
                        "portcullis.rules[0].permissions", "catalog:read"));
                try (var context = app.run()) {
                    int port = ((ServletWebServerApplicationContext) context)
                            .getWebServer()
                            .getPort();
                    HttpClient http = HttpClient.newHttpClient();
                    for (String token : new String[] {
                        null,
                        issuer.token().audience("api").sign(),
                        issuer.token()
                                .audience("api")
                                .permissions("catalog:read")
                                .sign()
                    }) {
                        HttpRequest.Builder ask =
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/leagues/1"));
                        if (token != null) {
                            ask.header("Authorization", "Bearer " + token);
                        }
                        HttpResponse<String> answer = http.send(ask.build(), HttpResponse.BodyHandlers.ofString());
                        System.out.println(mode + " " + answer.statusCode() + " "
                                + answer.headers().map() + " " + answer.body());
                        assertThat(answer.statusCode()).isIn(200, 401, 403);
                    }
                }
            }
        }
    }
}
