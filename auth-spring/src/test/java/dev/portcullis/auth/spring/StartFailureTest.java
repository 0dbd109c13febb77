package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.Contexts.RULES;
import static dev.portcullis.auth.spring.Contexts.assertFailed;
import static dev.portcullis.auth.spring.Contexts.runner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.TrustedIssuer;
import dev.portcullis.auth.servlet.FilterSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;

/** What is missing, wrong or contradictory stops the start, and the analysis names the property and the remedy. */
class StartFailureTest {

    private static final String[] JWT = {
        "portcullis.jwt.issuer=https://issuer.example",
        "portcullis.jwt.jwks-uri=http://127.0.0.1:1/jwks.json",
        "portcullis.jwt.audience=api"
    };

    private static final String[] NONE = {};

    private record Row(String property, String problem, String remedy, List<String> properties) {}

    private static Row row(String property, String problem, String remedy, String[] first, String... properties) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(properties));
        return new Row(property, problem, remedy, all);
    }

    private static final List<Row> WITHOUT_BEANS = List.of(
            row("portcullis.jwt.jwks-uri", "is missing", "APIKeyStore bean", NONE, RULES),
            row("portcullis.rules", "is missing", "portcullis.unnamed-routes", JWT),
            row("portcullis.jwt.issuer", "is missing", "exact iss", NONE, RULES, JWT[1], JWT[2]),
            row("portcullis.jwt.jwks-uri", "is missing", "JWK Set", NONE, RULES, JWT[0], JWT[2]),
            row("portcullis.jwt.audience", "is missing", "any-audience", NONE, RULES, JWT[0], JWT[1]),
            row("portcullis.jwt.issuer", "is missing", "exact iss", NONE, RULES, "portcullis.jwt.cached-tokens=5"),
            row("portcullis.jwt.issuer", "is missing", "exact iss", JWT, RULES, "portcullis.jwt.issuer="),
            row(
                    "portcullis.jwt.any-audience",
                    "audience is set too",
                    "Remove",
                    JWT,
                    RULES,
                    "portcullis.jwt.any-audience=true"),
            row(
                    "portcullis.jwt",
                    "blank audience",
                    "Correct",
                    NONE,
                    RULES,
                    JWT[0],
                    JWT[1],
                    "portcullis.jwt.audience=api, ,b"),
            row("portcullis.jwt.jwks-uri", "is no URL", "https://", JWT, RULES, "portcullis.jwt.jwks-uri=ht tp://x"),
            row(
                    "portcullis.jwt.jwks-uri",
                    "https",
                    "Correct",
                    JWT,
                    RULES,
                    "portcullis.jwt.jwks-uri=http://issuer.example/"),
            row(
                    "portcullis.jwt.issuers",
                    "so do the properties",
                    "one more",
                    JWT,
                    RULES,
                    "portcullis.jwt.issuers[0].issuer=a"),
            row(
                    "portcullis.jwt.issuers[1].audience",
                    "is missing",
                    "any-audience",
                    NONE,
                    RULES,
                    "portcullis.jwt.issuers[0].issuer=a",
                    "portcullis.jwt.issuers[0].jwks-uri=http://127.0.0.1:1/a",
                    "portcullis.jwt.issuers[0].audience=x",
                    "portcullis.jwt.issuers[1].issuer=b",
                    "portcullis.jwt.issuers[1].jwks-uri=http://127.0.0.1:1/b"),
            row(
                    "portcullis.jwt.issuers[1]",
                    "trusted twice",
                    "Correct",
                    NONE,
                    RULES,
                    "portcullis.jwt.issuers[0].issuer=a",
                    "portcullis.jwt.issuers[0].jwks-uri=http://127.0.0.1:1/a",
                    "portcullis.jwt.issuers[0].audience=x",
                    "portcullis.jwt.issuers[1].issuer=a",
                    "portcullis.jwt.issuers[1].jwks-uri=http://127.0.0.1:1/b",
                    "portcullis.jwt.issuers[1].audience=x"),
            row("portcullis.jwt.clock-skew", "0 to 5 minutes", "Correct", JWT, RULES, "portcullis.jwt.clock-skew=6m"),
            row(
                    "portcullis.jwt.permissions-claim",
                    "no blank one",
                    "Correct",
                    JWT,
                    RULES,
                    "portcullis.jwt.permissions-claim=scope, ,scp"),
            row(
                    "portcullis.jwt.maximum-token-length",
                    "from 512",
                    "Correct",
                    JWT,
                    RULES,
                    "portcullis.jwt.maximum-token-length=5"),
            row(
                    "portcullis.jwt.cached-tokens",
                    "0, for no cache",
                    "Correct",
                    JWT,
                    RULES,
                    "portcullis.jwt.cached-tokens=-1"),
            row(
                    "portcullis.jwt.fetch.timeout",
                    "must be from",
                    "Correct",
                    JWT,
                    RULES,
                    "portcullis.jwt.fetch.timeout=5m"),
            row(
                    "portcullis.jwt.fetch.minimum-freshness",
                    "must be from",
                    "Correct",
                    JWT,
                    RULES,
                    "portcullis.jwt.fetch.minimum-freshness=1ms"),
            row(
                    "portcullis.jwt.fetch.default-freshness",
                    "must be from",
                    "Correct",
                    JWT,
                    RULES,
                    "portcullis.jwt.fetch.default-freshness=1s"),
            row(
                    "portcullis.jwt.fetch.maximum-freshness",
                    "must be from",
                    "Correct",
                    JWT,
                    RULES,
                    "portcullis.jwt.fetch.maximum-freshness=2d"),
            row(
                    "portcullis.jwt.fetch.maximum-staleness",
                    "must be from",
                    "Correct",
                    JWT,
                    RULES,
                    "portcullis.jwt.fetch.maximum-staleness=366d"),
            row(
                    "portcullis.jwt.fetch.unknown-key-cooldown",
                    "must be from",
                    "Correct",
                    JWT,
                    RULES,
                    "portcullis.jwt.fetch.unknown-key-cooldown=1ms"),
            row(
                    "portcullis.jwt.fetch.maximum-size",
                    "must be from",
                    "Correct",
                    JWT,
                    RULES,
                    "portcullis.jwt.fetch.maximum-size=17MB"),
            row(
                    "portcullis.jwt.fetch.maximum-size",
                    "must be from",
                    "Correct",
                    JWT,
                    RULES,
                    "portcullis.jwt.fetch.maximum-size=5TB"),
            row(
                    "portcullis.jwt.fetch.maximum-keys",
                    "must be from",
                    "Correct",
                    JWT,
                    RULES,
                    "portcullis.jwt.fetch.maximum-keys=0"),
            row(
                    "portcullis.jwt.fetch.maximum-waiters",
                    "must be from",
                    "Correct",
                    JWT,
                    RULES,
                    "portcullis.jwt.fetch.maximum-waiters=0"),
            row(
                    "portcullis.api-keys",
                    "no store",
                    "portcullis.api-keys.store=memory",
                    JWT,
                    RULES,
                    "portcullis.api-keys.enabled=true"),
            row(
                    "portcullis.api-keys",
                    "no store",
                    "APIKeyStore bean",
                    JWT,
                    RULES,
                    "portcullis.api-keys.environments=live"),
            row("portcullis.rules[0].path", "is missing", "/api/v1", JWT, "portcullis.rules[0].permissions=a"),
            row("portcullis.rules[0]", "says nothing", ".anonymous=true", JWT, "portcullis.rules[0].path=/a"),
            row(
                    "portcullis.rules[1]",
                    "more than one thing",
                    ".signed-in=true",
                    JWT,
                    "portcullis.rules[0].path=/a",
                    "portcullis.rules[0].anonymous=true",
                    "portcullis.rules[1].path=/b",
                    "portcullis.rules[1].anonymous=true",
                    "portcullis.rules[1].permissions=a"),
            row(
                    "portcullis.rules[0]",
                    "visible ASCII",
                    "Correct",
                    JWT,
                    "portcullis.rules[0].path=/a",
                    "portcullis.rules[0].permissions=a b"),
            row(
                    "portcullis.rules[0]",
                    "In the rule",
                    "Correct",
                    JWT,
                    "portcullis.rules[0].path=a",
                    "portcullis.rules[0].anonymous=true"),
            row(
                    "portcullis.rules[0]",
                    "In the rule",
                    "Correct",
                    JWT,
                    "portcullis.rules[0].path=/a",
                    "portcullis.rules[0].methods=get",
                    "portcullis.rules[0].anonymous=true"),
            row(
                    "portcullis.rules",
                    "equally well",
                    "Correct",
                    JWT,
                    "portcullis.rules[0].path=/a/{b}",
                    "portcullis.rules[0].anonymous=true",
                    "portcullis.rules[1].path=/a/{c}",
                    "portcullis.rules[1].signed-in=true"),
            row("portcullis.errors.realm", "printable ASCII", "Correct", JWT, RULES, "portcullis.errors.realm=a\"b"),
            row(
                    "portcullis.mode",
                    "Spring Security is not",
                    "spring-boot-starter-security",
                    JWT,
                    RULES,
                    "portcullis.mode=security"));

    private static final List<Row> WITH_A_STORE = List.of(
            row("portcullis.api-keys.prefix", "lower-case", "Correct", NONE, RULES, "portcullis.api-keys.prefix=GRD"),
            row(
                    "portcullis.api-keys.maximum-key-age",
                    "at least a millisecond",
                    "Correct",
                    NONE,
                    RULES,
                    "portcullis.api-keys.maximum-key-age=0s"),
            row(
                    "portcullis.ignore-bad-credentials-on-open-routes",
                    "no rules",
                    "portcullis.rules",
                    NONE,
                    "portcullis.ignore-bad-credentials-on-open-routes=true"));

    @TestFactory
    Stream<DynamicTest> a_setting_that_is_missing_or_wrong_is_named() {
        WebApplicationContextRunner plain =
                runner().withClassLoader(new FilteredClassLoader("org.springframework.security"));
        WebApplicationContextRunner keys = runner().withBean(APIKeyStore.class, InMemoryAPIKeyStore::new);
        return Stream.concat(
                WITHOUT_BEANS.stream()
                        .map(row -> test(row.property().equals("portcullis.mode") ? plain : runner(), row)),
                WITH_A_STORE.stream().map(row -> test(keys, row)));
    }

    private static DynamicTest test(WebApplicationContextRunner runner, Row row) {
        return DynamicTest.dynamicTest(row.property() + ": " + row.problem(), () -> assertFails(runner, row));
    }

    private static void assertFails(WebApplicationContextRunner runner, Row row) {
        runner.withPropertyValues(row.properties().toArray(String[]::new))
                .run(context -> assertFailed(context, row.property(), row.problem(), row.remedy()));
    }

    @Test
    void a_property_whose_bean_the_application_has_itself_says_nothing_and_is_refused() {
        WebApplicationContextRunner own = runner().withBean(JWKSAuthentication.class, StartFailureTest::tokens)
                .withBean(PermissionRules.class, () -> PermissionRules.builder().build())
                .withBean(FilterSettings.class, () -> FilterSettings.builder().build())
                .withBean(APIKeyStore.class, InMemoryAPIKeyStore::new)
                .withBean(
                        APIKeyAuthentication.class,
                        () -> APIKeyAuthentication.builder()
                                .store(new InMemoryAPIKeyStore())
                                .build());
        own.run(context -> assertThat(context).hasNotFailed());
        for (String property : List.of(
                "portcullis.jwt.issuer=a",
                "portcullis.rules[0].path=/a",
                "portcullis.unnamed-routes=anyone",
                "portcullis.errors.format=problem",
                "portcullis.let-preflight-pass=true",
                "portcullis.api-keys.environments=live")) {
            String name = property.startsWith("portcullis.api-keys")
                    ? property.split("=", -1)[0]
                    : "portcullis." + property.split("[.=\\[]", -1)[1];
            assertFails(own, row(name, "bean of its own", "Remove one", NONE, property));
        }
    }

    private static JWKSAuthentication tokens() {
        return JWKSAuthentication.builder()
                .trust(TrustedIssuer.named("a")
                        .jwks(URI.create("http://127.0.0.1:1/"))
                        .audience("b")
                        .build())
                .build();
    }

    /** It would leave a check out in silence. */
    @Test
    void an_unknown_property_stops_the_start() {
        for (String unknown : List.of(
                "portcullis.jwt.authorised-parties=x",
                "portcullis.rule[0].path=/a",
                "portcullis.rules[0].permission=a",
                "portcullis.jwt.fetch.retries=1",
                "portcullis.errors.style=x")) {
            runner().withBean(AuthenticationMethod.class, () -> request -> Outcome.notApplicable())
                    .withPropertyValues(RULES, unknown)
                    .run(context -> assertThat(context)
                            .as(unknown)
                            .getFailure()
                            .satisfies(failure -> assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
                                    .isInstanceOf(UnboundConfigurationPropertiesException.class)
                                    .hasMessageContaining(unknown.split("=", -1)[0])));
        }
    }

    /** A URL can hold a password. */
    @Test
    void no_part_of_a_broken_url_is_shown() {
        runner().withPropertyValues(JWT)
                .withPropertyValues(RULES, "portcullis.jwt.jwks-uri=https://user:hunter2@issuer example/")
                .run(context -> assertThat(context.getStartupFailure())
                        .isNotNull()
                        .satisfies(failure -> {
                            for (Throwable each = failure; each != null; each = each.getCause()) {
                                assertThat(each.toString()).doesNotContain("hunter2");
                            }
                        }));
        runner().withPropertyValues(JWT)
                .withPropertyValues(RULES, "portcullis.jwt.jwks-uri=https://user:hunter2@issuer.example/")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("portcullis.jwt.jwks-uri")
                        .satisfies(failure -> {
                            for (Throwable each = failure; each != null; each = each.getCause()) {
                                assertThat(each.toString()).doesNotContain("hunter2");
                            }
                        }));
    }
}
