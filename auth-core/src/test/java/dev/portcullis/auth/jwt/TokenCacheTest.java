package dev.portcullis.auth.jwt;

import static dev.portcullis.auth.jwt.TokenFactory.KEY;
import static dev.portcullis.auth.jwt.TokenFactory.OTHER_KEY;
import static dev.portcullis.auth.jwt.TokenFactory.jwk;
import static dev.portcullis.auth.jwt.TokenFactory.request;
import static dev.portcullis.auth.jwt.TokenFactory.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is remembered of tokens, and when it is forgotten. */
class TokenCacheTest {

    private static final long NOW = 1_800_000_000;

    private final AtomicLong millis = new AtomicLong(NOW * 1000);
    private final AtomicLong nanos = new AtomicLong();
    private final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());
    private final TokenFactory factory = new TokenFactory();
    private final TrustedIssuer issuer = TrustedIssuer.named("https://issuer.example")
            .keys(PublishedKeys.at(factory.jwks()).ticker(nanos::get).build())
            .audience("api")
            .build();
    private final JWKSAuthentication method =
            JWKSAuthentication.builder().trust(issuer).clock(clock).build();
    private final String token =
            token("{\"iss\":\"https://issuer.example\",\"aud\":\"api\",\"exp\":" + (NOW + 600) + "}");

    @AfterEach
    void close() {
        method.close();
        factory.close();
    }

    private static SHA256 hash(String text) {
        return SHA256.of(SecretText.of(text));
    }

    private AcceptedToken accepted(SigningKey key, long exp, int length) throws TokenRejection {
        VerifiedToken verified = new VerifiedToken(Claims.of(Map.of("exp", exp)), key);
        return new AcceptedToken(verified, issuer, Outcome.notApplicable(), length);
    }

    private SigningKey key() {
        SigningKey key = issuer.keys().find("key-1");
        assertThat(key).isNotNull();
        return java.util.Objects.requireNonNull(key);
    }

    /** "A key withdrawn from the set stops working at the next refresh, in every cache." */
    @Test
    void a_remembered_token_of_a_withdrawn_key_is_refused_after_the_next_refresh() {
        assertThat(method.authenticate(request("Bearer " + token))).isInstanceOf(Outcome.Authenticated.class);
        factory.publish(jwk(OTHER_KEY, "key-2"));
        assertThat(method.authenticate(request("Bearer " + token))).isInstanceOf(Outcome.Authenticated.class);
        nanos.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(method.authenticate(request("Bearer " + token)))
                .isEqualTo(Outcome.rejected(Reason.UNKNOWN_SIGNING_KEY, CredentialKind.JWT));
    }

    @Test
    void a_remembered_token_is_refused_when_its_kid_names_another_key() {
        assertThat(method.authenticate(request("Bearer " + token))).isInstanceOf(Outcome.Authenticated.class);
        factory.publish(jwk(OTHER_KEY, "key-1"));
        nanos.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(method.authenticate(request("Bearer " + token)))
                .isEqualTo(Outcome.rejected(Reason.INVALID_SIGNATURE, CredentialKind.JWT));
    }

    @Test
    void a_remembered_token_goes_on_when_a_second_key_is_published() {
        Outcome first = method.authenticate(request("Bearer " + token));
        factory.publish(jwk(KEY, "key-1"), jwk(OTHER_KEY, "key-2"));
        nanos.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(method.authenticate(request("Bearer " + token))).isSameAs(first);
    }

    @Test
    void what_a_withdrawn_key_signed_is_dropped() throws TokenRejection {
        TokenCache cache = new TokenCache(10);
        cache.keep(hash("a"), accepted(key(), NOW + 60, 800), NOW);
        cache.dropWithdrawn(issuer, issuer.keys().current());
        assertThat(cache.find(hash("a"))).isNotNull();
        cache.dropWithdrawn(issuer, new KeySet(List.of()));
        assertThat(cache.find(hash("a"))).isNull();
    }

    @Test
    void what_has_expired_is_dropped_within_a_minute() throws TokenRejection {
        TokenCache cache = new TokenCache(10);
        SigningKey key = key();
        cache.keep(hash("a"), accepted(key, NOW + 60, 800), NOW);
        cache.keep(hash("b"), accepted(key, NOW + 61, 800), NOW + 59.999);
        assertThat(cache.find(hash("a"))).isNotNull();
        cache.keep(hash("c"), accepted(key, NOW + 600, 800), NOW + 60);
        assertThat(cache.find(hash("a"))).isNull();
        assertThat(cache.find(hash("b"))).isNotNull();
        assertThat(cache.find(hash("c"))).isNotNull();
        cache.drop(hash("b"));
        assertThat(cache.find(hash("b"))).isNull();
    }

    /** "Never longer than `exp`", to the millisecond: what is still remembered is not let in. */
    @Test
    void a_remembered_token_is_refused_from_exp_on() {
        assertThat(method.authenticate(request("Bearer " + token))).isInstanceOf(Outcome.Authenticated.class);
        millis.set((NOW + 600) * 1000 - 1);
        assertThat(method.authenticate(request("Bearer " + token))).isInstanceOf(Outcome.Authenticated.class);
        millis.addAndGet(1);
        for (int i = 0; i < 2; i++) {
            assertThat(method.authenticate(request("Bearer " + token)))
                    .isEqualTo(Outcome.rejected(Reason.TOKEN_EXPIRED, CredentialKind.JWT));
        }
    }

    @Test
    void it_is_bounded_and_long_tokens_count_for_several() throws TokenRejection {
        TokenCache cache = new TokenCache(20);
        SigningKey key = key();
        for (int i = 0; i < 1000; i++) {
            cache.keep(hash("short" + i), accepted(key, NOW + 60, 800), NOW);
        }
        assertThat(remembered(cache, "short", 1000)).isBetween(1, 20);
        for (int i = 0; i < 1000; i++) {
            cache.keep(hash("long" + i), accepted(key, NOW + 60, 16_000), NOW);
        }
        assertThat(remembered(cache, "long", 1000)).isBetween(0, 1);
    }

    private static int remembered(TokenCache cache, String name, int count) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            found += cache.find(hash(name + i)) == null ? 0 : 1;
        }
        return found;
    }

    /** The first use waits for the keys; later ones take what is at hand and never wait. */
    @Test
    void a_refresh_ahead_of_expiry_happens_behind_the_requests() {
        assertThat(method.authenticate(request("Bearer " + token))).isInstanceOf(Outcome.Authenticated.class);
        factory.publish(jwk(OTHER_KEY, "key-2"));
        nanos.addAndGet(Duration.ofMinutes(4).plusSeconds(1).toNanos());
        await().untilAsserted(() ->
                assertThat(method.authenticate(request("Bearer " + token))).isInstanceOf(Outcome.Rejected.class));
    }
}
