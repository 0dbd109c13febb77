package dev.portcullis.auth.jwt;

import static dev.portcullis.auth.jwt.TokenFactory.HEADER;
import static dev.portcullis.auth.jwt.TokenFactory.KEY;
import static dev.portcullis.auth.jwt.TokenFactory.OTHER_KEY;
import static dev.portcullis.auth.jwt.TokenFactory.base64;
import static dev.portcullis.auth.jwt.TokenFactory.jwk;
import static dev.portcullis.auth.jwt.TokenFactory.request;
import static dev.portcullis.auth.jwt.TokenFactory.signed;
import static dev.portcullis.auth.jwt.TokenFactory.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The token profile: contract sections 2 and 3. */
class JWKSAuthenticationTest {

    private static final long NOW = 1_800_000_000;
    private static final String ISSUER = "https://issuer.example";

    private static TokenFactory factory;

    private Instant now = Instant.ofEpochSecond(NOW);
    private JWKSAuthentication method = method(trusted());

    @BeforeAll
    static void start() {
        factory = new TokenFactory();
    }

    @AfterAll
    static void stop() {
        factory.close();
    }

    @AfterEach
    void close() {
        method.close();
    }

    private static TrustedIssuer.Builder trusted() {
        return TrustedIssuer.named(ISSUER).jwks(factory.jwks()).audience("api");
    }

    private JWKSAuthentication method(TrustedIssuer.Builder issuer) {
        return configured(issuer).build();
    }

    private JWKSAuthentication.Builder configured(TrustedIssuer.Builder issuer) {
        InstantSource clock = () -> now;
        return JWKSAuthentication.builder().clock(clock).trust(issuer.build());
    }

    private void use(JWKSAuthentication other) {
        method.close();
        method = other;
    }

    private static String claims(String more) {
        return "{\"iss\":\"" + ISSUER + "\",\"aud\":\"api\",\"exp\":" + (NOW + 60) + more + "}";
    }

    private Outcome judge(String token) {
        return method.authenticate(request("Bearer " + token));
    }

    private Caller accepted(String token) {
        assertThat(judge(token)).isInstanceOf(Outcome.Authenticated.class);
        return ((Outcome.Authenticated) judge(token)).caller();
    }

    private void refused(String token, Reason reason) {
        assertThat(judge(token)).as(token).isEqualTo(Outcome.rejected(reason, CredentialKind.JWT));
        assertThat(judge(token)).as("the second time").isEqualTo(Outcome.rejected(reason, CredentialKind.JWT));
    }

    @Test
    void a_good_token_makes_a_caller_with_its_claims() {
        Caller caller = accepted(token(claims(
                ",\"sub\":\"user_1\",\"sid\":\"s\",\"permissions\":[\"catalog:read\",\"holdings:read\"],\"n\":null,"
                        + "\"deep\":{\"a\":[1,null,2.5],\"b\":null}")));
        assertThat(caller.subject()).isEqualTo("user_1");
        assertThat(caller.getName()).isEqualTo("user_1");
        assertThat(caller.kind()).isEqualTo(CredentialKind.JWT);
        assertThat(caller.permissions()).containsExactlyInAnyOrder("catalog:read", "holdings:read");
        assertThat(caller.attributes())
                .containsEntry("sid", "s")
                .containsEntry("exp", NOW + 60)
                .containsEntry("deep", Map.of("a", List.of(1L, new java.math.BigDecimal("2.5"))))
                .doesNotContainKey("n");
    }

    @Test
    void a_token_may_be_as_long_as_is_allowed_and_no_longer() {
        String token = token(claims(",\"x\":\"" + "x".repeat(400) + "\""));
        use(configured(trusted()).maximumTokenLength(token.length()).build());
        accepted(token);
        use(configured(trusted()).maximumTokenLength(token.length() - 1).build());
        refused(token, Reason.MALFORMED_TOKEN);
    }

    /** A null that stands in a list alone is as little for the application as one among members. */
    @Test
    void nulls_in_lists_are_left_out_of_the_attributes() {
        assertThat(accepted(token(claims(",\"a\":[null]"))).attributes()).containsEntry("a", List.of());
        assertThat(accepted(token(claims(",\"a\":[[1,null]]"))).attributes()).containsEntry("a", List.of(List.of(1L)));
    }

    @Test
    void a_missing_sub_is_allowed() {
        Caller caller = accepted(token(claims("")));
        assertThat(caller.subject()).isNull();
        assertThat(caller.getName()).isEmpty();
        assertThat(caller.permissions()).isEmpty();
    }

    @Test
    void other_credentials_are_not_applicable() {
        for (String value : List.of("Basic dTpw", "Bearerx y", "", "grd_live_x", "DPoP abc", "Bearer grd_live_x")) {
            assertThat(method.authenticate(request(value))).as(value).isEqualTo(Outcome.notApplicable());
        }
        assertThat(method.authenticate(request(Map.of()))).isEqualTo(Outcome.notApplicable());
        assertThat(method.authenticate(request(Map.of("x-api-key", List.of("k")))))
                .isEqualTo(Outcome.notApplicable());
    }

    @Test
    void a_token_beside_an_api_key_is_more_than_one_credential() {
        String token = token(claims(""));
        for (String key : List.of("grd_live_x", token)) {
            Outcome outcome = method.authenticate(
                    request(Map.of("authorization", List.of("Bearer " + token), "x-api-key", List.of(key))));
            assertThat(outcome).isEqualTo(Outcome.rejected(Reason.MORE_THAN_ONE_CREDENTIAL, null));
        }
    }

    /** Contract section 1: "The scheme name `Bearer` is compared without regard to case (RFC 9110)". */
    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "bEaReR   "})
    void the_scheme_is_compared_without_regard_to_case(String scheme) {
        assertThat(method.authenticate(request(scheme + token(claims(""))))).isInstanceOf(Outcome.Authenticated.class);
    }

    @Test
    void a_token_over_16_KiB_is_malformed_and_one_of_exactly_that_is_not() {
        String rest = "";
        String token = token(claims(",\"x\":\"" + rest + "\""));
        while (token.length() < 16_384) {
            rest += "x".repeat(Math.max(1, (16_384 - token.length()) * 3 / 4));
            token = token(claims(",\"x\":\"" + rest + "\""));
        }
        if (token.length() == 16_384) {
            accepted(token);
            rest += "xx";
            token = token(claims(",\"x\":\"" + rest + "\""));
        }
        refused(token, Reason.MALFORMED_TOKEN);
    }

    @Test
    void what_is_not_three_parts_of_strict_base64url_is_malformed() {
        String good = token(claims(""));
        String[] part = good.split("\\.", -1);
        accepted(good);
        for (String bad : List.of(
                "x",
                ".",
                "..",
                "...",
                part[0],
                part[0] + "." + part[1],
                good + ".",
                "." + good,
                good + "." + part[2],
                good + "=",
                part[0] + "=." + part[1] + "." + part[2],
                good + "\u00e9",
                good + "\u0100",
                part[0] + "." + part[1] + "." + part[2].replace('-', '+').replace('_', '/') + "+",
                part[0] + "!." + part[1] + "." + part[2],
                good.substring(0, good.length() - 1) + "\0",
                part[0] + "." + part[1] + "." + part[2].substring(0, 341),
                part[0] + "\u2024" + part[1] + "." + part[2],
                "%" + good,
                "\"" + good + "\"")) {
            refused(bad, Reason.MALFORMED_TOKEN);
        }
    }

    /** Contract section 3: "a second spelling of a token (padding, inserted characters) is never accepted". */
    @Test
    void a_second_spelling_of_the_signature_is_refused() {
        String good = token(claims(""));
        accepted(good);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char last = good.charAt(good.length() - 1);
        int value = alphabet.indexOf(last);
        for (int bits = 1; bits < 16; bits++) {
            refused(good.substring(0, good.length() - 1) + alphabet.charAt(value | bits), Reason.MALFORMED_TOKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"RS256\"",
                "{",
                "{\"alg\":\"RS256\",\"alg\":\"RS256\"}",
                "{\"alg\":\"RS256\"}x",
                "{\"alg\":\"RS256\",\"a\":1,\"a\":2}",
                "\uFEFF{\"alg\":\"RS256\"}",
                "{\"alg\":\"none\",\"alg\":\"RS256\"}"
            })
    void a_header_that_is_not_one_JSON_object_is_malformed(String header) {
        refused(token(header, claims("")), Reason.MALFORMED_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"alg\":\"none\"}",
                "{\"alg\":\"None\"}",
                "{\"alg\":\"rs256\"}",
                "{\"alg\":\"RS256 \"}",
                "{\"alg\":\"HS256\"}",
                "{\"alg\":\"RS384\"}",
                "{\"alg\":\"PS256\"}",
                "{\"alg\":\"ES256\"}",
                "{\"alg\":null}",
                "{\"alg\":256}",
                "{\"alg\":[\"RS256\"]}",
                "{\"alg\":\"\"}",
                "{\"ALG\":\"RS256\"}",
                "{\"alg\":\"none\",\"crit\":[\"x\"]}",
                "{\"alg\":\"RS256\\u0000\"}",
                "{\"alg\":\"EdDSA\",\"zip\":\"DEF\"}"
            })
    void any_algorithm_but_RS256_is_refused_before_anything_else_in_the_header(String header) {
        refused(token(header, claims("")), Reason.INVALID_SIGNING_ALGORITHM);
        refused(base64(header) + "." + base64(claims("")) + ".", Reason.INVALID_SIGNING_ALGORITHM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"crit\":[\"exp\"]",
                "\"crit\":[]",
                "\"crit\":null",
                "\"b64\":false",
                "\"b64\":true",
                "\"zip\":\"DEF\"",
                "\"cty\":\"JWT\"",
                "\"cty\":\"jwt\"",
                "\"cty\":\"application/JWT\"",
                "\"cty\":5",
                "\"typ\":\"JWE\"",
                "\"typ\":\"\"",
                "\"typ\":null",
                "\"typ\":7",
                "\"typ\":\"dpop+jwt\"",
                "\"typ\":\"id+jwt\"",
                "\"typ\":\"JWT \"",
                "\"typ\":\"application/application/jwt\"",
                "\"typ\":\"logout+jwt\"",
                "\"typ\":\"application/\"",
                "\"typ\":\"J\u017aT\"",
                "\"zip\":null"
            })
    void a_header_that_changes_the_meaning_is_refused(String member) {
        refused(
                token("{\"alg\":\"RS256\",\"kid\":\"key-1\"," + member + "}", claims("")),
                Reason.UNSUPPORTED_TOKEN_HEADER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"typ\":\"JWT\"", "\"typ\":\"jwt\"", "\"typ\":\"at+jwt\"", "\"typ\":\"AT+JWT\"",
                "\"typ\":\"application/at+jwt\"", "\"typ\":\"Application/JWT\"", "\"cty\":\"json\"", "\"x\":null",
                "\"jku\":\"http://127.0.0.1:1/\",\"x5u\":\"http://127.0.0.1:1/\",\"jwk\":{},\"x5c\":[\"x\"]"
            })
    void a_header_that_does_not_is_let_in(String member) {
        accepted(token("{\"alg\":\"RS256\",\"kid\":\"key-1\"," + member + "}", claims("")));
    }

    @Test
    void a_wrong_signature_or_key_is_refused_whatever_the_payload_says() {
        String[] part = token(claims("")).split("\\.", -1);
        String other = token(claims(",\"sub\":\"a\"")).split("\\.", -1)[2];
        for (String payload : List.of(claims(""), "{\"exp\":1}", "not json", "{\"iss\":5}")) {
            String input = part[0] + "." + base64(payload);
            refused(input + "." + other, Reason.INVALID_SIGNATURE);
            refused(input + ".", Reason.INVALID_SIGNATURE);
            refused(input + ".AAAA", Reason.INVALID_SIGNATURE);
            refused(signed(input, OTHER_KEY), Reason.INVALID_SIGNATURE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"nobody\"", "\"\"", "\"KEY-1\"", "\"key-1 \"", "5", "null", "[\"key-1\"]", "{}"})
    void a_kid_that_names_no_key_is_an_invalid_signature(String kid) {
        refused(token("{\"alg\":\"RS256\",\"kid\":" + kid + "}", claims("")), Reason.UNKNOWN_SIGNING_KEY);
        assertThat(Reason.UNKNOWN_SIGNING_KEY.detail()).isEqualTo("Invalid signature.");
    }

    /** Contract section 3: "checked against the one usable key if the set has exactly one". */
    @Test
    void a_token_without_kid_is_checked_against_the_only_key() {
        String token = token("{\"alg\":\"RS256\"}", claims(""));
        accepted(token);
        try (TokenFactory two = new TokenFactory()) {
            two.publish(jwk(KEY, "a"), jwk(OTHER_KEY, "b"));
            use(method(TrustedIssuer.named(ISSUER).jwks(two.jwks()).audience("api")));
            refused(token, Reason.UNKNOWN_SIGNING_KEY);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"x\"",
                "{",
                "{}",
                "{\"exp\":null}",
                "{\"exp\":\"1800000060\"}",
                "{\"exp\":true}",
                "{\"exp\":[1800000060]}",
                "{\"exp\":-1}",
                "{\"exp\":-0.5}",
                "{\"exp\":253402300800}",
                "{\"exp\":1e300}",
                "{\"exp\":1e999}",
                "{\"exp\":1800000060,\"exp\":1800000060}",
                "{\"exp\":1800000060,\"iss\":5}",
                "{\"exp\":1800000060,\"iss\":null}",
                "{\"exp\":1800000060,\"sub\":5}",
                "{\"exp\":1800000060,\"sub\":null}",
                "{\"exp\":1800000060,\"sub\":[\"a\"]}",
                "{\"exp\":1800000060,\"aud\":5}",
                "{\"exp\":1800000060,\"aud\":null}",
                "{\"exp\":1800000060,\"aud\":[\"api\",5]}",
                "{\"exp\":1800000060,\"aud\":[null]}",
                "{\"exp\":1800000060,\"aud\":{\"api\":1}}",
                "{\"exp\":1800000060,\"nbf\":\"1\"}",
                "{\"exp\":1800000060,\"nbf\":null}",
                "{\"exp\":1800000060,\"iat\":{}}",
                "{\"exp\":1800000060,\"jti\":7}",
                "{\"exp\":1800000060,\"a\":{\"b\":1,\"b\":1}}",
                "{\"exp\":1800000060} x"
            })
    void a_signed_payload_with_malformed_claims_is_refused(String payload) {
        refused(token(payload), Reason.MALFORMED_CLAIMS);
        assertThat(Reason.MALFORMED_CLAIMS.detail()).isEqualTo("Invalid token.");
    }

    @Test
    void a_token_bound_to_a_key_is_refused() {
        refused(token(claims(",\"cnf\":{\"jkt\":\"x\"}")), Reason.TOKEN_BOUND_TO_KEY);
        refused(token(claims(",\"cnf\":null")), Reason.TOKEN_BOUND_TO_KEY);
    }

    /** Contract section 2: "`exp` is not after now"; section 3: "`exp` has no grace". */
    @ParameterizedTest
    @CsvSource({
        "1800000000, -1, true",
        "1800000000, 0, false",
        "1800000000, 1, false",
        "1800000000.5, 499, true",
        "1800000000.5, 500, false",
        "1.8e9, -1, true",
        "1.8e9, 0, false",
        "253402300799, 0, true",
        "0, 0, false"
    })
    void exp_is_compared_to_the_millisecond(String exp, int millis, boolean good) {
        now = Instant.ofEpochSecond(NOW).plusMillis(millis);
        String token = token("{\"iss\":\"" + ISSUER + "\",\"aud\":\"api\",\"exp\":" + exp + "}");
        if (good) {
            accepted(token);
        } else {
            refused(token, Reason.TOKEN_EXPIRED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nbf", "iat"})
    void nbf_and_iat_are_allowed_five_seconds(String claim) {
        accepted(token(claims(",\"" + claim + "\":" + (NOW + 5))));
        accepted(token(claims(",\"" + claim + "\":-1")));
        accepted(token(claims(",\"" + claim + "\":0.5")));
        refused(token(claims(",\"" + claim + "\":" + (NOW + 6))), Reason.TOKEN_NOT_YET_VALID);
        refused(token(claims(",\"" + claim + "\":" + NOW + 5 + ".001")), Reason.TOKEN_NOT_YET_VALID);
        refused(token(claims(",\"" + claim + "\":1e300")), Reason.TOKEN_NOT_YET_VALID);
        use(configured(trusted()).clockSkew(Duration.ZERO).build());
        accepted(token(claims(",\"" + claim + "\":" + NOW)));
        refused(token(claims(",\"" + claim + "\":" + (NOW + 1))), Reason.TOKEN_NOT_YET_VALID);
    }

    @Test
    void the_claims_are_decided_in_the_order_of_the_contract() {
        use(method(trusted().authorizedParties("https://app.example")));
        refused(token("{\"exp\":1,\"nbf\":1e11}"), Reason.TOKEN_EXPIRED);
        refused(token("{\"exp\":1e11,\"nbf\":1e11,\"aud\":\"x\"}"), Reason.TOKEN_NOT_YET_VALID);
        refused(token("{\"exp\":1e11,\"aud\":\"x\",\"iss\":\"x\"}"), Reason.INVALID_AUDIENCE);
        refused(token("{\"exp\":1e11,\"aud\":\"api\",\"iss\":\"x\",\"azp\":\"x\"}"), Reason.INVALID_ISSUER);
        refused(
                token("{\"exp\":1e11,\"aud\":\"api\",\"iss\":\"" + ISSUER + "\",\"azp\":\"x\"}"),
                Reason.INVALID_AUTHORIZED_PARTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"api\"", "[\"api\"]", "[\"x\",\"api\"]", "[\"second\"]"})
    void an_audience_that_is_configured_is_enough(String aud) {
        use(method(trusted().audience("second")));
        accepted(token("{\"iss\":\"" + ISSUER + "\",\"exp\":1e11,\"aud\":" + aud + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"API\"", "[]", "[\"\"]", "\"api \"", "[\"api/\",\"ap\"]", "\"\""})
    void any_other_audience_is_invalid(String aud) {
        refused(token("{\"iss\":\"" + ISSUER + "\",\"exp\":1e11,\"aud\":" + aud + "}"), Reason.INVALID_AUDIENCE);
    }

    @Test
    void a_missing_audience_is_invalid_unless_any_is_accepted() {
        String token = token("{\"iss\":\"" + ISSUER + "\",\"exp\":1e11}");
        refused(token, Reason.INVALID_AUDIENCE);
        use(method(TrustedIssuer.named(ISSUER).jwks(factory.jwks()).acceptAnyAudience()));
        accepted(token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"iss\":\"https://issuer.example/\"",
                "\"iss\":\"HTTPS://issuer.example\"",
                "\"x\":1",
                "\"iss\":\"\""
            })
    void the_issuer_must_match_exactly(String iss) {
        refused(token("{\"exp\":1e11,\"aud\":\"api\"," + iss + "}"), Reason.INVALID_ISSUER);
    }

    @Test
    void the_authorized_party_is_looked_at_only_when_configured() {
        accepted(token(claims(",\"azp\":5")));
        use(method(trusted().authorizedParties("https://app.example", "b")));
        accepted(token(claims(",\"azp\":\"https://app.example\"")));
        accepted(token(claims(",\"azp\":\"b\"")));
        for (String azp : List.of("", ",\"azp\":\"B\"", ",\"azp\":\"\"", ",\"azp\":[\"b\"]", ",\"azp\":null")) {
            refused(token(claims(azp)), Reason.INVALID_AUTHORIZED_PARTY);
        }
    }

    /** Contract section 3: "Anything else, and any entry that is not a string, grants nothing". */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"a\",\"b\"]|a,b", "\"a b\"|a,b", "\" a  b \"|a,b", "[]|", "\"\"|",
                        "[\"a\",5,null,[\"c\"],{\"d\":1}]|a",
                "5|", "null|", "{\"a\":true}|", "true|", "[\"A\",\"a\",\"a\"]|A,a", "[\"a b\"]|a b"
            })
    void permissions_are_a_list_or_a_spaced_string(String claim, String expected) {
        List<String> granted = expected == null ? List.of() : List.of(expected.split(",", -1));
        assertThat(accepted(token(claims(",\"permissions\":" + claim))).permissions())
                .containsExactlyInAnyOrderElementsOf(granted);
    }

    @Test
    void permissions_come_from_the_configured_claims_alone() {
        String token = token(claims(",\"permissions\":[\"p\"],\"scope\":\"s t\",\"scp\":[\"u\"]"));
        assertThat(accepted(token).permissions()).containsExactly("p");
        use(configured(trusted()).permissionsClaim("scope", "scp").build());
        assertThat(accepted(token).permissions()).containsExactlyInAnyOrder("s", "t", "u");
    }

    @Test
    void several_issuers_have_keys_of_their_own() {
        try (TokenFactory second = new TokenFactory()) {
            second.publish(jwk(OTHER_KEY, "key-1"));
            TrustedIssuer.Builder other = TrustedIssuer.named("https://second.example")
                    .jwks(second.jwks())
                    .audience("other");
            use(configured(trusted()).trust(other.build()).build());
            String payload = "{\"iss\":\"https://second.example\",\"aud\":\"other\",\"exp\":1e11}";
            String input = base64(HEADER) + "." + base64(payload);
            accepted(signed(input, OTHER_KEY));
            accepted(token(claims("")));
            refused(signed(input, KEY), Reason.INVALID_SIGNATURE);
            refused(signed(base64(HEADER) + "." + base64(claims("")), OTHER_KEY), Reason.INVALID_SIGNATURE);
            refused(token("{\"iss\":\"https://third.example\",\"exp\":1}"), Reason.INVALID_ISSUER);
            refused(token("{\"exp\":1}"), Reason.INVALID_ISSUER);
            refused(token("{\"iss\":\"https://second.example\",\"cnf\":1}"), Reason.INVALID_SIGNATURE);
            refused(
                    signed(base64(HEADER) + "." + base64(payload.replace("other", "api")), OTHER_KEY),
                    Reason.INVALID_AUDIENCE);
        }
    }

    @Test
    void a_remembered_token_expires_all_the_same() {
        String token = token(claims(",\"nbf\":" + NOW));
        accepted(token);
        now = Instant.ofEpochSecond(NOW - 6);
        refused(token, Reason.TOKEN_NOT_YET_VALID);
        now = Instant.ofEpochSecond(NOW + 59);
        accepted(token);
        now = Instant.ofEpochSecond(NOW + 60);
        refused(token, Reason.TOKEN_EXPIRED);
    }

    @Test
    void a_remembered_token_gives_the_same_caller_and_without_memory_an_equal_one() {
        String token = token(claims(",\"sub\":\"a\""));
        assertThat(accepted(token)).isSameAs(accepted(token));
        use(configured(trusted()).cachedTokens(0).build());
        assertThat(accepted(token)).isNotSameAs(accepted(token)).isEqualTo(accepted(token));
    }

    @Test
    void the_statistics_tell_tokens_that_were_known_from_others() {
        String token = token(claims(",\"sub\":\"a\""));
        accepted(token);
        accepted(token);
        accepted(token);
        refused(token + "x", Reason.MALFORMED_TOKEN); // this, like the others, judges twice
        assertThat(method.statistics()).isEqualTo(new TokenStatistics(5, 3, 1));
        assertThat(method.keyStatus()).containsOnlyKeys(ISSUER).hasEntrySatisfying(ISSUER, status -> {
            assertThat(status.usable()).isTrue();
            assertThat(status.usableKeys()).isPositive();
        });
        use(configured(trusted()).cachedTokens(0).build());
        accepted(token);
        assertThat(method.statistics()).isEqualTo(new TokenStatistics(0, 0, 0));
    }

    @Test
    void settings_that_are_missing_or_contradict_are_refused_when_built() {
        assertThatThrownBy(() -> JWKSAuthentication.builder().build()).hasMessageContaining("trust(TrustedIssuer)");
        assertThatThrownBy(() -> configured(trusted()).trust(trusted().build())).hasMessageContaining("trusted twice");
        assertThatThrownBy(() ->
                        configured(trusted()).clockSkew(Duration.ofSeconds(-1)).build())
                .hasMessageContaining("clockSkew");
        assertThatThrownBy(() ->
                        configured(trusted()).clockSkew(Duration.ofMinutes(6)).build())
                .hasMessageContaining("clockSkew");
        assertThatThrownBy(() -> configured(trusted()).maximumTokenLength(100).build())
                .hasMessageContaining("maximumTokenLength");
        assertThatThrownBy(() -> configured(trusted()).permissionsClaim().build())
                .hasMessageContaining("permissionsClaim");
        assertThatThrownBy(() -> configured(trusted()).apiKeyPrefix("GRD").build())
                .hasMessageContaining("apiKeyPrefix");
        assertThatThrownBy(() -> configured(trusted()).cachedTokens(-1).build()).hasMessageContaining("cachedTokens");
        assertThatThrownBy(
                        () -> TrustedIssuer.named(ISSUER).jwks(factory.jwks()).build())
                .hasMessageContaining("audience");
        assertThatThrownBy(() -> trusted().acceptAnyAudience().build()).hasMessageContaining("keep one");
        assertThatThrownBy(() -> TrustedIssuer.named(ISSUER).audience("a").build())
                .hasMessageContaining("jwks");
        assertThatThrownBy(() -> TrustedIssuer.named(" ")
                        .jwks(factory.jwks())
                        .audience("a")
                        .build())
                .hasMessageContaining("no name");
    }

    @Test
    void nothing_shows_a_token() {
        String token = token(claims(",\"sub\":\"a\""));
        assertThat(judge(token).toString() + method + judge(token + "x"))
                .doesNotContain(token)
                .doesNotContain(token.split("\\.", -1)[2]);
    }
}
