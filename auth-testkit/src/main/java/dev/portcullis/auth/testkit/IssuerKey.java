package dev.portcullis.auth.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A key that an issuer signs with. */
final class IssuerKey {

    private static final int BITS = 2048;

    /**
     * Keys of issuers that were closed. Making one takes some tenths of a second, which a suite with an issuer for each
     * test would feel; two issuers that run at the same time never have a key in common.
     */
    private static final Queue<KeyPair> SPARE = new ConcurrentLinkedQueue<>();

    private final String keyId;
    private final KeyPair pair;

    private IssuerKey(String keyId, KeyPair pair) {
        this.keyId = keyId;
        this.pair = pair;
    }

    static IssuerKey named(String keyId) {
        KeyPair spare = SPARE.poll();
        return new IssuerKey(keyId, spare == null ? newPair() : spare);
    }

    private static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform makes RSA keys", e);
        }
    }

    /** Lets an issuer that starts later have this key. */
    void giveBack() {
        SPARE.add(pair);
    }

    String keyId() {
        return keyId;
    }

    PrivateKey privateKey() {
        return pair.getPrivate();
    }

    RSAPublicKey publicKey() {
        return (RSAPublicKey) pair.getPublic();
    }

    /** What is published: the public half, for RS256 signatures. */
    JWK published() {
        return new RSAKey.Builder(publicKey())
                .keyID(keyId)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .build();
    }

    /** The RS256 signature over a text, in base64url. */
    static String sign(PrivateKey key, String text) {
        try {
            return new RSASSASigner(key)
                    .sign(new JWSHeader(JWSAlgorithm.RS256), text.getBytes(StandardCharsets.US_ASCII))
                    .toString();
        } catch (JOSEException e) {
            throw new IllegalArgumentException("This key cannot sign with RS256", e);
        }
    }

    @Override
    public String toString() {
        return "IssuerKey[" + keyId + "]";
    }
}
