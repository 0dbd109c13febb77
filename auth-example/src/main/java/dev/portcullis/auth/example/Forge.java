package dev.portcullis.auth.example;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes tokens that no issuer makes, from header and payload as texts. It has a good key and a short one, and publishes
 * them beside an issuer's own under names that say what is wrong with them.
 */
final class Forge {

    /** The one name under which the good key may be used. */
    static final String GOOD = "forge";

    /** A key of 1024 bits. */
    static final String SHORT = "short";

    /** A key for encryption. */
    static final String ENCRYPTION = "encryption";

    /** A key for another algorithm. */
    static final String OTHER_ALGORITHM = "other-algorithm";

    /** Two keys with one name. */
    static final String TWINS = "twins";

    private static final String SIGNING = "\"use\":\"sig\"";

    private final KeyPair good = pair(2048);
    private final KeyPair tooShort = pair(1024);

    private static KeyPair pair(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform makes RSA keys", e);
        }
    }

    /** A key set with the keys of another, and all of these. */
    String publishedBeside(String keySet) {
        String own = String.join(
                ",",
                List.of(
                        jwk(good, GOOD, SIGNING),
                        jwk(tooShort, SHORT, SIGNING),
                        jwk(good, ENCRYPTION, "\"use\":\"enc\""),
                        jwk(good, OTHER_ALGORITHM, "\"alg\":\"RS512\""),
                        jwk(good, TWINS, SIGNING),
                        jwk(good, TWINS, SIGNING)));
        return keySet.substring(0, keySet.lastIndexOf(']')) + "," + own + "]}";
    }

    /** The good key as a JWK (RFC 7517), which no header may bring along. */
    String goodKey() {
        return jwk(good, GOOD, SIGNING);
    }

    private static String jwk(KeyPair pair, String name, String more) {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return "{\"kty\":\"RSA\",\"kid\":\"" + name + "\",\"n\":\"" + number(key.getModulus()) + "\",\"e\":\""
                + number(key.getPublicExponent()) + "\"," + more + "}";
    }

    private static String number(BigInteger number) {
        byte[] signed = number.toByteArray();
        int sign = signed[0] == 0 ? 1 : 0;
        return base64(Arrays.copyOfRange(signed, sign, signed.length));
    }

    /** A token of the good key. */
    String signed(String payload) {
        return signed(header(GOOD), payload);
    }

    /** A token of the good key, with any header. */
    String signed(String header, String payload) {
        return signed(good.getPrivate(), bytes(header), bytes(payload));
    }

    /** A token of the good key, whose header need not be text. */
    String signed(byte[] header, String payload) {
        return signed(good.getPrivate(), header, bytes(payload));
    }

    /** A token of the short key. */
    String signedTooShort(String payload) {
        return signed(tooShort.getPrivate(), bytes(header(SHORT)), bytes(payload));
    }

    /** A token without a signature (RFC 7519 section 6). */
    String unsigned(String header, String payload) {
        return text(bytes(header), bytes(payload)) + ".";
    }

    /** A token whose HMAC key is the published key: the confusion of RFC 8725 section 2.1. */
    String symmetric(String payload) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(good.getPublic().getEncoded(), "HmacSHA256"));
            String text = text(bytes("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"" + GOOD + "\"}"), bytes(payload));
            return text + "." + base64(mac.doFinal(bytes(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC with SHA-256", e);
        }
    }

    /** A header for a key. */
    static String header(String kid) {
        return "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}";
    }

    private static String signed(PrivateKey key, byte[] header, byte[] payload) {
        try {
            Signature engine = Signature.getInstance("SHA256withRSA");
            engine.initSign(key);
            String text = text(header, payload);
            engine.update(bytes(text));
            return text + "." + base64(engine.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform signs with RSA and SHA-256", e);
        }
    }

    private static String text(byte[] header, byte[] payload) {
        return base64(header) + "." + base64(payload);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Never a key. */
    @Override
    public String toString() {
        return "Forge";
    }
}
