package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.PortcullisConfigurer.portcullis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.savedrequest.RequestCacheAwareFilter;

/** {@code portcullis()} in chains of an application that Boot does not configure. */
class ConfigurerTest {

    private static final AuthenticationMethod NONE = request -> Outcome.notApplicable();
    private static final PermissionRules RULES =
            PermissionRules.builder().unnamedRoutes(Requirement.signedIn()).build();

    /** Sets a chain up. */
    @FunctionalInterface
    interface Setup {
        HttpSecurity apply(HttpSecurity http);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class Chain {

        @Bean
        SecurityFilterChain chain(HttpSecurity http, Setup setup) {
            return setup.apply(http).build();
        }
    }

    private static WebApplicationContextRunner with(Setup setup) {
        return new WebApplicationContextRunner()
                .withUserConfiguration(Chain.class)
                .withBean(Setup.class, () -> setup);
    }

    private static void assertRefused(Setup setup, String message) {
        with(setup).run(context -> assertThat(context.getStartupFailure()).hasStackTraceContaining(message));
    }

    @Test
    void a_chain_with_a_method_and_rules_needs_no_auto_configuration() {
        with(http -> http.with(portcullis(), c -> c.method(NONE).rules(RULES))).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(FilterChainProxy.class).getFilters("/x"))
                    .hasAtLeastOneElementOfType(CallerFilter.class)
                    .doesNotHaveAnyElementsOfTypes(CsrfFilter.class, LogoutFilter.class, RequestCacheAwareFilter.class);
        });
    }

    @Test
    void what_is_said_after_it_wins() {
        with(http -> http.with(portcullis(), c -> c.method(NONE).rules(RULES)).csrf(withDefaults()))
                .run(context -> assertThat(
                                context.getBean(FilterChainProxy.class).getFilters("/x"))
                        .hasAtLeastOneElementOfType(CsrfFilter.class));
    }

    @Test
    void mechanisms_that_cannot_share_a_chain_are_refused() {
        assertRefused(
                http -> http.with(portcullis(), c -> c.method(NONE).rules(RULES))
                        .formLogin(withDefaults()),
                "One chain has both portcullis() and FormLogin");
        assertRefused(
                http -> http.httpBasic(withDefaults())
                        .with(portcullis(), c -> c.method(NONE).rules(RULES)),
                "One chain has both portcullis() and HttpBasic");
        assertRefused(
                http -> http.with(portcullis(), c -> c.method(NONE).rules(RULES))
                        .oauth2ResourceServer(server -> server.jwt(withDefaults())),
                "One chain has both portcullis() and OAuth2ResourceServer");
    }

    @Test
    void what_is_missing_or_said_twice_is_refused() {
        assertRefused(http -> http.with(portcullis(), c -> c.rules(RULES)), "say method(…)");
        assertRefused(http -> http.with(portcullis(), c -> c.method(NONE)), "say rules(…)");
        assertRefused(
                http -> http.with(portcullis(), c -> c.method(NONE).rules(RULES))
                        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated()),
                "keep one, or write access(RulesAuthorizationManager.of(rules))");
    }

    @Test
    void a_chain_can_say_itself_who_may_go_on() {
        with(http -> http.with(portcullis(), c -> c.method(NONE))
                        .authorizeHttpRequests(requests -> requests.requestMatchers("/x")
                                .hasAuthority("x")
                                .anyRequest()
                                .access(RulesAuthorizationManager.of(RULES))))
                .run(context -> assertThat(context).hasNotFailed());
    }
}
