package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.PublishedKeys;
import dev.portcullis.auth.jwt.TrustedIssuer;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.function.LongSupplier;

/** Tokens signed by the key of RFC 7515 appendix A.2, which all the world knows, and what lets them in. */
final class Tokens {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final InstantSource CLOCK = InstantSource.fixed(NOW);
    static final String ISSUER = "https://issuer.example";
    static final String AUDIENCE = "https://api.example";

    static final String N =
            "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4"
                    + "d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e"
                    + "-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9ia"
                    + "GNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
    private static final String D =
            "Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7Y"
                    + "wVol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpR"
                    + "LI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBO"
                    + "neufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ";
    private static final String P =
            "4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB"
                    + "0Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc";
    private static final String Q =
            "uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul"
                    + "7TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc";

    /** The key set that holds the key alone, under the name {@code k}. */
    static final String KEY_SET = "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"use\":\"sig\",\"alg\":\"RS256\",\"n\":\""
            + N + "\",\"e\":\"AQAB\"}]}";

    static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"k\"}";

    /** So that keys are fetched once: they stay fresh. */
    static final LongSupplier NO_TIME_PASSES = () -> 0;

    private static final PrivateKey KEY = key();

    private Tokens() {}

    private static PrivateKey key() {
        BigInteger p = number(P);
        BigInteger q = number(Q);
        BigInteger d = number(D);
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new RSAPrivateCrtKeySpec(
                            number(N),
                            BigInteger.valueOf(65_537),
                            d,
                            p,
                            q,
                            d.mod(p.subtract(BigInteger.ONE)),
                            d.mod(q.subtract(BigInteger.ONE)),
                            q.modInverse(p)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger number(String base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
    }

    /** A token of any two parts, well formed or not. */
    static String sign(byte[] header, byte[] payload) {
        String signed = base64(header) + "." + base64(payload);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KEY);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sign(String header, String payload) {
        return sign(header.getBytes(StandardCharsets.UTF_8), payload.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Lets in the tokens of the issuer, by keys that are fetched once and then stay fresh. */
    static JWKSAuthentication method() {
        try (TokenIssuer server = TokenIssuer.start()) {
            server.publish(KEY_SET);
            PublishedKeys keys = PublishedKeys.at(server.jwks())
                    .ticker(NO_TIME_PASSES)
                    .fetchTimeout(Duration.ofMinutes(1))
                    .build();
            JWKSAuthentication method = JWKSAuthentication.builder()
                    .trust(TrustedIssuer.named(ISSUER)
                            .keys(keys)
                            .audience(AUDIENCE)
                            .build())
                    .cachedTokens(100)
                    .clock(CLOCK)
                    .build();
            method.authenticate(Sent.with("authorization", "Bearer " + sign(HEADER, "{}")));
            method.authenticate(
                    Sent.with("authorization", "Bearer " + sign("{\"alg\":\"RS256\",\"kid\":\"x\"}", "{}")));
            return method;
        }
    }
}
