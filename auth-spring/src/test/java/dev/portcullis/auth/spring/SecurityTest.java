package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.PortcullisConfigurer.portcullis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutorService;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everything that applications use of Spring Security goes on working, with our answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityTest {

    private static final String NOT_SIGNED_IN = "{\"detail\":\"Authentication credentials were not provided.\"}";
    private static final String NOT_OPEN = "{\"detail\":\"You do not have permission to perform this action.\"}";
    private static final String MISSING = "{\"detail\":\"Token is missing one or more required permissions.\"}";

    private final Running app = new Running(Application.class);

    @AfterAll
    void stop() {
        app.close();
    }

    /** Three chains: an API that has its own words for who may go on, one with our rules, and pages with a log-in form. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMethodSecurity
    @Import({Controller.class, Guarded.class})
    static class Application {

        @Bean
        PermissionRules rules() {
            return PermissionRules.builder()
                    .rule("GET", "/ruled/{x}", Requirement.allOf("rule:one", "rule:two"))
                    .build();
        }

        @Bean
        @Order(1)
        SecurityFilterChain ruled(HttpSecurity http) {
            return http.securityMatcher("/ruled/**")
                    .with(portcullis(), withDefaults())
                    .build();
        }

        @Bean
        @Order(2)
        SecurityFilterChain api(HttpSecurity http) {
            return http.securityMatcher("/api/**")
                    .with(portcullis(), withDefaults())
                    .authorizeHttpRequests(requests -> requests.requestMatchers("/api/open/**")
                            .permitAll()
                            .requestMatchers("/api/one")
                            .hasAuthority("catalog:read")
                            .requestMatchers("/api/any")
                            .hasAnyAuthority("a", "b")
                            .requestMatchers("/api/denied")
                            .denyAll()
                            .anyRequest()
                            .authenticated())
                    .build();
        }

        @Bean
        @Order(3)
        SecurityFilterChain pages(HttpSecurity http) {
            return http.formLogin(withDefaults())
                    .httpBasic(withDefaults())
                    .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("ann").password("{noop}secret").build());
        }
    }

    /** A service that guards itself. */
    @Service
    static class Guarded {

        @PreAuthorize("hasAuthority('catalog:write')")
        String write() {
            return "written";
        }
    }

    /** What answers. */
    @RestController
    static class Controller {

        private final Guarded guarded;

        Controller(Guarded guarded) {
            this.guarded = guarded;
        }

        @GetMapping({"/api/one", "/api/any", "/api/denied", "/ruled/{x}", "/pages"})
        String any(@Nullable Authentication authentication) {
            return String.valueOf(authentication);
        }

        @GetMapping("/api/principal")
        String principal(@AuthenticationPrincipal Caller caller, Authentication authentication) {
            return caller.subject() + " " + authentication.getAuthorities() + " " + authentication.getCredentials();
        }

        @GetMapping("/api/guarded")
        @PreAuthorize("hasAuthority('catalog:read')")
        String guarded() {
            return "guarded";
        }

        @PostMapping("/api/service")
        String service() {
            return guarded.write();
        }

        @GetMapping("/api/open/guarded")
        String openButGuarded() {
            return guarded.write();
        }

        @GetMapping("/api/open/bad")
        String bad() {
            throw new BadCredentialsException("the application's own");
        }

        @GetMapping("/api/open/denied")
        String denied() {
            throw new AccessDeniedException("not your league");
        }

        @GetMapping("/api/callable")
        Callable<String> callable() {
            return () -> who();
        }

        @GetMapping("/api/executor")
        String executor() throws ExecutionException, InterruptedException {
            var threads = new DelegatingSecurityContextExecutorService(Executors.newSingleThreadExecutor());
            try {
                return threads.submit(Controller::who).get();
            } finally {
                threads.shutdown();
            }
        }

        @GetMapping("/api/session")
        String session(HttpServletRequest request) {
            return String.valueOf(request.getSession(false));
        }

        private static String who() {
            Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
            return authentication == null ? "nobody" : authentication.getName();
        }
    }

    private static void assertAnswer(HttpResponse<String> answer, int status, String body, @Nullable String challenge) {
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .isEqualTo(challenge == null ? List.of() : List.of(challenge));
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(answer.headers().allValues("Pragma")).isEmpty();
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }

    private static String scope(String permissions) {
        return "Bearer error=\"insufficient_scope\", scope=\"" + permissions + "\"";
    }

    @Test
    void principal_and_authorities_are_the_caller_and_its_exact_permissions() {
        assertThat(app.get("/api/principal", List.of("catalog:read")).body()).isEqualTo("user_1 [catalog:read] null");
    }

    @Test
    void has_authority_answers_with_the_authority_as_scope() {
        assertThat(app.get("/api/one", List.of("catalog:read")).statusCode()).isEqualTo(200);
        assertAnswer(app.get("/api/one", List.of("catalog:*")), 403, MISSING, scope("catalog:read"));
        assertAnswer(app.get("/api/one"), 401, NOT_SIGNED_IN, "Bearer");
    }

    /** Any one would do; a client that gets all of them is let in. */
    @Test
    void has_any_authority_answers_with_all_that_would_do() {
        assertThat(app.get("/api/any", List.of("b")).statusCode()).isEqualTo(200);
        assertAnswer(app.get("/api/any", List.of("c")), 403, MISSING, scope("a b"));
    }

    @Test
    void our_rules_in_a_chain_answer_with_their_scope() {
        assertThat(app.get("/ruled/1", List.of("rule:one", "rule:two")).statusCode())
                .isEqualTo(200);
        assertAnswer(app.get("/ruled/1", List.of("rule:one")), 403, MISSING, scope("rule:one rule:two"));
        assertAnswer(app.get("/ruled/1/2", List.of("rule:one", "rule:two")), 403, NOT_OPEN, null);
        assertAnswer(app.get("/ruled/1"), 401, NOT_SIGNED_IN, "Bearer");
    }

    @Test
    void what_else_is_denied_has_no_challenge() {
        assertAnswer(app.get("/api/denied", List.of("catalog:read")), 403, NOT_OPEN, null);
    }

    @Test
    void pre_authorize_answers_in_our_words() {
        assertThat(app.get("/api/guarded", List.of("catalog:read")).body()).isEqualTo("guarded");
        assertAnswer(app.get("/api/guarded", List.of("catalog:write")), 403, NOT_OPEN, null);
        assertAnswer(post("/api/service", "catalog:read"), 403, NOT_OPEN, null);
        assertThat(post("/api/service", "catalog:write").body()).isEqualTo("written");
        assertAnswer(app.get("/api/open/guarded"), 401, NOT_SIGNED_IN, "Bearer");
    }

    private HttpResponse<String> post(String path, String permission) {
        return app.send(HttpRequest.newBuilder(app.uri(path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + app.token(permission)));
    }

    /** A log-in that the application does by itself, and that failed, says nothing of the request's own credential. */
    @Test
    void an_authentication_exception_of_a_controller_is_its_own() {
        for (HttpResponse<String> answer :
                List.of(app.get("/api/open/bad"), app.get("/api/open/bad", List.of("catalog:read")))) {
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
            assertThat(answer.body()).doesNotContain("detail");
        }
    }

    /** That one is Spring Security's word for "may not go on", wherever it is said. */
    @Test
    void an_access_denied_exception_of_a_controller_is_a_refusal() {
        assertAnswer(app.get("/api/open/denied", List.of()), 403, NOT_OPEN, null);
        assertAnswer(app.get("/api/open/denied"), 401, NOT_SIGNED_IN, "Bearer");
    }

    @Test
    void a_bad_credential_ends_in_its_own_words() {
        for (String path : List.of("/api/one", "/api/open/denied", "/ruled/1")) {
            HttpRequest.Builder ask = HttpRequest.newBuilder(app.uri(path)).header("Authorization", "Bearer a.b.c");
            assertAnswer(
                    app.send(ask),
                    401,
                    "{\"detail\":\"Invalid token.\"}",
                    "Bearer error=\"invalid_token\", error_description=\"Invalid token\"");
        }
    }

    @Test
    void the_context_goes_with_the_work_to_other_threads() {
        assertThat(app.get("/api/callable", List.of()).body()).isEqualTo("user_1");
        assertThat(app.get("/api/executor", List.of()).body()).isEqualTo("user_1");
    }

    @Test
    void there_is_no_session() {
        assertThat(app.get("/api/session", List.of()).body()).isEqualTo("null");
    }

    /** Chains of other kinds answer as they do without us. */
    @Test
    void other_chains_are_left_as_they_are() {
        HttpResponse<String> page =
                app.send(HttpRequest.newBuilder(app.uri("/pages")).header("Accept", "text/html"));
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/login"));
        HttpResponse<String> token = app.get("/pages", List.of("catalog:read"));
        assertThat(token.statusCode()).as("a token opens no page").isNotEqualTo(200);
        HttpResponse<String> basic =
                app.send(HttpRequest.newBuilder(app.uri("/pages")).header("Authorization", "Basic YW5uOnNlY3JldA=="));
        assertThat(basic.body()).contains("ann");
        HttpResponse<String> wrong =
                app.send(HttpRequest.newBuilder(app.uri("/pages")).header("Authorization", "Basic YW5uOng="));
        assertThat(wrong.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic"));
    }

    /** Headers that Spring Security adds for browsers are there, beside ours. */
    @Test
    void its_headers_for_browsers_stay() {
        assertThat(app.get("/api/one").headers().firstValue("X-Content-Type-Options"))
                .hasValue("nosniff");
    }
}
