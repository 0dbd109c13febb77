package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.PublishedKeys;
import dev.portcullis.auth.jwt.TrustedIssuer;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see while an issuer has trouble, over HTTP on both sides; how long it takes afterwards is printed. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IssuerFaultsTest {

    private static final Duration FETCH_TIMEOUT = Duration.ofMillis(500);

    private final TokenIssuer issuer = TokenIssuer.start();
    private final Trust trust = new Trust();
    private final APIKeyAuthentication keys =
            APIKeyAuthentication.builder().store(trust.store()).build();
    private final AtomicReference<JWKSAuthentication> tokens = new AtomicReference<>();
    private final AtomicLong ahead = new AtomicLong();
    private Server server;
    private Wire wire;

    @BeforeAll
    void start() {
        Guarded door = new Guarded(
                AuthenticationMethod.firstOf(keys, request -> tokens.get().authenticate(request)));
        server = new TomcatServer(door);
        wire = server.wire(door);
    }

    @AfterEach
    void closeTokens() {
        tokens.get().close();
    }

    @AfterAll
    void stop() {
        server.close();
        keys.close();
        trust.close();
        issuer.close();
    }

    private void begin(FaultyIssuer at) {
        PublishedKeys published = PublishedKeys.at(at.jwks())
                .fetchTimeout(FETCH_TIMEOUT)
                .ticker(() -> System.nanoTime() + ahead.get())
                .build();
        TrustedIssuer trusted = TrustedIssuer.named(issuer.issuer())
                .keys(published)
                .audience(Trust.AUDIENCE)
                .build();
        tokens.set(JWKSAuthentication.builder().trust(trusted).build());
    }

    private Ask token() {
        return Ask.get("/me").bearer(issuer.token().audience(Trust.AUDIENCE).sign());
    }

    private void pass(Duration time) {
        ahead.addAndGet(time.toNanos());
    }

    private void assertUnavailable(Ask ask) {
        Answer answer = wire.send(ask);
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"detail\":\"Signing keys are unavailable.\"}");
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
    }

    /** "no usable JWKS: never fetched, or older than the allowed staleness", and in between known keys go on. */
    @ParameterizedTest
    @EnumSource
    void an_issuer_with_trouble_is_503_without_keys_and_unnoticed_with_keys(FaultyIssuer.Fault fault) {
        Ask good = token();
        Ask key = Ask.get("/me").with("x-api-key", trust.key());
        try (FaultyIssuer faulty = new FaultyIssuer(issuer, fault)) {
            assertThat(faulty.bombSize()).as("no more than a key set may have").isLessThan(256 * 1024);
            faulty.faulty(true);
            begin(faulty);
            assertUnavailable(good);
            assertThat(wire.send(key).status()).isEqualTo(200);

            faulty.faulty(false);
            long healed = System.nanoTime();
            await().until(() -> wire.send(good).status() == 200);
            long recovery = Duration.ofNanos(System.nanoTime() - healed).toMillis();

            faulty.faulty(true);
            int before = faulty.fetches();
            pass(Duration.ofHours(2));
            assertThat(wire.send(good).status()).isEqualTo(200);
            await().until(() -> faulty.fetches() > before);
            pass(Duration.ofHours(23));
            assertUnavailable(good);
            assertThat(wire.send(key).status()).isEqualTo(200);

            faulty.faulty(false);
            pass(Duration.ofMinutes(1));
            assertThat(wire.send(good).status()).isEqualTo(200);
            assertThat(faulty.poured()).as("is not read to its end").isLessThan(FaultyIssuer.HUGE / 4);
            System.out.printf("Issuer %s: 503 while there are no keys, recovery %d ms%n", fault, recovery);
        }
    }

    /** With every second fetch a failure, and each request after the keys' time is over, no client sees any of it. */
    @ParameterizedTest
    @EnumSource(names = {"SENDS_AN_EMPTY_SET", "HANGS_UP", "FAILS"})
    void an_issuer_that_flaps_is_unnoticed(FaultyIssuer.Fault fault) {
        Ask good = token();
        try (FaultyIssuer flapping = new FaultyIssuer(issuer, fault)) {
            begin(flapping);
            assertThat(wire.send(good).status()).isEqualTo(200);
            flapping.flaps();
            for (int i = 0; i < 12; i++) {
                int before = flapping.fetches();
                await().pollInterval(Duration.ofMillis(2)).until(() -> {
                    pass(Duration.ofMinutes(10));
                    assertThat(wire.send(good).status()).isEqualTo(200);
                    return flapping.fetches() > before;
                });
            }
        }
    }

    /** A new key costs one fetch, made by the first token that names it; a withdrawn one ends with the next. */
    @Test
    void an_issuer_that_rotates_its_keys_is_unnoticed() {
        try (FaultyIssuer rotating = new FaultyIssuer(issuer, FaultyIssuer.Fault.FAILS)) {
            begin(rotating);
            String old = issuer.keyId();
            Ask before = token();
            assertThat(wire.send(before).status()).isEqualTo(200);
            int fetches = rotating.fetches();
            issuer.rotate();
            assertThat(wire.send(token()).status()).isEqualTo(200);
            assertThat(wire.send(before).status()).isEqualTo(200);
            assertThat(rotating.fetches()).isEqualTo(fetches + 1);
            issuer.withdraw(old);
            pass(Duration.ofHours(1));
            BlackBox.assertRefused(
                    wire.send(before),
                    401,
                    "Invalid signature.",
                    "Bearer error=\"invalid_token\", error_description=\"Invalid signature\"");
        }
    }

    /** "The server's own trouble is never reported as the client's bad token": the key may be new. */
    @Test
    void a_token_of_a_key_that_came_in_an_outage_is_503_until_the_issuer_is_back() {
        try (FaultyIssuer down = new FaultyIssuer(issuer, FaultyIssuer.Fault.FAILS)) {
            begin(down);
            Ask before = token();
            assertThat(wire.send(before).status()).isEqualTo(200);
            issuer.rotate();
            Ask after = token();
            down.faulty(true);
            assertUnavailable(after);
            assertThat(wire.send(before).status()).isEqualTo(200);
            down.faulty(false);
            assertUnavailable(after);
            pass(Duration.ofSeconds(30));
            assertThat(wire.send(after).status()).isEqualTo(200);
        }
    }
}
