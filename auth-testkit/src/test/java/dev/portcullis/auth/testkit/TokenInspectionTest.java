package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.KeySetReport;
import dev.portcullis.auth.jwt.TokenInspection;
import dev.portcullis.auth.jwt.TokenInspection.Check;
import dev.portcullis.auth.jwt.TokenInspection.Result;
import dev.portcullis.auth.jwt.TokenInspection.Verdict;
import dev.portcullis.auth.jwt.TokenInspector;
import dev.portcullis.auth.jwt.TrustedIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An inspection says what an API would answer, and more about it than an API may. */
@Timeout(120)
class TokenInspectionTest {

    private static final String PARTY = "https://app.example";

    private final SettableClock clock = SettableClock.at(Instant.parse("2030-01-01T00:00:00.250Z"));
    private final TokenIssuer issuer = TokenIssuer.start(clock);
    private final TokenIssuer attacker = TokenIssuer.start(clock);

    @AfterEach
    void end() {
        issuer.close();
        attacker.close();
    }

    private KeySetReport keys() {
        return KeySetReport.of(issuer.keySet().getBytes(StandardCharsets.UTF_8));
    }

    private TokenInspector whole() {
        return TokenInspection.builder()
                .keys(keys())
                .issuer(issuer.issuer())
                .audience("api")
                .clock(clock);
    }

    private static TokenInspection inspect(TokenInspector inspector, String token) {
        return inspector.inspect(SecretText.of(token));
    }

    private static Check check(TokenInspection inspection, Reason reason) {
        return inspection.checks().stream()
                .filter(made -> made.reason() == reason)
                .findFirst()
                .orElseThrow();
    }

    private static Result result(TokenInspection inspection, Reason reason) {
        return check(inspection, reason).result();
    }

    /** The reason, and not its words alone. */
    private static @Nullable Reason answer(JWKSAuthentication method, String token) {
        Outcome outcome = method.authenticate(new BearerRequest(token));
        return outcome instanceof Outcome.Rejected rejected ? rejected.reason() : null;
    }

    @Test
    void it_says_what_the_api_answers_to_every_hostile_token() {
        List<HostileToken> hostile = new ArrayList<>(HostileTokens.of(issuer, attacker, "api", clock));
        hostile.addAll(HostileTokens.atTheSkew(issuer, "api", clock));
        List<String> wrong = new ArrayList<>();
        try (JWKSAuthentication method = JWKSAuthentication.builder()
                .clock(clock)
                .trust(TrustedIssuer.named(issuer.issuer())
                        .jwks(issuer.jwks())
                        .audience("api")
                        .build())
                .build()) {
            for (HostileToken token : hostile) {
                Reason answered = answer(method, token.token());
                TokenInspection inspection = inspect(whole(), token.token());
                if (inspection.reason() != answered || inspection.verdict() != Verdict.REFUSED) {
                    wrong.add(token.name() + ": " + inspection + " for " + answered);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(attacker.fetches()).isZero();
    }

    @Test
    void it_says_what_the_api_answers_to_other_parties() {
        for (HostileToken token : HostileTokens.ofOtherParties(issuer, "api", PARTY, clock)) {
            Reason reason =
                    inspect(whole().authorizedParties(PARTY), token.token()).reason();
            assertThat(reason == null ? null : reason.detail()).as(token.name()).isEqualTo(token.detail());
        }
    }

    /** What comes before the fault passed, and nothing is said to have passed that was not looked at. */
    @Test
    void checks_before_the_first_fault_passed_and_stand_in_the_contracts_order() {
        for (HostileToken token : HostileTokens.of(issuer, attacker, "api", clock)) {
            List<Check> checks = inspect(whole(), token.token()).checks();
            assertThat(checks).extracting(Check::reason).containsExactlyElementsOf(order());
            assertThat(checks.stream().takeWhile(made -> made.result() != Result.FAILED))
                    .as(token.name())
                    .extracting(Check::result)
                    .doesNotContain(Result.NOT_CHECKED);
        }
    }

    private static List<Reason> order() {
        return Stream.concat(
                        Stream.of(Reason.EMPTY_BEARER, Reason.BEARER_WITH_SPACES),
                        Stream.of(Reason.values())
                                .filter(reason -> reason.name()
                                        .matches(".*TOKEN.*|.*ALGORITHM|.*SIGNATURE|.*KEYS?"
                                                + "|.*CLAIMS|.*AUDIENCE|.*ISSUER|.*PARTY|SIGNING_KEYS_UNAVAILABLE"))
                                .filter(reason -> !reason.name().matches(".*(API_KEY|SESSION|REQUEST|HEADERS).*"))
                                .filter(reason -> reason != Reason.SIGNING_KEYS_UNAVAILABLE))
                .flatMap(reason -> reason == Reason.UNKNOWN_SIGNING_KEY
                        ? Stream.of(Reason.SIGNING_KEYS_UNAVAILABLE, reason)
                        : Stream.of(reason))
                .toList();
    }

    @Test
    void a_good_token_is_let_in() {
        TokenInspection good = inspect(
                whole(), issuer.token().audience("api").permissions("a:read").sign());
        assertThat(good.verdict()).isEqualTo(Verdict.LET_IN);
        assertThat(good.reason()).isNull();
        assertThat(good.isVerified()).isTrue();
        assertThat(good.header()).containsEntry("alg", "RS256").containsEntry("kid", "key-1");
        assertThat(good.claims())
                .containsEntry("sub", "user-1")
                .containsEntry("permissions", List.of("a:read"))
                .containsEntry("iat", 1893456000L);
        assertThat(good.checks()).extracting(Check::result).containsOnly(Result.PASSED);
    }

    /** Contract: "`exp` is not after now"; no grace. */
    @ParameterizedTest
    @CsvSource({"299.749,LET_IN", "299.75,REFUSED"})
    void the_time_to_judge_by_can_be_given(String later, Verdict verdict) {
        String token = issuer.token().audience("api").sign();
        clock.advance(Duration.ofMillis((long) (Double.parseDouble(later) * 1000)));
        assertThat(inspect(whole(), token).verdict()).isEqualTo(verdict);
    }

    @Test
    void without_keys_nothing_is_decided_and_nothing_is_verified() {
        TokenInspector inspector = TokenInspection.builder()
                .issuer(issuer.issuer())
                .audience("api")
                .clock(clock);
        TokenInspection inspection =
                inspect(inspector, issuer.token().audience("api").sign());
        assertThat(inspection.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(inspection.isVerified()).isFalse();
        assertThat(inspection.claims()).containsEntry("sub", "user-1");
        assertThat(check(inspection, Reason.INVALID_SIGNATURE))
                .isEqualTo(new Check(Reason.INVALID_SIGNATURE, Result.NOT_CHECKED, "no keys were given"));
        assertThat(result(inspection, Reason.INVALID_AUDIENCE)).isEqualTo(Result.PASSED);
    }

    @Test
    void without_issuer_or_audience_nothing_is_decided_either() {
        String token = issuer.token().audience("api").sign();
        TokenInspection anyIssuer =
                inspect(TokenInspection.builder().keys(keys()).audience("api").clock(clock), token);
        assertThat(anyIssuer.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(result(anyIssuer, Reason.INVALID_ISSUER)).isEqualTo(Result.NOT_CHECKED);
        TokenInspector noAudience =
                TokenInspection.builder().keys(keys()).issuer(issuer.issuer()).clock(clock);
        assertThat(inspect(noAudience, token).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(inspect(noAudience.acceptAnyAudience(), token).verdict()).isEqualTo(Verdict.LET_IN);
    }

    /** "Could not check" is not "bad": the 503 of the contract, and no word about the signature. */
    @Test
    void with_an_unusable_key_set_the_keys_are_unavailable() {
        TokenInspector inspector = TokenInspection.builder()
                .keys(KeySetReport.of("{\"keys\":[]}".getBytes(StandardCharsets.UTF_8)))
                .clock(clock);
        TokenInspection inspection = inspect(inspector, issuer.token().sign());
        assertThat(inspection.reason()).isEqualTo(Reason.SIGNING_KEYS_UNAVAILABLE);
        assertThat(check(inspection, Reason.SIGNING_KEYS_UNAVAILABLE).note())
                .isEqualTo("the key set has no usable key");
        assertThat(result(inspection, Reason.INVALID_SIGNATURE)).isEqualTo(Result.NOT_CHECKED);
    }

    @Test
    void every_fault_is_told_and_not_the_first_alone() {
        TokenInspection inspection = inspect(
                whole().authorizedParties(PARTY),
                issuer.token()
                        .issuer("https://other.example")
                        .expiresIn(Duration.ofSeconds(-1))
                        .notBefore(clock.instant().plusSeconds(60))
                        .sign());
        assertThat(inspection.reason()).isEqualTo(Reason.TOKEN_EXPIRED);
        assertThat(inspection.checks().stream()
                        .filter(made -> made.result() == Result.FAILED)
                        .map(Check::reason))
                .containsExactly(
                        Reason.TOKEN_EXPIRED,
                        Reason.TOKEN_NOT_YET_VALID,
                        Reason.INVALID_AUDIENCE,
                        Reason.INVALID_ISSUER,
                        Reason.INVALID_AUTHORIZED_PARTY);
        assertThat(inspection.isVerified()).isTrue();
    }

    @Test
    void the_claims_of_a_token_with_a_bad_signature_are_shown_as_unverified() {
        TokenInspection inspection = inspect(
                whole(),
                attacker.token().issuer(issuer.issuer()).audience("api").sign());
        assertThat(inspection.reason()).isEqualTo(Reason.INVALID_SIGNATURE);
        assertThat(inspection.isVerified()).isFalse();
        assertThat(inspection.claims()).containsEntry("aud", "api");
        assertThat(result(inspection, Reason.INVALID_AUDIENCE)).isEqualTo(Result.PASSED);
    }

    @Test
    void another_algorithm_is_told_before_the_key_and_the_rest_is_still_shown() {
        TokenInspection inspection =
                inspect(whole(), issuer.token().header("alg", "HS256").sign());
        assertThat(inspection.reason()).isEqualTo(Reason.INVALID_SIGNING_ALGORITHM);
        assertThat(result(inspection, Reason.UNSUPPORTED_TOKEN_HEADER)).isEqualTo(Result.PASSED);
        assertThat(result(inspection, Reason.INVALID_SIGNATURE)).isEqualTo(Result.NOT_CHECKED);
        assertThat(inspection.header()).containsEntry("alg", "HS256");
        assertThat(inspection.claims()).containsKey("exp");
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String note(String token, Reason reason) {
        return String.valueOf(check(inspect(whole(), token), reason).note());
    }

    @Test
    void it_says_what_is_wrong_with_the_form() {
        String header = part("{\"alg\":\"RS256\"}");
        Map<String, String> notes = Map.of(
                "abc",
                "it has 1 part, separated by dots, and not 3",
                "a.b",
                "it has 2 parts, separated by dots, and not 3",
                "a.b.c.d.e",
                "it has 5 parts, separated by dots, and not 3: an encrypted token (JWE), which is never taken",
                header + "=.e30.AA",
                "its header is not base64url: it is padded with =",
                header + ".e3+.AA",
                "its payload is not base64url: it holds + or /, which stand for - and _ in the other alphabet",
                header + ".e30.\u00e4A",
                "its signature is not base64url: it holds a foreign character",
                header + ".e30.A",
                "its signature is not base64url: a character is missing or too many",
                header + ".e31.AA",
                "its payload is not base64url: its last character has bits that stand for nothing",
                part("[]") + ".e30.AA",
                "its header is not a JSON object as it must be: Not an object at byte 0",
                "a".repeat(16_385),
                "it has more than 16384 characters");
        notes.forEach(
                (token, note) -> assertThat(note(token, Reason.MALFORMED_TOKEN)).isEqualTo(note));
    }

    @Test
    void it_says_what_is_wrong_with_the_claims() {
        assertThat(note(issuer.token().claim("exp", null).sign(), Reason.MALFORMED_CLAIMS))
                .isEqualTo("it has no exp");
        assertThat(note(issuer.token().claim("exp", -1).sign(), Reason.MALFORMED_CLAIMS))
                .isEqualTo("its exp is not a date from 1970 to 9999");
        assertThat(note(issuer.token().claim("exp", "soon").sign(), Reason.MALFORMED_CLAIMS))
                .isEqualTo("its exp is not a date from 1970 to 9999");
        for (String name : List.of("iss", "sub", "jti", "aud", "nbf", "iat")) {
            assertThat(note(issuer.token().claim(name, true).sign(), Reason.MALFORMED_CLAIMS))
                    .isEqualTo("its " + name + " has the wrong JSON type");
        }
        assertThat(note(part("{\"alg\":\"RS256\"}") + "." + part("{\"a\":1,\"a\":2}") + ".AA", Reason.MALFORMED_CLAIMS))
                .isEqualTo("its payload is not a JSON object as it must be: Duplicate member at byte 12");
        assertThat(note(issuer.token().claim("cnf", Map.of()).sign(), Reason.TOKEN_BOUND_TO_KEY))
                .isEqualTo("it has a cnf");
    }

    @Test
    void it_says_why_no_key_is_found() {
        assertThat(note(issuer.token().keyId("other").sign(), Reason.UNKNOWN_SIGNING_KEY))
                .isEqualTo("no usable key has this kid");
        assertThat(note(issuer.token().header("kid", 1).sign(), Reason.UNKNOWN_SIGNING_KEY))
                .isEqualTo("its kid is not a string");
        issuer.rotate();
        assertThat(note(issuer.token().withoutKeyId().sign(), Reason.UNKNOWN_SIGNING_KEY))
                .isEqualTo("it has no kid, and there is not exactly one usable key");
    }

    @Test
    void nothing_of_the_token_is_in_its_text() {
        String token =
                issuer.token().audience("api").claim("email", "a@b.example").sign();
        assertThat(inspect(whole(), token)).hasToString("TokenInspection[LET_IN, null]");
    }
}
