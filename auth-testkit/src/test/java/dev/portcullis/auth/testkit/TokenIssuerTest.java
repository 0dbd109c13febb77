package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.PublishedKeys;
import dev.portcullis.auth.jwt.TrustedIssuer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPairGenerator;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TokenIssuerTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final SettableClock clock = SettableClock.at(NOW);
    private final TokenIssuer issuer = TokenIssuer.start(clock);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void end() {
        issuer.close();
    }

    private HttpResponse<String> fetch() throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(issuer.jwks()).build(), HttpResponse.BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> fetchLater() {
        return client.sendAsync(HttpRequest.newBuilder(issuer.jwks()).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static @Nullable RSAKey find(String keySet, String keyId) throws ParseException {
        return (RSAKey) JWKSet.parse(keySet).getKeyByKeyId(keyId);
    }

    private static boolean verifies(String token, @Nullable RSAKey key) throws Exception {
        return key != null && SignedJWT.parse(token).verify(new RSASSAVerifier(key.toRSAPublicKey()));
    }

    @Test
    void its_keys_are_published_and_verify_its_tokens() throws Exception {
        HttpResponse<String> answer = fetch();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.body()).isEqualTo(issuer.keySet());
        assertThat(verifies(issuer.token().sign(), find(answer.body(), "key-1")))
                .isTrue();
        assertThat(issuer.fetches()).isEqualTo(1);
    }

    @Test
    void nothing_private_is_published() throws Exception {
        issuer.rotate();
        for (var key : JWKSet.parse(fetch().body()).getKeys()) {
            assertThat(key.isPrivate()).isFalse();
            assertThat(key.toJSONObject()).containsOnlyKeys("kty", "use", "alg", "kid", "n", "e");
            assertThat(key.size()).isEqualTo(2048);
        }
    }

    @Test
    void a_token_is_a_good_one_unless_told_otherwise() throws Exception {
        SignedJWT token = SignedJWT.parse(issuer.token().sign());
        assertThat(token.getHeader().toJSONObject()).isEqualTo(Map.of("alg", "RS256", "typ", "JWT", "kid", "key-1"));
        assertThat(token.getPayload().toJSONObject())
                .isEqualTo(Map.of(
                        "iss",
                        issuer.issuer(),
                        "sub",
                        "user-1",
                        "iat",
                        NOW.getEpochSecond(),
                        "exp",
                        NOW.getEpochSecond() + 300));
    }

    @Test
    void every_claim_and_header_parameter_can_be_chosen_or_left_out() throws Exception {
        SignedJWT token = SignedJWT.parse(issuer.token()
                .subject("alice")
                .audience("a", "b")
                .issuer("https://other.example")
                .authorizedParty("https://app.example")
                .permissions("catalog:read")
                .expiresIn(Duration.ofSeconds(-1))
                .issuedAt(NOW.minusSeconds(60))
                .notBefore(NOW.minusSeconds(30))
                .claim("sid", "s")
                .claim("nested", Map.of("list", List.of(1, true)))
                .header("typ", null)
                .header("cty", "JWT")
                .withoutKeyId()
                .sign());
        assertThat(token.getHeader().toJSONObject()).isEqualTo(Map.of("alg", "RS256", "cty", "JWT"));
        assertThat(token.getPayload().toJSONObject())
                .containsEntry("sub", "alice")
                .containsEntry("aud", List.of("a", "b"))
                .containsEntry("iss", "https://other.example")
                .containsEntry("azp", "https://app.example")
                .containsEntry("permissions", List.of("catalog:read"))
                .containsEntry("exp", NOW.getEpochSecond() - 1)
                .containsEntry("iat", NOW.getEpochSecond() - 60)
                .containsEntry("nbf", NOW.getEpochSecond() - 30)
                .containsEntry("sid", "s")
                .containsEntry("nested", Map.of("list", List.of(1L, true)));
        String bare = issuer.token()
                .audience("a")
                .claim("exp", null)
                .claim("sub", null)
                .sign();
        assertThat(SignedJWT.parse(bare).getPayload().toJSONObject())
                .containsEntry("aud", "a")
                .doesNotContainKeys("exp", "sub");
    }

    @Test
    void rotation_keeps_the_old_key_published_until_it_is_withdrawn() throws Exception {
        String old = issuer.token().sign();
        assertThat(issuer.rotate()).isEqualTo("key-2").isEqualTo(issuer.keyId());
        String fresh = issuer.token().sign();
        assertThat(verifies(old, find(fetch().body(), "key-1"))).isTrue();
        assertThat(verifies(fresh, find(fetch().body(), "key-2"))).isTrue();
        assertThat(verifies(fresh, find(fetch().body(), "key-1"))).isFalse();
        issuer.withdraw("key-1");
        assertThat(find(fetch().body(), "key-1")).isNull();
        assertThat(find(fetch().body(), "key-2")).isNotNull();
    }

    @Test
    void a_withdrawn_key_still_signs() throws Exception {
        RSAKey first = find(issuer.keySet(), "key-1");
        issuer.rotate();
        issuer.withdraw("key-1");
        String token = issuer.token().signedBy("key-1").sign();
        assertThat(SignedJWT.parse(token).getHeader().getKeyID()).isEqualTo("key-1");
        assertThat(verifies(token, first)).isTrue();
    }

    @Test
    void keys_that_are_not_there_cannot_be_withdrawn_or_used() {
        assertThatThrownBy(() -> issuer.withdraw("key-9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No key key-9 is published, only [key-1]");
        assertThatThrownBy(() -> issuer.token().signedBy("key-9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("This issuer never had a key key-9, only [key-1]");
    }

    @Test
    void a_foreign_key_can_sign_under_a_published_name() throws Exception {
        try (TokenIssuer other = TokenIssuer.start()) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            String token = issuer.token()
                    .signedBy(generator.generateKeyPair().getPrivate())
                    .sign();
            assertThat(SignedJWT.parse(token).getHeader().getKeyID()).isEqualTo("key-1");
            assertThat(verifies(token, find(issuer.keySet(), "key-1"))).isFalse();
            assertThat(verifies(issuer.token().sign(), find(other.keySet(), "key-1")))
                    .as("issuers that run at the same time have no key in common")
                    .isFalse();
        }
    }

    @Test
    void a_key_that_cannot_sign_is_refused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        assertThatThrownBy(() -> issuer.token()
                        .signedBy(generator.generateKeyPair().getPrivate())
                        .sign())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void it_answers_what_a_test_wants_and_recovers() throws Exception {
        issuer.answer(503, Map.of("Retry-After", "9"), "down");
        HttpResponse<String> down = fetch();
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.headers().firstValue("retry-after")).hasValue("9");
        assertThat(down.body()).isEqualTo("down");
        issuer.answer(204, Map.of(), "");
        assertThat(fetch().statusCode()).isEqualTo(204);
        issuer.publish("{\"keys\":[]}");
        assertThat(fetch().body()).isEqualTo("{\"keys\":[]}");
        issuer.rotate();
        assertThat(fetch().body()).as("until recover()").isEqualTo("{\"keys\":[]}");
        issuer.recover();
        assertThat(find(fetch().body(), "key-2")).isNotNull();
        assertThat(issuer.fetches()).isEqualTo(5);
    }

    @Test
    void requests_that_hang_are_dropped_when_it_recovers() throws Exception {
        issuer.hang();
        CompletableFuture<HttpResponse<String>> hanging = fetchLater();
        await().until(() -> issuer.fetches() == 1);
        assertThat(hanging).isNotDone();
        issuer.recover();
        await().until(hanging::isDone);
        assertThat(fetch().statusCode()).isEqualTo(200);
    }

    @Test
    void a_dripping_answer_comes_byte_by_byte_and_is_cut_off_when_it_recovers() throws Exception {
        issuer.drip(Duration.ofNanos(1));
        assertThat(fetch().body()).isEqualTo(issuer.keySet());
        issuer.drip(Duration.ofHours(1));
        CompletableFuture<HttpResponse<String>> dripping = fetchLater();
        await().until(() -> issuer.fetches() == 2);
        issuer.recover();
        await().until(dripping::isCompletedExceptionally);
    }

    @Test
    void after_close_nothing_answers() {
        issuer.hang();
        CompletableFuture<HttpResponse<String>> hanging = fetchLater();
        await().until(() -> issuer.fetches() == 1);
        issuer.close();
        issuer.close();
        await().until(hanging::isDone);
        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class);
    }

    // With the real thing

    @Test
    void its_tokens_are_let_in_and_stop_with_their_key() {
        PublishedKeys keys = PublishedKeys.at(issuer.jwks())
                .fetchTimeout(Duration.ofSeconds(30))
                .ticker(clock.ticker())
                .build();
        TrustedIssuer trusted =
                TrustedIssuer.named(issuer.issuer()).keys(keys).audience("api").build();
        try (JWKSAuthentication method =
                JWKSAuthentication.builder().clock(clock).trust(trusted).build()) {
            String first =
                    issuer.token().audience("api").expiresIn(Duration.ofDays(1)).sign();
            assertThat(judge(method, first)).isNull();
            issuer.rotate();
            assertThat(judge(method, issuer.token().audience("api").sign())).isNull();
            issuer.withdraw("key-1");
            clock.advance(Duration.ofMinutes(5));
            assertThat(judge(method, first)).isEqualTo(Reason.UNKNOWN_SIGNING_KEY);
            String fresh = issuer.token().audience("api").sign();
            assertThat(judge(method, fresh)).isNull();
            clock.advance(Duration.ofMinutes(5));
            assertThat(judge(method, fresh)).isEqualTo(Reason.TOKEN_EXPIRED);
            assertThat(judge(
                            method,
                            issuer.token().audience("api").header("alg", "none").sign()))
                    .isEqualTo(Reason.INVALID_SIGNING_ALGORITHM);
            assertThat(judge(method, issuer.token().sign())).isEqualTo(Reason.INVALID_AUDIENCE);
        }
    }

    /** The reason why a token is refused, or null. */
    private static @Nullable Reason judge(AuthenticationMethod method, String token) {
        Outcome outcome = method.authenticate(new AuthRequest() {
            @Override
            public String method() {
                return "GET";
            }

            @Override
            public List<String> headers(String name) {
                return name.equals("authorization") ? List.of("Bearer " + token) : List.of();
            }
        });
        assertThat(outcome).isNotInstanceOf(Outcome.NotApplicable.class);
        return outcome instanceof Outcome.Rejected rejected ? rejected.reason() : null;
    }
}
