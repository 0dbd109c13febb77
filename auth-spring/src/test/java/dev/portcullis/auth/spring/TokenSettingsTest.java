package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.SettingValuesTest.assertRefused;
import static dev.portcullis.auth.spring.SettingValuesTest.properties;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.testkit.TokenBuilder;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of {@code portcullis.jwt}, without a context. */
class TokenSettingsTest {

    private static final String NOWHERE = "http://127.0.0.1:1/";
    private static final String[] ONE = {"jwt.issuer=a", "jwt.jwks-uri=" + NOWHERE, "jwt.audience=api"};

    private static String[] with(String[] lines, String... more) {
        return Stream.of(lines, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private static JWKSAuthentication made(String... lines) {
        return new TokenSettings(properties(lines)).authentication();
    }

    private static void refuse(String property, String... lines) {
        assertRefused("jwt." + property, () -> made(lines).close());
    }

    @Test
    void an_issuer_is_described_in_full() {
        refuse("issuer");
        refuse("issuer", "jwt.issuer= ", "jwt.jwks-uri=" + NOWHERE, "jwt.audience=api");
        refuse("jwks-uri", "jwt.issuer=a", "jwt.audience=api");
        refuse("jwks-uri", "jwt.issuer=a", "jwt.jwks-uri=http://a b/", "jwt.audience=api");
        refuse("jwks-uri", "jwt.issuer=a", "jwt.jwks-uri=http://issuer.example/", "jwt.audience=api");
        refuse("audience", "jwt.issuer=a", "jwt.jwks-uri=" + NOWHERE);
        refuse("any-audience", with(ONE, "jwt.any-audience=true"));
        refuse("issuers", with(ONE, "jwt.issuers[0].issuer=b"));
        refuse("issuers[0].jwks-uri", "jwt.issuers[0].issuer=b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clock-skew=1h",
                "maximum-token-length=0",
                "cached-tokens=-1",
                "permissions-claim= ,",
                "fetch.timeout=0s",
                "fetch.minimum-freshness=0s",
                "fetch.default-freshness=1s",
                "fetch.maximum-freshness=25h",
                "fetch.maximum-staleness=10000d",
                "fetch.unknown-key-cooldown=0s",
                "fetch.maximum-size=0B",
                "fetch.maximum-keys=0",
                "fetch.maximum-waiters=-1"
            })
    void what_is_out_of_range_is_named(String line) {
        refuse(line.substring(0, line.indexOf('=')), with(ONE, "jwt." + line));
    }

    @Test
    void keys_of_others_are_told_by_their_prefix() {
        assertRefused(
                "api-keys.prefix", () -> made(with(ONE, "api-keys.prefix=GRD")).close());
    }

    private static Outcome judged(TokenBuilder token, String... lines) {
        try (JWKSAuthentication tokens = made(lines)) {
            return tokens.authenticate(new Contexts.Bearer(token.sign()));
        }
    }

    private static Reason reason(TokenBuilder token, String... lines) {
        return ((Outcome.Rejected) judged(token, lines)).reason();
    }

    @Test
    void tokens_are_judged_as_the_properties_say() {
        try (TokenIssuer issuer = TokenIssuer.start()) {
            String[] keys = {"jwt.issuer=" + issuer.issuer(), "jwt.jwks-uri=" + issuer.jwks()};
            TokenBuilder token = issuer.token().audience("api").permissions("a").claim("scope", "b");
            Outcome outcome = judged(token, with(keys, "jwt.audience=api", "jwt.permissions-claim=scope"));
            assertThat(((Outcome.Authenticated) outcome).caller().permissions()).containsExactly("b");
            assertThat(judged(token, with(keys, "jwt.any-audience=true"))).isInstanceOf(Outcome.Authenticated.class);
            assertThat(reason(token, with(keys, "jwt.audience=other"))).isEqualTo(Reason.INVALID_AUDIENCE);
            assertThat(reason(token, with(keys, "jwt.audience=api", "jwt.authorized-parties=app")))
                    .isEqualTo(Reason.INVALID_AUTHORIZED_PARTY);
        }
    }

    @Test
    void of_several_issuers_the_one_that_is_wrong_is_named() {
        String[] good = {
            "jwt.issuers[0].issuer=a", "jwt.issuers[0].jwks-uri=" + NOWHERE, "jwt.issuers[0].any-audience=true"
        };
        refuse(
                "issuers[1].jwks-uri",
                with(
                        good,
                        "jwt.issuers[1].issuer=b",
                        "jwt.issuers[1].jwks-uri=http://a b/",
                        "jwt.issuers[1].audience=b"));
        refuse(
                "issuers[1]",
                with(
                        good,
                        "jwt.issuers[1].issuer=a",
                        "jwt.issuers[1].jwks-uri=" + NOWHERE,
                        "jwt.issuers[1].audience=b"));
    }
}
