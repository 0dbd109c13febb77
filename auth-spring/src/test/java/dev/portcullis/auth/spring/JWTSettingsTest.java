package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.Contexts.RULES;
import static dev.portcullis.auth.spring.Contexts.authenticate;
import static dev.portcullis.auth.spring.Contexts.runner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.KeyStatus;
import dev.portcullis.auth.jwt.TokenStatistics;
import dev.portcullis.auth.testkit.TokenBuilder;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Each property under {@code portcullis.jwt} does what it says, on real tokens. */
class JWTSettingsTest {

    private static TokenIssuer issuer;
    private static TokenIssuer second;

    @BeforeAll
    static void start() {
        issuer = TokenIssuer.start();
        second = TokenIssuer.start();
    }

    @AfterAll
    static void stop() {
        issuer.close();
        second.close();
    }

    private static WebApplicationContextRunner trusting(String... more) {
        return runner().withPropertyValues(
                        RULES,
                        "portcullis.jwt.issuer=" + issuer.issuer(),
                        "portcullis.jwt.jwks-uri=" + issuer.jwks(),
                        "portcullis.jwt.audience=api")
                .withPropertyValues(more);
    }

    private static TokenBuilder token() {
        return issuer.token().audience("api");
    }

    private static Reason reason(ApplicationContext context, TokenBuilder token) {
        return ((Outcome.Rejected) authenticate(context, token.sign())).reason();
    }

    private static void assertAccepted(ApplicationContext context, TokenBuilder token) {
        assertThat(authenticate(context, token.sign())).isInstanceOf(Outcome.Authenticated.class);
    }

    @Test
    void issuer_keys_and_audience_are_those_of_the_properties() {
        trusting().run(context -> {
            assertAccepted(context, token());
            assertThat(reason(context, token().issuer("https://other.example"))).isEqualTo(Reason.INVALID_ISSUER);
            assertThat(reason(context, issuer.token().audience("other"))).isEqualTo(Reason.INVALID_AUDIENCE);
            assertThat(reason(context, second.token().audience("api"))).isEqualTo(Reason.INVALID_SIGNATURE);
        });
    }

    @Test
    void audience_can_be_several() {
        trusting("portcullis.jwt.audience=one, two").run(context -> {
            assertAccepted(context, issuer.token().audience("two"));
            assertThat(reason(context, token())).isEqualTo(Reason.INVALID_AUDIENCE);
        });
    }

    @Test
    void any_audience_takes_the_place_of_an_audience() {
        runner().withPropertyValues(
                        RULES,
                        "portcullis.jwt.issuer=" + issuer.issuer(),
                        "portcullis.jwt.jwks-uri=" + issuer.jwks(),
                        "portcullis.jwt.any-audience=true")
                .run(context -> assertAccepted(context, issuer.token().audience("whatever")));
    }

    @Test
    void authorized_parties_are_looked_at_when_named() {
        trusting("portcullis.jwt.authorized-parties=https://app.example").run(context -> {
            assertAccepted(context, token().authorizedParty("https://app.example"));
            assertThat(reason(context, token())).isEqualTo(Reason.INVALID_AUTHORIZED_PARTY);
        });
    }

    @Test
    void several_issuers_have_each_its_keys_and_audience() {
        runner().withPropertyValues(
                        RULES,
                        "portcullis.jwt.issuers[0].issuer=" + issuer.issuer(),
                        "portcullis.jwt.issuers[0].jwks-uri=" + issuer.jwks(),
                        "portcullis.jwt.issuers[0].audience=one",
                        "portcullis.jwt.issuers[1].issuer=" + second.issuer(),
                        "portcullis.jwt.issuers[1].jwks-uri=" + second.jwks(),
                        "portcullis.jwt.issuers[1].any-audience=true",
                        "portcullis.jwt.issuers[1].authorized-parties=party")
                .run(context -> {
                    assertAccepted(context, issuer.token().audience("one"));
                    assertAccepted(context, second.token().authorizedParty("party"));
                    assertThat(reason(context, issuer.token().audience("two"))).isEqualTo(Reason.INVALID_AUDIENCE);
                    assertThat(reason(context, second.token())).isEqualTo(Reason.INVALID_AUTHORIZED_PARTY);
                });
    }

    @Test
    void clock_skew_holds_for_tokens_of_the_future() {
        Instant soon = Instant.now().plusSeconds(60);
        trusting()
                .run(context ->
                        assertThat(reason(context, token().notBefore(soon))).isEqualTo(Reason.TOKEN_NOT_YET_VALID));
        trusting("portcullis.jwt.clock-skew=4m").run(context -> assertAccepted(context, token().notBefore(soon)));
    }

    @Test
    void permissions_claims_are_those_that_are_named() {
        trusting("portcullis.jwt.permissions-claim=scope, scp").run(context -> {
            Outcome outcome = authenticate(
                    context,
                    token().claim("scope", "catalog:read holdings:read")
                            .permissions("catalog:write")
                            .sign());
            assertThat(((Outcome.Authenticated) outcome).caller().permissions())
                    .containsExactlyInAnyOrder("catalog:read", "holdings:read");
        });
    }

    @Test
    void a_token_over_the_maximum_length_is_malformed() {
        trusting("portcullis.jwt.maximum-token-length=512")
                .run(context -> assertThat(reason(context, token().claim("x", "y".repeat(600))))
                        .isEqualTo(Reason.MALFORMED_TOKEN));
    }

    @Test
    void without_cached_tokens_none_is_remembered() {
        trusting().run(context -> assertThat(afterTwice(context).hits()).isEqualTo(1));
        trusting("portcullis.jwt.cached-tokens=0")
                .run(context -> assertThat(afterTwice(context)).isEqualTo(new TokenStatistics(0, 0, 0)));
    }

    private static TokenStatistics afterTwice(ApplicationContext context) {
        String token = token().sign();
        authenticate(context, token);
        authenticate(context, token);
        return context.getBean(JWKSAuthentication.class).statistics();
    }

    @Test
    void fetch_settings_bound_what_is_fetched() {
        trusting("portcullis.jwt.fetch.maximum-size=100B").run(JWTSettingsTest::assertUnavailable);
        trusting("portcullis.jwt.fetch.maximum-keys=1").run(context -> assertAccepted(context, token()));
    }

    private static KeyStatus keyStatus(JWKSAuthentication tokens) {
        return Objects.requireNonNull(tokens.keyStatus().get(issuer.issuer()));
    }

    private static void assertUnavailable(ApplicationContext context) {
        JWKSAuthentication tokens = context.getBean(JWKSAuthentication.class);
        await().untilAsserted(
                        () -> assertThat(keyStatus(tokens).failedFetches()).isPositive());
        String token = token().sign();
        assertThatThrownBy(() -> authenticate(context, token)).isInstanceOf(AuthUnavailableException.class);
    }

    @Test
    void the_application_starts_while_its_issuer_is_down() {
        trusting("portcullis.jwt.jwks-uri=http://127.0.0.1:1/jwks.json").run(context -> {
            assertThat(context).hasNotFailed();
            assertUnavailable(context);
        });
    }

    @Test
    void the_end_of_the_context_ends_the_fetching() {
        trusting().run(context -> {
            JWKSAuthentication tokens = context.getBean(JWKSAuthentication.class);
            assertAccepted(context, token());
            context.close();
            assertThat(keyStatus(tokens).usable()).isTrue();
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("portcullis-keys")));
        });
    }
}
