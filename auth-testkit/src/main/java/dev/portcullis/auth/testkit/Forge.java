package dev.portcullis.auth.testkit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Makes tokens of any text and any signature. What it makes depends on the keys and the time alone. */
final class Forge {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final IssuerKey key;
    private final String issuer;
    private final String audience;
    private final long millis;

    Forge(TokenIssuer issuer, String audience, InstantSource clock) {
        this.key = issuer.key(issuer.keyId());
        this.issuer = issuer.issuer();
        this.audience = audience;
        this.millis = clock.millis();
    }

    /** A good header. */
    Members header() {
        return Members.none().withText("alg", "RS256").withText("typ", "JWT").withText("kid", key.keyId());
    }

    /** Good claims. */
    Members claims() {
        return Members.none()
                .withText("iss", issuer)
                .withText("sub", "user-1")
                .withText("aud", audience)
                .with("iat", seconds(Duration.ZERO))
                .with("exp", seconds(LIFETIME))
                .with("permissions", "[\"catalog:read\"]");
    }

    /** A time from now on, in seconds since 1970 with three decimals. */
    String seconds(Duration fromNow) {
        return BigDecimal.valueOf(millis(fromNow), 3).toPlainString();
    }

    /** A time from now on, in milliseconds since 1970. */
    long millis(Duration fromNow) {
        return millis + fromNow.toMillis();
    }

    String issuer() {
        return issuer;
    }

    String audience() {
        return audience;
    }

    IssuerKey key() {
        return key;
    }

    RSAPublicKey publicKey() {
        return key.publicKey();
    }

    // Tokens

    /** What the issuer would sign. */
    String good() {
        return token(header(), claims());
    }

    String token(Members header, Members claims) {
        return token(utf8(header.toString()), utf8(claims.toString()));
    }

    String token(byte[] header, byte[] payload) {
        return signed(input(header, payload));
    }

    /** Any text, with the issuer's signature over it. */
    String signed(String input) {
        return input + "." + base64(signature(input));
    }

    static String input(Members header, Members claims) {
        return input(utf8(header.toString()), utf8(claims.toString()));
    }

    static String input(byte[] header, byte[] payload) {
        return base64(header) + "." + base64(payload);
    }

    // Signatures by the issuer's key

    byte[] signature(String text) {
        return signature("SHA256withRSA", null, text);
    }

    byte[] signature(String algorithm, @Nullable AlgorithmParameterSpec parameters, String text) {
        try {
            SecureRandom always = SecureRandom.getInstance("SHA1PRNG");
            always.setSeed(1);
            Signature engine = Signature.getInstance(algorithm);
            if (parameters != null) {
                engine.setParameter(parameters);
            }
            engine.initSign(key.privateKey(), always);
            engine.update(utf8(text));
            return engine.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform signs with " + algorithm, e);
        }
    }

    /** The private operation on an encoded message as it stands (RFC 8017 section 5.2.1). */
    byte[] raw(byte[] encoded) {
        BigInteger signature = new BigInteger(1, encoded).modPow(privateKey().getPrivateExponent(), modulus());
        return octets(signature, encoded.length);
    }

    private RSAPrivateKey privateKey() {
        if (key.privateKey() instanceof RSAPrivateKey rsa) {
            return rsa;
        }
        throw new IllegalStateException("The issuer's keys are RSA keys with their numbers at hand");
    }

    BigInteger modulus() {
        return publicKey().getModulus();
    }

    // Texts and bytes

    static String base64(String text) {
        return base64(utf8(text));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A number, big-endian in at least so many octets (RFC 8017 section 4.1). */
    static byte[] octets(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        byte[] plain = signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
        byte[] octets = new byte[Math.max(length, plain.length)];
        System.arraycopy(plain, 0, octets, octets.length - plain.length, plain.length);
        return octets;
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "Forge[" + key.keyId() + "]";
    }
}
