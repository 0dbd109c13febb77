package dev.portcullis.auth.spring.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Each sample of the guide in an application, asked over HTTP. */
class SamplesTest {

    private static final TokenIssuer ISSUER = TokenIssuer.start();
    private static final Map<String, Object> PROPERTIES = Map.of(
            "server.port",
            0,
            "server.address",
            "127.0.0.1",
            "portcullis.jwt.issuer",
            ISSUER.issuer(),
            "portcullis.jwt.jwks-uri",
            ISSUER.jwks().toString(),
            "portcullis.jwt.audience",
            "leagues");
    private static final List<String> RULES = List.of(
            "--portcullis.rules[0].methods=GET",
            "--portcullis.rules[0].path=/api/leagues/**",
            "--portcullis.rules[0].permissions=catalog:read",
            "--portcullis.rules[1].path=/api/reports/**",
            "--portcullis.rules[1].signed-in=true");

    @EnableAutoConfiguration
    @RestController
    static class Leagues {

        @GetMapping({"/api/leagues", "/api/sources"})
        String list() {
            return "Premier League";
        }
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    private static String token(String... permissions) {
        return ISSUER.token().audience("leagues").permissions(permissions).sign();
    }

    private static ConfigurableApplicationContext run(List<String> properties, Class<?>... samples) {
        List<Class<?>> all = new ArrayList<>(List.of(samples));
        all.add(Leagues.class);
        SpringApplication application = new SpringApplication(all.toArray(Class<?>[]::new));
        application.setDefaultProperties(PROPERTIES);
        return application.run(properties.toArray(String[]::new));
    }

    private static HttpResponse<String> send(
            ConfigurableApplicationContext context, String method, String path, String credential) throws Exception {
        int port = Objects.requireNonNull(((ServletWebServerApplicationContext) context).getWebServer())
                .getPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!credential.isEmpty()) {
            request.header("Authorization", "Bearer " + credential);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int get(ConfigurableApplicationContext context, String path, String credential) throws Exception {
        return send(context, "GET", path, credential).statusCode();
    }

    @Test
    void a_chain_of_ones_own_leaves_the_rest_to_others() throws Exception {
        try (var context = run(RULES, OwnChains.class)) {
            assertThat(get(context, "/api/leagues", token("catalog:read"))).isEqualTo(200);
            assertThat(get(context, "/api/leagues", token())).isEqualTo(403);
            HttpResponse<String> page = send(context, "GET", "/page", token("catalog:read"));
            assertThat(page.statusCode()).isIn(302, 401);
            assertThat(page.body()).doesNotContain("detail");
        }
    }

    @Test
    void authorization_can_be_spring_securitys_own() throws Exception {
        try (var context = run(List.of(), OwnAuthorization.class)) {
            assertThat(get(context, "/api/leagues", token("catalog:read"))).isEqualTo(200);
            assertThat(send(context, "GET", "/api/leagues", token("catalog:write"))
                            .headers()
                            .firstValue("WWW-Authenticate"))
                    .hasValue("Bearer error=\"insufficient_scope\", scope=\"catalog:read\"");
            assertThat(get(context, "/api/sources", token("catalog:read"))).isEqualTo(403);
            assertThat(get(context, "/api/leagues", "")).isEqualTo(401);
        }
    }

    @Test
    void both_at_once() throws Exception {
        List<String> properties = new ArrayList<>(RULES);
        properties.add("--spring.security.oauth2.resourceserver.jwt.jwk-set-uri=" + ISSUER.jwks());
        String old = ISSUER.token().claim("scope", "holdings:read").sign();
        try (var context = run(properties, BothAtOnce.class)) {
            assertThat(get(context, "/api/leagues", token("catalog:read"))).isEqualTo(200);
            assertThat(send(context, "GET", "/api/leagues", old).body())
                    .isEqualTo("{\"detail\":\"Invalid audience.\"}");
            assertThat(get(context, "/api/sources", old)).isEqualTo(200);
            assertThat(get(context, "/api/sources", token("catalog:read"))).isEqualTo(403);
        }
    }

    @Test
    void rules_at_methods_come_on_top_of_those_for_routes() throws Exception {
        try (var context = run(RULES, MethodSecurity.class, Editing.ReportsController.class, Editing.Reports.class)) {
            String subject = ISSUER.token()
                    .audience("leagues")
                    .subject("user_1")
                    .permissions("catalog:read", "holdings:read", "reports:write")
                    .sign();
            assertThat(send(context, "GET", "/api/reports", subject).body()).isEqualTo("for user_1");
            assertThat(send(context, "POST", "/api/reports", subject).body()).isEqualTo("made by user_1");
            assertThat(send(context, "GET", "/api/reports", token("catalog:read"))
                            .headers()
                            .firstValue("WWW-Authenticate")
                            .orElse(""))
                    .contains("scope=\"")
                    .contains("catalog:read")
                    .contains("holdings:read");
            // An expression does not tell which permission it asks for.
            HttpResponse<String> denied = send(context, "POST", "/api/reports", token("catalog:read"));
            assertThat(denied.statusCode()).isEqualTo(403);
            assertThat(denied.body()).isEqualTo("{\"detail\":\"You do not have permission to perform this action.\"}");
            assertThat(get(context, "/api/reports", "")).isEqualTo(401);
        }
    }

    @Test
    void keys_are_issued_and_let_in() throws Exception {
        try (var context = run(RULES, Keys.KeyStore.class, Keys.KeyDesk.class, Keys.RefusalLog.class)) {
            String key = context.getBean(Keys.KeyDesk.class).issue("user_1");

            assertThat(get(context, "/api/leagues", key)).isEqualTo(200);
            assertThat(get(context, "/api/leagues", "grd_live_0")).isEqualTo(401);
        }
    }

    /** The same where the properties make the rules, and where the application does. */
    @Test
    void keys_are_managed_over_http_and_on_the_page() throws Exception {
        List<String> managed = List.of(
                "--portcullis.api-keys.store=memory",
                "--portcullis.api-keys.management.enabled=true",
                "--portcullis.api-keys.page.enabled=true");
        List<String> withRules = new ArrayList<>(managed);
        withRules.addAll(RULES);
        assertKeysAreManaged(withRules);
        assertKeysAreManaged(managed, OwnRules.class);
    }

    private static void assertKeysAreManaged(List<String> properties, Class<?>... samples) throws Exception {
        String token = ISSUER.token().audience("leagues").subject("user_1").sign();
        try (var context = run(properties, samples)) {
            assertThat(send(context, "GET", "/api/v1/api-keys/", token).body()).isEqualTo("[]");
            assertThat(get(context, "/api/v1/api-keys/", "")).isEqualTo(401);
            assertThat(get(context, "/api/v1/api-keys/openapi.json", "")).isEqualTo(200);
            assertThat(get(context, "/api-keys/", "")).isEqualTo(200);
            assertThat(get(context, "/api/leagues", token("catalog:read"))).isEqualTo(200);
            assertThat(get(context, "/api/sources", token("catalog:read"))).isEqualTo(403);
        }
    }

    /** The README's properties alone, but for the address of an issuer that answers. */
    @Test
    void what_the_readme_shows_is_enough() throws Exception {
        String readme = Files.readString(Path.of("../README.md"));
        String yaml = readme.substring(readme.indexOf("```yaml") + "```yaml".length());
        var resource =
                new ByteArrayResource(yaml.substring(0, yaml.indexOf("```")).getBytes(StandardCharsets.UTF_8));
        SpringApplication application = new SpringApplication(Leagues.class);
        application.addInitializers(context -> addLast(context, resource));
        String trusted = ISSUER.token()
                .audience("https://api.example")
                .permissions("catalog:read")
                .sign();
        try (var context = application.run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--portcullis.jwt.issuer=" + ISSUER.issuer(),
                "--portcullis.jwt.jwks-uri=" + ISSUER.jwks())) {
            assertThat(get(context, "/api/v1/leagues/1", trusted)).isEqualTo(404);
            assertThat(get(context, "/api/v1/leagues/1", token("catalog:read"))).isEqualTo(401);
            assertThat(get(context, "/api/leagues", trusted)).isEqualTo(403);
        }
    }

    private static void addLast(ConfigurableApplicationContext context, Resource yaml) {
        try {
            new YamlPropertySourceLoader()
                    .load("readme", yaml)
                    .forEach(context.getEnvironment().getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void virtual_threads() throws Exception {
        List<String> properties = new ArrayList<>(RULES);
        properties.add("--spring.threads.virtual.enabled=true");
        try (var context = run(properties)) {
            assertThat(get(context, "/api/leagues", token("catalog:read"))).isEqualTo(200);
        }
    }
}
