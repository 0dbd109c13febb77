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
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.PermissionFilter;
import dev.portcullis.auth.testkit.TokenIssuer;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * "1,000 concurrent requests at a cold, hanging issuer: one fetch, all answered 503 within the configured time-out plus
 * a second, and requests with API keys are not slowed."
 */
final class ColdIssuerTest {

    private static final int REQUESTS = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();

    private record Hanging(AuthenticationMethod method) implements App {

        @Override
        public String contextPath() {
            return "";
        }

        @Override
        public void deploy(ServletContext context, Trust trust, Witness witness) {
            Deployment.add(
                    context,
                    AuthenticationFilter.builder(method).listener(witness).build(),
                    PermissionFilter.builder(Routes.rules()).build());
            Routes.addServlets(context);
        }
    }

    @Test
    @Timeout(60)
    void aThousandRequestsDoNotTakeTheServerDown() {
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
                    JWKSAuthentication tokens = tokens(issuer);
                    Server server = new TomcatServer(new Hanging(AuthenticationMethod.firstOf(keys, tokens)))) {
                flood(server, token, key);
            }
            assertThat(issuer.fetches()).isEqualTo(1);
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

    private static void flood(Server server, String token, String key) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(30))
                .build();
        URI me = URI.create("http://127.0.0.1:" + server.port() + "/me");
        HttpRequest request = HttpRequest.newBuilder(me)
                .header("Authorization", "Bearer " + token)
                .build();
        long start = System.nanoTime();
        AtomicInteger pending = new AtomicInteger(REQUESTS);
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, REQUESTS)
                .mapToObj(i -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                        .whenComplete((answer, failure) -> pending.decrementAndGet()))
                .toList();

        for (int i = 0; i < 20; i++) {
            Answer answer = new Wire(server.port(), "").send(Ask.get("/me").with("x-api-key", key));
            assertThat(answer.status()).isEqualTo(200);
        }
        assertThat(pending)
                .as("tokens still wait for the issuer, while keys are answered")
                .hasPositiveValue();

        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.join().statusCode()).isEqualTo(503);
            assertThat(answer.join().body()).isEqualTo("{\"detail\":\"Signing keys are unavailable.\"}");
            assertThat(answer.join().headers().firstValue("Retry-After")).isPresent();
        }
        // A server whose threads all waited would need several rounds of this.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(2));
        assertThat(server.witness().takeAll())
                .filteredOn(event -> event.type() == AuthEvent.Type.UNAVAILABLE)
                .hasSize(REQUESTS)
                .allSatisfy(event -> assertThat(event.elapsed()).isLessThan(TIMEOUT.plusSeconds(1)));
    }
}
