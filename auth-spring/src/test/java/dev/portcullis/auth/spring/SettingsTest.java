package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.Contexts.RULES;
import static dev.portcullis.auth.spring.Contexts.authenticate;
import static dev.portcullis.auth.spring.Contexts.runner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AuthListener;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.servlet.FilterSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletResponse;

/** Every other property does what it says. */
class SettingsTest {

    private static WebApplicationContextRunner withKeys(String... properties) {
        return runner().withBean(APIKeyStore.class, InMemoryAPIKeyStore::new)
                .withPropertyValues(RULES)
                .withPropertyValues(properties);
    }

    private static String issue(ApplicationContext context, Environment environment) {
        return context.getBean(APIKeys.class)
                .issue("user_1", "a key", environment, List.of("catalog:read"), null)
                .plaintext();
    }

    private static Outcome outcome(ApplicationContext context, Environment environment) {
        return authenticate(context, issue(context, environment));
    }

    @Test
    void a_store_turns_api_keys_on() {
        withKeys().run(context -> {
            assertThat(outcome(context, Environment.LIVE)).isInstanceOf(Outcome.Authenticated.class);
            assertThat(outcome(context, Environment.TEST)).isInstanceOf(Outcome.Authenticated.class);
        });
    }

    @Test
    void api_keys_can_be_switched_off_although_there_is_a_store() {
        withKeys("portcullis.api-keys.enabled=false", "portcullis.jwt.issuer=a", "portcullis.jwt.audience=b")
                .withPropertyValues("portcullis.jwt.jwks-uri=http://127.0.0.1:1/")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(APIKeys.class);
                    assertThat(authenticate(context, "grd_live_0"))
                            .as("without API keys the prefix means nothing to anybody")
                            .isEqualTo(Outcome.notApplicable());
                });
    }

    @Test
    void environments_are_those_that_are_named() {
        withKeys("portcullis.api-keys.environments=test").run(context -> {
            assertThat(outcome(context, Environment.TEST)).isInstanceOf(Outcome.Authenticated.class);
            assertThat(((Outcome.Rejected) outcome(context, Environment.LIVE)).reason())
                    .isEqualTo(Reason.API_KEY_OF_OTHER_ENVIRONMENT);
        });
    }

    /** One property for what issues keys, what lets them in and what leaves them to others. */
    @Test
    void the_prefix_is_one_for_all() {
        withKeys(
                        "portcullis.api-keys.prefix=acme",
                        "portcullis.jwt.issuer=a",
                        "portcullis.jwt.audience=b",
                        "portcullis.jwt.jwks-uri=http://127.0.0.1:1/")
                .run(context -> {
                    String key = issue(context, Environment.LIVE);
                    assertThat(key).startsWith("acme_live_");
                    assertThat(authenticate(context, key)).isInstanceOf(Outcome.Authenticated.class);
                    assertThat(((Outcome.Rejected) authenticate(context, "acme_x")).reason())
                            .isEqualTo(Reason.MALFORMED_API_KEY);
                    assertThat(((Outcome.Rejected) authenticate(context, "grd_x")).reason())
                            .isEqualTo(Reason.MALFORMED_TOKEN);
                });
    }

    @Test
    void keys_can_be_too_old() {
        withKeys("portcullis.api-keys.maximum-key-age=1ms").run(context -> {
            String key = issue(context, Environment.LIVE);
            Thread.sleep(5);
            assertThat(((Outcome.Rejected) authenticate(context, key)).reason()).isEqualTo(Reason.API_KEY_EXPIRED);
        });
    }

    @Test
    void rules_say_all_that_rules_in_code_can_say() {
        withKeys(
                        "portcullis.rules[0].methods=POST, PUT",
                        "portcullis.rules[0].path=/a/**",
                        "portcullis.rules[0].permissions=a:write, a:more",
                        "portcullis.rules[1].path=/b",
                        "portcullis.rules[1].anonymous=true",
                        "portcullis.rules[2].path=/c",
                        "portcullis.rules[2].signed-in=true",
                        "portcullis.rules[2].kinds=api-key",
                        "portcullis.rules[3].path=/d",
                        "portcullis.rules[3].nobody=true",
                        "portcullis.unnamed-routes=anyone")
                .run(context -> {
                    PermissionRules rules = context.getBean(PermissionRules.class);
                    for (String method : List.of("POST", "PUT")) {
                        assertThat(rules.requirementFor(method, "/a/1"))
                                .isEqualTo(Requirement.allOf("a:write", "a:more"));
                    }
                    assertThat(rules.requirementFor("GET", "/a/1")).isEqualTo(Requirement.anyone());
                    assertThat(rules.requirementFor("GET", "/b")).isEqualTo(Requirement.anyone());
                    assertThat(rules.requirementFor("PATCH", "/c")).isEqualTo(Requirement.signedIn());
                    assertThat(rules.requirementFor("GET", "/d")).isEqualTo(Requirement.nobody());
                });
    }

    @Test
    void unnamed_routes_are_open_to_nobody_unless_given() {
        for (String[] row : new String[][] {{"signed-in", "SignedIn"}, {"anyone", "Anyone"}, {"nobody", "Nobody"}}) {
            withKeys("portcullis.unnamed-routes=" + row[0])
                    .run(context -> assertThat(unnamed(context)).startsWith(row[1]));
        }
        runner().withBean(APIKeyStore.class, InMemoryAPIKeyStore::new)
                .withPropertyValues("portcullis.rules[0].path=/a", "portcullis.rules[0].anonymous=true")
                .run(context -> assertThat(unnamed(context)).startsWith("Nobody"));
    }

    private static String unnamed(ApplicationContext context) {
        return context.getBean(PermissionRules.class)
                .requirementFor("GET", "/x")
                .toString();
    }

    @Test
    void errors_are_written_as_the_properties_say() {
        withKeys().run(context -> {
            MockHttpServletResponse answer = refused(context);
            assertThat(answer.getContentType()).isEqualTo("application/json");
            assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
        });
        withKeys("portcullis.errors.format=problem", "portcullis.errors.realm=the catalogue")
                .run(context -> {
                    MockHttpServletResponse answer = refused(context);
                    assertThat(answer.getContentType()).isEqualTo("application/problem+json");
                    assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo("Bearer realm=\"the catalogue\"");
                });
    }

    private static MockHttpServletResponse refused(ApplicationContext context) throws Exception {
        MockHttpServletResponse answer = new MockHttpServletResponse();
        context.getBean(FilterSettings.class).refusals().refuse(answer, Reason.NO_CREDENTIALS);
        return answer;
    }

    @Test
    void events_are_published_as_the_property_says() {
        withKeys()
                .run(context ->
                        assertThat(context.getBean("portcullisEventPublisher")).isInstanceOf(EventPublisher.class));
        withKeys("portcullis.events=none")
                .run(context -> assertThat(context.getBean("portcullisEventPublisher"))
                        .isInstanceOf(AuthListener.class)
                        .isNotInstanceOf(EventPublisher.class));
    }

    /** In the environment a list is one value, and names have no dashes. */
    @Test
    void properties_can_come_from_the_environment() {
        withKeys("PORTCULLIS_APIKEYS_ENVIRONMENTS=test")
                .run(context -> assertThat(context)
                        .as("a name in capitals is one for the environment alone")
                        .hasNotFailed());
        withKeys()
                .withSystemProperties("portcullis.api-keys.environments=test")
                .run(context -> assertThat(outcome(context, Environment.LIVE)).isInstanceOf(Outcome.Rejected.class));
    }
}
