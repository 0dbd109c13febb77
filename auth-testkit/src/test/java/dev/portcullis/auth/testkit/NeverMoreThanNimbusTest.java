package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.TrustedIssuer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A second opinion: whatever is let in, {@link DefaultJWTProcessor} with the same settings lets in too. */
@Timeout(300)
class NeverMoreThanNimbusTest {

    private static final long SEED = 20261122;
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    /** What a mutation puts in: words, numbers and signs that mean something somewhere. */
    private static final List<String> SCRAPS = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "0",
            "1",
            "-1",
            "9",
            ".",
            ".5",
            "e1",
            "E-2",
            "\\",
            "\\u0061",
            "\\\"",
            " ",
            "\n",
            "\0",
            "\ufeff",
            "\u00e9",
            "\ud83d\udd11",
            "RS256",
            "none",
            "HS256",
            "JWT",
            "at+jwt",
            "key-1",
            "\"alg\":",
            "\"kid\":",
            "\"typ\":\"JWT\",",
            "\"crit\":[\"b64\"],",
            "\"b64\":false,",
            "\"cty\":\"JWT\",",
            "\"exp\":",
            "\"exp\":9999999999,",
            "\"nbf\":",
            "\"nbf\":1,",
            "\"iat\":1,",
            "\"aud\":[\"api\"],",
            "\"aud\":",
            "\"iss\":",
            "api",
            "\"sub\":\"a\",",
            "\"sub\":null,",
            "\"jti\":1,",
            "\"x\":1,",
            "\"x\":[{}],",
            "\"x\":{\"x\":1.0e2},");

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final SettableClock clock = SettableClock.at(NOW);
    private final TokenIssuer issuer = TokenIssuer.start(clock);
    private final Forge forge = new Forge(issuer, "api", clock);
    private JWKSAuthentication method;
    private DefaultJWTProcessor<SecurityContext> nimbus;
    private int letIn;

    @BeforeEach
    void begin() throws ParseException {
        TrustedIssuer trusted = TrustedIssuer.named(issuer.issuer())
                .jwks(issuer.jwks())
                .audience("api")
                .build();
        method = JWKSAuthentication.builder().clock(clock).trust(trusted).build();
        nimbus = nimbus();
    }

    @AfterEach
    void end() {
        method.close();
        issuer.close();
    }

    private DefaultJWTProcessor<SecurityContext> nimbus() throws ParseException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT,
                new JOSEObjectType("at+jwt"),
                new JOSEObjectType("application/jwt"),
                new JOSEObjectType("application/at+jwt"),
                null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.RS256, new ImmutableJWKSet<>(JWKSet.parse(issuer.keySet()))));
        JWTClaimsSet exact = new JWTClaimsSet.Builder().issuer(issuer.issuer()).build();
        DefaultJWTClaimsVerifier<SecurityContext> claims =
                new DefaultJWTClaimsVerifier<>("api", exact, Set.of("exp", "aud")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew(5);
        processor.setJWTClaimsSetVerifier(claims);
        return processor;
    }

    private @Nullable Exception nimbusRefuses(String token) {
        try {
            nimbus.process(token, null);
            return null;
        } catch (ParseException | BadJOSEException | JOSEException | RuntimeException e) {
            return e;
        }
    }

    private void compare(int round, String token) {
        Outcome outcome = method.authenticate(new BearerRequest(token));
        if (outcome instanceof Outcome.Authenticated) {
            letIn++;
            assertThat(nimbusRefuses(token))
                    .as("seed %d, round %d: %s", SEED, round, token)
                    .isNull();
        }
    }

    @Test
    void the_good_token_is_let_in_by_both() {
        compare(0, forge.good());
        assertThat(letIn).isEqualTo(1);
    }

    /** Mutations of the text, as a stranger can make them: none is let in at all. */
    @Test
    void no_mutation_of_a_signed_token_is_let_in() {
        String good = forge.good();
        for (int round = 0; round < 20_000; round++) {
            String mutant = mutated(good, 1 + random.nextInt(3));
            if (!mutant.replaceAll("^[ \t]+|[ \t]+$", "").equals(good)) { // the white space around it is HTTP's
                compare(round, mutant);
                assertThat(letIn)
                        .as("seed %d, round %d: %s", SEED, round, mutant)
                        .isZero();
            }
        }
    }

    /** Mutations before the signing, as an issuer with a fault could make them. */
    @Test
    void what_is_let_in_of_mutations_that_the_issuer_signed_nimbus_lets_in_too() {
        String header = forge.header().toString();
        String payload = forge.claims().with("nbf", "1").toString();
        for (int round = 0; round < 6_000; round++) {
            boolean head = random.nextInt(3) == 0;
            byte[] mutant = bytes(mutated(head ? header : payload, 1 + random.nextInt(2)));
            compare(round, head ? forge.token(mutant, Forge.utf8(payload)) : forge.token(Forge.utf8(header), mutant));
        }
        assertThat(letIn).as("or nothing was compared").isGreaterThan(300);
    }

    /** The corpus once more: Nimbus alone lets in some of it, we none. */
    @Test
    void of_the_corpus_nimbus_lets_in_more() {
        try (TokenIssuer attacker = TokenIssuer.start(clock)) {
            List<HostileToken> corpus = HostileTokens.of(issuer, attacker, "api", clock);
            long more = corpus.stream()
                    .filter(token -> nimbusRefuses(token.token()) == null)
                    .count();
            corpus.forEach(token -> compare(0, token.token()));
            assertThat(letIn).isZero();
            assertThat(more).isPositive();
        }
    }

    private String mutated(String text, int times) {
        String mutant = text;
        for (int i = 0; i < times; i++) {
            int from = random.nextInt(mutant.length() + 1);
            int to = Math.min(mutant.length(), from + random.nextInt(4));
            String scrap = switch (random.nextInt(5)) {
                case 0 -> "";
                case 1 -> String.valueOf((char) random.nextInt(0x21, 0x7f));
                case 2 -> String.valueOf((char) random.nextInt(0x100));
                case 3 -> mutant.substring(from, to).repeat(2);
                default -> SCRAPS.get(random.nextInt(SCRAPS.size()));
            };
            mutant = mutant.substring(0, from) + scrap + mutant.substring(random.nextBoolean() ? from : to);
        }
        return mutant.isEmpty() ? "." : mutant;
    }

    /** As UTF-8 or, now and then, as Latin-1, which is not. */
    private byte[] bytes(String text) {
        return text.getBytes(random.nextInt(10) == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
}
