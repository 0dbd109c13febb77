package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.PublishedKeys;
import dev.portcullis.auth.jwt.TrustedIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract sections 2 and 3, by the hundred: every hostile token is refused, with the contract's words. */
@Timeout(120)
class HostileTokensTest {

    private static final Duration HANG = Duration.ofSeconds(5);
    private static final String PARTY = "https://app.example";

    private final SettableClock clock = SettableClock.at(Instant.parse("2030-01-01T00:00:00.250Z"));
    private final TokenIssuer issuer = TokenIssuer.start(clock);
    private final TokenIssuer attacker = TokenIssuer.start(clock);

    @AfterEach
    void end() {
        issuer.close();
        attacker.close();
    }

    private List<HostileToken> corpus() {
        return HostileTokens.of(issuer, attacker, "api", clock);
    }

    private List<HostileToken> everything() {
        return Stream.of(
                        corpus(),
                        HostileTokens.atTheSkew(issuer, "api", clock),
                        HostileTokens.ofOtherParties(issuer, "api", PARTY, clock))
                .flatMap(List::stream)
                .toList();
    }

    private JWKSAuthentication method(int cachedTokens, String... parties) {
        PublishedKeys keys = PublishedKeys.at(issuer.jwks())
                .fetchTimeout(Duration.ofSeconds(30))
                .ticker(clock.ticker())
                .build();
        TrustedIssuer.Builder trusted =
                TrustedIssuer.named(issuer.issuer()).keys(keys).audience("api");
        if (parties.length > 0) {
            trusted.authorizedParties(parties);
        }
        return JWKSAuthentication.builder()
                .clock(clock)
                .cachedTokens(cachedTokens)
                .trust(trusted.build())
                .build();
    }

    private static String answer(JWKSAuthentication method, String token) {
        Outcome outcome = method.authenticate(new BearerRequest(token));
        return outcome instanceof Outcome.Rejected rejected
                ? rejected.reason().detail()
                : outcome.getClass().getSimpleName();
    }

    /** Every fault is told, not the first one alone. */
    private void assertAllRefused(JWKSAuthentication method, List<HostileToken> hostile, String good) {
        List<String> wrong = new ArrayList<>();
        for (HostileToken token : hostile) {
            for (String sight : List.of("first", "second")) {
                long start = System.nanoTime();
                String answer = answer(method, token.token());
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .as(token.name())
                        .isLessThan(HANG);
                if (!answer.equals(token.detail())) {
                    wrong.add(token.name() + ", " + sight + " sight: " + answer + " for " + token.detail());
                }
            }
            assertThat(answer(method, good)).as("after %s", token).isEqualTo("Authenticated");
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void there_are_hundreds_and_no_two_alike() {
        List<HostileToken> corpus = everything();
        assertThat(corpus().size()).isGreaterThanOrEqualTo(250);
        assertThat(corpus).extracting(HostileToken::name).doesNotHaveDuplicates();
        Set<String> texts = new HashSet<>();
        for (HostileToken token : corpus) {
            assertThat(texts.add(token.token())).as("%s is new", token).isTrue();
        }
    }

    /** So that no family is empty by a mistake, and no word of the contract untried. */
    @Test
    void every_word_about_tokens_is_heard() {
        Set<String> words = Stream.of(Reason.values())
                .filter(reason -> reason.compareTo(Reason.MALFORMED_TOKEN) >= 0)
                .filter(reason -> reason.compareTo(Reason.INVALID_AUTHORIZED_PARTY) <= 0)
                .map(Reason::detail)
                .collect(Collectors.toSet());
        words.add(Reason.EMPTY_BEARER.detail());
        words.add(Reason.BEARER_WITH_SPACES.detail());
        assertThat(everything().stream().map(HostileToken::detail).collect(Collectors.toSet()))
                .isEqualTo(words);
    }

    @Test
    void the_same_keys_and_time_make_the_same_corpus() {
        List<String> once = everything().stream().map(HostileToken::token).toList();
        assertThat(everything().stream().map(HostileToken::token).toList().equals(once))
                .isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(everything().stream().map(HostileToken::token).toList().equals(once))
                .isFalse();
    }

    @Test
    void a_hostile_token_shows_its_name_alone() {
        for (HostileToken token : everything()) {
            assertThat(token).hasToString("HostileToken[" + token.name() + "]");
            if (token.token().length() > 300) {
                assertThat(token.name()).doesNotContain(token.token().substring(200, 230));
            }
        }
    }

    @Test
    void what_cannot_stand_in_a_header_is_marked() {
        assertThat(new HostileToken("", "a.b c\t~\u0080\u00ff", "").fitsHeader())
                .isTrue();
        for (String character : List.of("\0", "\r", "\n", "\u001f", "\u007f", "\u0100", "\ud83d\udd11")) {
            assertThat(new HostileToken("", character, "").fitsHeader()).isFalse();
        }
        assertThat(corpus().stream().filter(HostileToken::fitsHeader).count()).isGreaterThan(250);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "20000, 1", "0, 2", "20000, 2"})
    void every_one_is_refused_with_the_words_of_the_contract(int cachedTokens, int publishedKeys) {
        if (publishedKeys == 2) {
            issuer.rotate();
        }
        String good = new Forge(issuer, "api", clock).good();
        try (JWKSAuthentication method = method(cachedTokens)) {
            assertThat(answer(method, good)).isEqualTo("Authenticated");
            assertAllRefused(method, corpus(), good);
            assertAllRefused(method, HostileTokens.atTheSkew(issuer, "api", clock), good);
        }
        assertThat(attacker.fetches()).as("nothing that a token points to").isZero();
        assertThat(issuer.fetches())
                .as("at first, and once for all of the unknown kids")
                .isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20_000})
    void every_other_party_is_refused_where_parties_are_named(int cachedTokens) {
        String good = issuer.token().audience("api").authorizedParty(PARTY).sign();
        try (JWKSAuthentication method = method(cachedTokens, PARTY, "second")) {
            assertAllRefused(method, HostileTokens.ofOtherParties(issuer, "api", PARTY, clock), good);
        }
    }

    /** The corpus is hostile by its faults alone: what it is made of is let in, up to the very boundaries. */
    @Test
    void the_same_tokens_without_a_fault_are_let_in() {
        Forge forge = new Forge(issuer, "api", clock);
        Members header = forge.header();
        Members claims = forge.claims();
        Duration skew = Duration.ofSeconds(5);
        try (JWKSAuthentication method = method(0)) {
            for (String token : List.of(
                    forge.token(header.with("x", "[".repeat(31) + "]".repeat(31)), claims),
                    forge.token(header, claims.with("x", "[".repeat(31) + "]".repeat(31))),
                    forge.token(header, claims.with("x", "[1e400,-1e-400," + "9".repeat(100) + "]")),
                    forge.token(header, claims.with("x", "\"\\ud83d\\udd11\\u0000\"")),
                    forge.token(header.with("jku", "\"x\"").with("jwk", "{}").with("x5c", "[]"), claims),
                    forge.token(header.withText("cty", "json").withText("typ", "AT+jwt"), claims),
                    forge.token(
                            header.without("kid").without("typ"),
                            claims.without("sub").without("iat")),
                    forge.token(header, claims.with("exp", forge.seconds(Duration.ofMillis(1)))),
                    forge.token(header, claims.with("exp", "253402300799.999")),
                    forge.token(header, claims.with("nbf", forge.seconds(skew))),
                    forge.token(header, claims.with("iat", forge.seconds(skew))),
                    forge.token(header, claims.with("iat", "-1")),
                    forge.token(header, claims.with("azp", "7")),
                    forge.token(header, claims.with("aud", "[\"x\",\"api\"]")))) {
                assertThat(answer(method, token)).isEqualTo("Authenticated");
            }
        }
    }

    @Test
    void an_attacker_is_another_issuer() {
        assertThatThrownBy(() -> HostileTokens.of(issuer, issuer, "api", clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("attacker");
    }
}
