package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.PublishedKeys;
import dev.portcullis.auth.jwt.TrustedIssuer;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * "1,000 concurrent requests at a cold, hanging issuer: one fetch, all answered 503 within the configured time-out plus
 * a second, and requests with API keys are not slowed."
 */
final class ColdIssuerTest {

    private static final int REQUESTS = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Made when the server is up, so that the first fetch of the keys falls into the flood. */
    private final AtomicReference<AuthenticationMethod> methods = new AtomicReference<>();

    private final InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();

    @Test
    @Timeout(60)
    void aThousandRequestsDoNotTakeTheServerDown() throws IOException {
        try (TokenIssuer issuer = TokenIssuer.start()) {
            issuer.hang();
            String token = issuer.token().audience(Trust.AUDIENCE).sign();
            String key = APIKeys.builder()
                    .store(store)
                    .build()
                    .issue("account-1", "a key", Environment.LIVE, List.of(), null)
                    .plaintext();
            try (APIKeyAuthentication keys =
                            APIKeyAuthentication.builder().store(store).build();
                    Server server = new TomcatServer(
                            new Guarded(request -> methods.get().authenticate(request)));
                    JWKSAuthentication tokens = tokens(issuer)) {
                methods.set(AuthenticationMethod.firstOf(keys, tokens));
                flood(server, token, key);
                assertThat(issuer.fetches()).isEqualTo(1);
            }
        }
    }

    private static JWKSAuthentication tokens(TokenIssuer issuer) {
        PublishedKeys cold =
                PublishedKeys.at(issuer.jwks()).fetchTimeout(TIMEOUT).build();
        TrustedIssuer trusted = TrustedIssuer.named(issuer.issuer())
                .keys(cold)
                .audience(Trust.AUDIENCE)
                .build();
        return JWKSAuthentication.builder().trust(trusted).build();
    }

    private static void flood(Server server, String token, String key) throws IOException {
        Wire wire = new Wire(server.port(), "");
        List<Exchange> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < REQUESTS; i++) {
                waiting.add(wire.begin(Ask.get("/me").bearer(token)));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(wire.send(Ask.get("/me").with("x-api-key", key)).status())
                        .isEqualTo(200);
            }
            // No measure of time, but an order: keys are answered while tokens still wait for the issuer.
            assertThat(waiting)
                    .anySatisfy(exchange -> assertThat(exchange.isAnswered()).isFalse());
            for (Exchange exchange : waiting) {
                assertUnavailable(exchange.answer());
            }
        } finally {
            for (Exchange exchange : waiting) {
                exchange.close();
            }
        }
        assertThat(server.witness().takeAll())
                .filteredOn(event -> event.type() == AuthEvent.Type.UNAVAILABLE)
                .hasSize(REQUESTS)
                .allSatisfy(event -> assertThat(event.elapsed()).isLessThan(TIMEOUT.plusSeconds(1)));
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"detail\":\"Signing keys are unavailable.\"}");
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
    }
}
