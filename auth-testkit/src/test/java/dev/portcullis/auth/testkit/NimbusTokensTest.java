package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.TrustedIssuer;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens made by Nimbus JOSE + JWT, with keys of several sizes, are let in with all their claims. */
@Timeout(300)
class NimbusTokensTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final TokenIssuer issuer = TokenIssuer.start();

    @AfterEach
    void end() {
        issuer.close();
    }

    private JWKSAuthentication publish(List<RSAKey> keys) {
        issuer.publish(new JWKSet(List.copyOf(keys)).toPublicJWKSet().toString());
        TrustedIssuer trusted = TrustedIssuer.named(issuer.issuer())
                .jwks(issuer.jwks())
                .audience("api")
                .build();
        return JWKSAuthentication.builder()
                .clock(SettableClock.at(NOW))
                .trust(trusted)
                .build();
    }

    @Test
    void keys_of_every_usual_size_verify() throws Exception {
        List<RSAKey> keys = new ArrayList<>();
        for (int bits : List.of(2048, 3072, 4096)) {
            keys.add(new RSAKeyGenerator(bits)
                    .keyID("nimbus-" + bits)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyUse(KeyUse.SIGNATURE)
                    .generate());
        }
        try (JWKSAuthentication method = publish(keys)) {
            for (RSAKey key : keys) {
                assertLetIn(method, key.getKeyID(), key, header(key).build(), claims().build());
            }
        }
    }

    @Test
    void headers_of_every_shape_are_let_in() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
        try (JWKSAuthentication method = publish(List.of(key))) {
            for (JWSHeader header : headers(key)) {
                assertLetIn(method, header.toString(), key, header, claims().build());
            }
        }
    }

    @Test
    void claims_of_every_shape_are_let_in() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("\u00fc/\"1\"").generate();
        try (JWKSAuthentication method = publish(List.of(key))) {
            for (JWTClaimsSet claims : shapes()) {
                assertLetIn(method, claims.toString(), key, header(key).build(), claims);
            }
        }
    }

    private static JWSHeader.Builder header(RSAKey key) {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID());
    }

    private static List<JWSHeader> headers(RSAKey key) throws ParseException {
        return List.of(
                new JWSHeader(JWSAlgorithm.RS256),
                header(key).type(JOSEObjectType.JWT).build(),
                header(key).type(new JOSEObjectType("at+jwt")).build(),
                header(key).type(new JOSEObjectType("application/at+JWT")).build(),
                header(key).contentType("json").build(),
                JWSHeader.parse(Map.of("alg", "RS256", "kid", key.getKeyID(), "x5t", "A".repeat(27))),
                header(key)
                        .x509CertSHA256Thumbprint(Base64URL.encode(new byte[32]))
                        .build(),
                header(key).x509CertChain(List.of(Base64.encode(new byte[600]))).build(),
                header(key)
                        .x509CertURL(URI.create("https://issuer.example/cert.pem"))
                        .build(),
                header(key)
                        .jwkURL(URI.create("https://issuer.example/jwks.json"))
                        .build(),
                header(key).jwk(key.toPublicJWK()).build(),
                header(key)
                        .customParam("ver", Map.of("a", List.of(1, 2.5, "\u00e9")))
                        .build());
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer.issuer())
                .subject("user-1")
                .audience("api")
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(60)));
    }

    private List<JWTClaimsSet> shapes() {
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("null", null);
        nested.put("list", List.of(1, -2L, 3.25, true, "x", List.of(), Map.of()));
        return List.of(
                claims().build(),
                claims().subject(null).issueTime(null).build(),
                claims().subject("").build(),
                claims().audience(List.of("x", "api", "y")).build(),
                claims().notBeforeTime(Date.from(NOW.plusSeconds(5))).jwtID("j").build(),
                claims().expirationTime(Date.from(NOW.plus(Duration.ofDays(36_500))))
                        .build(),
                claims().claim("permissions", List.of("catalog:read", "holdings:read"))
                        .build(),
                claims().claim("permissions", "catalog:read holdings:read").build(),
                claims().claim("azp", "https://app.example").claim("sid", "s").build(),
                claims().claim("nested", nested).build(),
                claims().claim("n", List.of(Long.MAX_VALUE, Long.MIN_VALUE, Double.MIN_VALUE, Double.MAX_VALUE))
                        .build(),
                claims().claim(
                                "\u00e9\u4e2d\ud83d\udd11\0\u2028</script>",
                                "\u00e9\u4e2d\ud83d\udd11\0\u2028</script>'&=")
                        .build(),
                claims().claim("long", "x".repeat(10_000)).build());
    }

    private static void assertLetIn(
            JWKSAuthentication method, String name, RSAKey key, JWSHeader header, JWTClaimsSet claims)
            throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(new RSASSASigner(key));
        Map<String, Object> expected = claims.toJSONObject();
        assertThat(expected).containsKey("exp");
        IssuedElsewhere.assertLetIn(method, name, token.serialize(), expected);
    }
}
