package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.Contexts.assertFailed;
import static dev.portcullis.auth.spring.Contexts.authenticate;
import static dev.portcullis.auth.spring.Contexts.runner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.apikey.KeyHashing;
import dev.portcullis.auth.apikey.KeyRefusedException;
import dev.portcullis.auth.apikey.Pepper;
import dev.portcullis.auth.servlet.keys.APIKeyServlet;
import dev.portcullis.auth.servlet.keys.KeyPageServlet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is issued, and by which routes: exactly what the properties say. */
class KeyEndpointsTest {

    private static final String MANAGEMENT = "portcullis.api-keys.management.enabled=true";
    private static final String PAGE = "portcullis.api-keys.page.enabled=true";

    private static WebApplicationContextRunner with(String... properties) {
        return runner().withPropertyValues("portcullis.api-keys.store=memory", "portcullis.rules[0].path=/health")
                .withPropertyValues("portcullis.rules[0].anonymous=true")
                .withPropertyValues(properties);
    }

    private static IssuedAPIKey issue(ApplicationContext context, String scope, @Nullable Instant expiresAt) {
        return context.getBean(APIKeys.class).issue("user_1", "a key", Environment.LIVE, List.of(scope), expiresAt);
    }

    @Test
    void keys_are_issued_as_the_properties_say() {
        with("portcullis.api-keys.issuing.scope-catalogue=a:read, a:write").run(context -> {
            assertThat(issue(context, "a:write", null).key().scopes()).containsExactly("a:write");
            assertThatThrownBy(() -> issue(context, "b:read", null)).isInstanceOf(KeyRefusedException.class);
        });
        with("portcullis.api-keys.issuing.maximum-keys=1").run(context -> {
            issue(context, "a:read", null);
            assertThatThrownBy(() -> issue(context, "a:read", null)).isInstanceOf(KeyRefusedException.class);
        });
        with("portcullis.api-keys.issuing.maximum-lifetime=90d", "portcullis.api-keys.issuing.usual-lifetime=30d")
                .run(context -> {
                    APIKey key = issue(context, "a:read", null).key();
                    assertThat(key.expiresAt()).isEqualTo(key.createdAt().plus(Duration.ofDays(30)));
                    assertThatThrownBy(
                                    () -> issue(context, "a:read", Instant.now().plus(Duration.ofDays(91))))
                            .isInstanceOf(KeyRefusedException.class);
                });
    }

    @Test
    void one_hashing_counts_for_what_issues_keys_and_for_what_lets_them_in() {
        byte[] secret = "0123456789abcdefghijklmnopqrstuv".getBytes(StandardCharsets.US_ASCII);
        with().withBean(
                        KeyHashing.class,
                        () -> KeyHashing.keyed(Pepper.of(1, secret)).build())
                .run(context -> {
                    IssuedAPIKey issued = issue(context, "a:read", null);
                    assertThat(issued.key().hashVersion()).isEqualTo(1);
                    assertThat(authenticate(context, issued.plaintext())).isInstanceOf(Outcome.Authenticated.class);
                });
    }

    private static Requirement required(ApplicationContext context, String method, String path) {
        return context.getBean(PermissionRules.class).requirementFor(method, path);
    }

    /** Spring itself fails such requests with 500, before any rule is asked. */
    @Test
    void another_spelling_of_a_servlets_path_is_judged_by_the_rules() throws Exception {
        try (Running running = new Running(
                Boot.class,
                "portcullis.api-keys.store=memory",
                MANAGEMENT,
                PAGE,
                "portcullis.rules[0].path=/health",
                "portcullis.rules[0].anonymous=true")) {
            for (String path : List.of("/api-keys;x=y/", "/x/../api-keys/", "//api-keys/", "/./api/v1/api-keys/")) {
                assertThat(status(running, path)).as(path).isEqualTo(401);
            }
            assertThat(status(running, "/api-key%73/")).isEqualTo(200);
            assertThat(status(running, "/api-keys/")).isEqualTo(200);
        }
    }

    @EnableAutoConfiguration
    @Configuration(proxyBeanMethods = false)
    static class Boot {}

    /** By a socket of our own: clients tidy paths up. */
    private static int status(Running running, String path) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(),
                Objects.requireNonNull(running.context().getWebServer()).getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] line = socket.getInputStream().readNBytes(12);
            return Integer.parseInt(new String(line, 9, 3, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void nothing_is_opened_that_is_not_asked_for() {
        with().run(context -> {
            assertThat(context.getBeansOfType(ServletRegistrationBean.class).keySet())
                    .doesNotContain("portcullisKeyEndpoints", "portcullisKeyPage");
            for (String path : List.of("/api/v1/api-keys/", "/api/v1/api-keys/openapi.json", "/api-keys/")) {
                assertThat(required(context, "GET", path)).as(path).isEqualTo(Requirement.nobody());
            }
        });
        with(MANAGEMENT)
                .run(context ->
                        assertThat(required(context, "GET", "/api-keys/")).isEqualTo(Requirement.nobody()));
    }

    @Test
    void the_endpoints_are_where_the_property_says_for_signed_in_users() {
        for (String base : List.of("/api/v1/api-keys", "/account/keys", "/account/keys/")) {
            with(MANAGEMENT, "portcullis.api-keys.management.base-path=" + base).run(context -> {
                String path = base.replaceFirst("/$", "");
                assertThat(mappings(context, "portcullisKeyEndpoints")).containsExactly(path + "/*");
                for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
                    assertThat(required(context, method, path + "/")).isEqualTo(Requirement.signedIn());
                    assertThat(required(context, method, path)).isEqualTo(Requirement.signedIn());
                    assertThat(required(context, method, path + "/1/revoke/")).isEqualTo(Requirement.signedIn());
                }
                assertThat(required(context, "GET", path + "/openapi.json")).isEqualTo(Requirement.anyone());
                assertThat(required(context, "POST", path + "/openapi.json")).isEqualTo(Requirement.signedIn());
                assertThat(required(context, "GET", path + "s")).isEqualTo(Requirement.nobody());
            });
        }
    }

    @Test
    void the_endpoints_can_require_permissions() {
        with(MANAGEMENT, "portcullis.api-keys.management.permissions=keys:manage")
                .run(context -> assertThat(required(context, "POST", "/api/v1/api-keys/"))
                        .isEqualTo(Requirement.allOf("keys:manage")));
    }

    /** Otherwise the endpoints would be open to more callers than the property says. */
    @Test
    void permissions_that_no_rule_would_require_are_refused() {
        String permissions = "portcullis.api-keys.management.permissions";
        runner().withPropertyValues("portcullis.api-keys.store=memory", MANAGEMENT, permissions + "=keys:manage")
                .withBean(PermissionRules.class, () -> PermissionRules.builder().build())
                .run(context -> assertFailed(context, permissions, "no rules", "your own rules"));
    }

    @Test
    void the_page_is_where_the_property_says_for_anyone() {
        with(MANAGEMENT, PAGE, "portcullis.api-keys.page.path=/account/page").run(context -> {
            assertThat(mappings(context, "portcullisKeyPage")).containsExactly("/account/page/*");
            assertThat(required(context, "GET", "/account/page/")).isEqualTo(Requirement.anyone());
            assertThat(required(context, "GET", "/account/page/page.js")).isEqualTo(Requirement.anyone());
            assertThat(required(context, "POST", "/account/page/")).isEqualTo(Requirement.nobody());
        });
    }

    private static Iterable<String> mappings(ApplicationContext context, String name) {
        ServletRegistrationBean<?> registration = context.getBean(name, ServletRegistrationBean.class);
        return registration.getUrlMappings();
    }

    @Test
    void what_is_wrong_with_a_path_is_told() {
        String base = "portcullis.api-keys.management.base-path";
        for (String path : List.of("keys", "/", "/a/*", "/a b", "/a/../b/**")) {
            with(MANAGEMENT, base + "=" + path)
                    .run(context -> assertFailed(context, base, "is not a path", "/api/v1/api-keys"));
        }
        with(MANAGEMENT, PAGE, "portcullis.api-keys.page.path=/api/v1/api-keys/")
                .run(context ->
                        assertFailed(context, "portcullis.api-keys.page.path", "of the endpoints too", "another"));
        with(PAGE)
                .run(context -> assertFailed(
                        context, "portcullis.api-keys.page.enabled", "are not there", "management.enabled=true"));
        with(MANAGEMENT, "portcullis.rules[1].path=/api/v1/api-keys/**", "portcullis.rules[1].anonymous=true")
                .run(context -> assertFailed(context, "portcullis.rules", "equally well", "Correct"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnServlets {

        @Bean
        ServletRegistrationBean<APIKeyServlet> endpoints(APIKeys keys) {
            return new ServletRegistrationBean<>(APIKeyServlet.builder(keys).build(), "/mine/*");
        }

        @Bean
        ServletRegistrationBean<KeyPageServlet> page() {
            return new ServletRegistrationBean<>(
                    KeyPageServlet.builder().endpoints("/mine/").build(), "/my-page/*");
        }
    }

    @Test
    void servlets_of_the_applications_own_take_the_place_of_ours() {
        WebApplicationContextRunner own = with().withUserConfiguration(OwnServlets.class);
        own.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean("portcullisKeyEndpoints")
                .doesNotHaveBean("portcullisKeyPage"));
        Stream.of(MANAGEMENT, PAGE)
                .forEach(property -> own.withPropertyValues(property)
                        .run(context -> assertFailed(context, property.split("=", -1)[0], "of its own", "Remove one")));
    }
}
