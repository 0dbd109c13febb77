package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.PublishedKeys;
import dev.portcullis.auth.jwt.TrustedIssuer;
import dev.portcullis.auth.testkit.HostileToken;
import dev.portcullis.auth.testkit.HostileTokens;
import dev.portcullis.auth.testkit.SettableClock;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The corpus of hostile tokens over HTTP: each gets 401 with the contract's words, never a 5xx, never a hang. */
@Timeout(300)
final class HostileTokensTest {

    private static final Duration HANG = Duration.ofSeconds(10);

    /** The servers bound all header fields of a request together to 32 KiB, and answer by themselves beyond that. */
    private static final int SURELY_FITS = 30_000;

    private final SettableClock clock = SettableClock.at(Instant.parse("2030-01-01T00:00:00.250Z"));
    private final TokenIssuer issuer = TokenIssuer.start(clock);
    private final TokenIssuer attacker = TokenIssuer.start(clock);
    private JWKSAuthentication method;

    @BeforeEach
    void begin() {
        PublishedKeys keys = PublishedKeys.at(issuer.jwks())
                .fetchTimeout(Duration.ofSeconds(30))
                .ticker(clock.ticker())
                .build();
        TrustedIssuer trusted =
                TrustedIssuer.named(issuer.issuer()).keys(keys).audience("api").build();
        method = JWKSAuthentication.builder().clock(clock).trust(trusted).build();
    }

    @AfterEach
    void end() {
        method.close();
        issuer.close();
        attacker.close();
    }

    @Test
    void tomcatRefusesThemAllInTheWordsOfTheContract() {
        Guarded app = new Guarded(method);
        try (Server server = new TomcatServer(app)) {
            assertAllRefused(server.wire(app));
        }
    }

    @Test
    void jettyRefusesThemAllInTheWordsOfTheContract() {
        Guarded app = new Guarded(method);
        try (Server server = new JettyServer(app)) {
            assertAllRefused(server.wire(app));
        }
    }

    private void assertAllRefused(Wire wire) {
        Ask good = Ask.get("/me").bearer(issuer.token().audience("api").sign());
        List<String> wrong = new ArrayList<>();
        List<HostileToken> corpus = corpus();
        assertThat(corpus).hasSizeGreaterThanOrEqualTo(250);
        BlackBox.assertSeen(wire.send(good), "principal=user-1");
        for (HostileToken hostile : corpus) {
            long start = System.nanoTime();
            Answer answer = wire.send(Ask.get("/me").bearer(hostile.token()));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as(hostile.name())
                    .isLessThan(HANG);
            if (!isRefused(answer, hostile)) {
                wrong.add(hostile.name() + ": " + answer.ours());
            }
        }
        BlackBox.assertSeen(wire.send(good), "principal=user-1");
        assertThat(wrong).isEmpty();
        assertThat(attacker.fetches()).as("nothing that a token points to").isZero();
    }

    /**
     * Left out are the tokens that cannot stand in a header field. NUL, CR and LF end a field or the request (RFC 9110
     * section 5.5): what reaches the server is another token, which can be a good one. A character above U+00FF has no
     * byte to be sent as.
     */
    private List<HostileToken> corpus() {
        return Stream.concat(
                        HostileTokens.of(issuer, attacker, "api", clock).stream(),
                        HostileTokens.atTheSkew(issuer, "api", clock).stream())
                .filter(HostileToken::fitsHeader)
                .toList();
    }

    private static boolean isRefused(Answer answer, HostileToken hostile) {
        if (hostile.token().length() > SURELY_FITS && List.of(400, 431).contains(answer.status())) {
            return true;
        }
        String detail = hostile.detail();
        String body = "{\"detail\":\"" + detail + "\"}";
        String description = detail.substring(0, detail.length() - 1);
        List<String> headers = List.of(
                "Content-Type: application/json",
                "Cache-Control: no-store",
                "Content-Length: " + body.length(),
                "WWW-Authenticate: Bearer error=\"invalid_token\", error_description=\"" + description + "\"");
        return answer.ours().equals(new Answer(401, headers, body).ours());
    }
}
