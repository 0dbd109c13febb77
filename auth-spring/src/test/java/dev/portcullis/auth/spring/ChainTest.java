package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.PortcullisConfigurer.portcullis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.servlet.FilterSettings;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** What a chain says itself takes the place of what the application has; all else stays as it is. */
class ChainTest {

    private static final PermissionRules RULES = PermissionRules.builder()
            .rule("GET", "/open", Requirement.anyone())
            .unnamedRoutes(Requirement.signedIn())
            .build();
    private static final PermissionRules OTHER_RULES = PermissionRules.builder()
            .rule("GET", "/other", Requirement.anyone())
            .build();

    private static AuthenticationMethod knowing(String name) {
        return request -> {
            List<String> sent = request.headers("authorization");
            if (sent.isEmpty()) {
                return Outcome.notApplicable();
            }
            return sent.get(0).equals(name)
                    ? Outcome.authenticated(Caller.of(CredentialKind.JWT, name, List.of(), Map.of()))
                    : Outcome.rejected(Reason.MALFORMED_TOKEN, CredentialKind.JWT);
        };
    }

    private static FilterSettings realm(String realm) {
        return FilterSettings.builder().realm(realm).build();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class Chain {

        @Bean
        SecurityFilterChain chain(HttpSecurity http, ConfigurerTest.Setup setup) {
            return setup.apply(http).build();
        }
    }

    /** An application that has a method, a realm and rules of its own. */
    private static WebApplicationContextRunner with(
            @Nullable PermissionRules openRoutes, Consumer<PortcullisConfigurer> chain) {
        return new WebApplicationContextRunner()
                .withUserConfiguration(Chain.class)
                .withBean(PermissionRules.class, () -> RULES)
                .withBean(
                        RequestFilters.class, () -> new RequestFilters(knowing("ann"), realm("app"), openRoutes, RULES))
                .withBean(ConfigurerTest.Setup.class, () -> http -> http.with(portcullis(), chain::accept));
    }

    /** Who was let in, or what was answered. */
    private static String ask(ApplicationContext context, String path, @Nullable String credential) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        if (credential != null) {
            request.addHeader("Authorization", credential);
        }
        MockHttpServletResponse response = new MockHttpServletResponse();
        MockFilterChain chain = new MockFilterChain();
        context.getBean("springSecurityFilterChain", Filter.class).doFilter(request, response, chain);
        assertThat(request.getSession(false)).as("no session comes into being").isNull();
        return chain.getRequest() instanceof HttpServletRequest seen
                ? "let in " + seen.getRemoteUser()
                : response.getStatus() + " " + Objects.requireNonNull(response.getHeader("WWW-Authenticate"));
    }

    private static void assertAnswers(Consumer<PortcullisConfigurer> chain, Map<String, String> answers) {
        assertAnswers(null, chain, answers);
    }

    private static void assertAnswers(
            @Nullable PermissionRules openRoutes, Consumer<PortcullisConfigurer> chain, Map<String, String> answers) {
        with(openRoutes, chain).run(context -> {
            assertThat(context).hasNotFailed();
            for (Map.Entry<String, String> each : answers.entrySet()) {
                String[] words = each.getKey().split(" ", -1);
                assertThat(ask(context, words[0], words.length > 1 ? words[1] : null))
                        .as(each.getKey())
                        .isEqualTo(each.getValue());
            }
        });
    }

    private static final String BAD = "401 Bearer error=\"invalid_token\", error_description=\"Invalid token\"";

    @Test
    void a_chain_that_cannot_find_out_callers_stops_the_start() {
        new WebApplicationContextRunner()
                .withUserConfiguration(Chain.class)
                .withBean(ConfigurerTest.Setup.class, () -> http -> http.with(portcullis(), chain -> {}))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("portcullis() knows no way to find out callers: say method(…), or"));
    }

    @Test
    void a_chain_that_says_nothing_is_as_the_application_has_it() {
        assertAnswers(
                chain -> {},
                Map.of(
                        "/x ann", "let in ann",
                        "/x", "401 Bearer realm=\"app\"",
                        "/open", "let in null",
                        "/open bob", BAD));
    }

    @Test
    void a_chain_can_have_a_method_of_its_own() {
        assertAnswers(
                chain -> chain.method(knowing("bob")),
                Map.of(
                        "/x bob",
                        "let in bob",
                        "/x ann",
                        BAD,
                        "/x",
                        "401 Bearer realm=\"app\"",
                        "/open",
                        "let in null"));
    }

    @Test
    void a_chain_can_have_settings_of_its_own() {
        assertAnswers(
                chain -> chain.settings(realm("chain")),
                Map.of("/x ann", "let in ann", "/x", "401 Bearer realm=\"chain\"", "/open", "let in null"));
    }

    @Test
    void a_chain_can_have_rules_of_its_own() {
        assertAnswers(
                chain -> chain.rules(OTHER_RULES),
                Map.of(
                        "/other", "let in null",
                        "/open", "401 Bearer realm=\"app\"",
                        "/other bob", BAD,
                        "/other ann", "let in ann"));
    }

    @Test
    void a_chain_can_overlook_bad_credentials_on_open_routes() {
        assertAnswers(
                chain -> chain.ignoreBadCredentialsOnOpenRoutes(RULES),
                Map.of("/open bob", "let in null", "/x bob", BAD, "/x ann", "let in ann"));
        assertAnswers(
                RULES,
                chain -> chain.settings(realm("chain")),
                Map.of("/open bob", "let in null", "/x bob", BAD, "/x", "401 Bearer realm=\"chain\""));
        assertAnswers(
                RULES,
                chain -> chain.ignoreBadCredentialsOnOpenRoutes(OTHER_RULES),
                Map.of("/open bob", BAD, "/x bob", BAD));
    }

    /** Nothing of the application's is needed by a chain that says all of it. */
    @Test
    void a_chain_can_stand_alone() {
        new WebApplicationContextRunner()
                .withUserConfiguration(Chain.class)
                .withBean(
                        ConfigurerTest.Setup.class,
                        () -> http -> http.with(
                                portcullis(),
                                chain -> chain.method(knowing("bob")).rules(RULES)))
                .run(context -> {
                    assertThat(ask(context, "/x bob", null)).isEqualTo("401 Bearer");
                    assertThat(ask(context, "/x", "bob")).isEqualTo("let in bob");
                });
    }
}
