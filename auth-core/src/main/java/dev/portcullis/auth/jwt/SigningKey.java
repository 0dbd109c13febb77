package dev.portcullis.auth.jwt;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.EnginePool;
import dev.portcullis.auth.Reason;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A published RSA key, ready to verify RS256 signatures (RFC 7518 section 3.3). Safe for use by many threads at once;
 * equal only to itself, so that a key that was withdrawn and published anew is another one.
 */
final class SigningKey {

    private static final String ALGORITHM = "SHA256withRSA";

    private final @Nullable String kid;
    private final BigInteger modulus;
    private final BigInteger exponent;
    private final byte[] modulusBytes;
    private final PublicKey publicKey;
    private final @Nullable Provider provider;
    private final EnginePool<Signature> engines = new EnginePool<>(this::newEngine);

    /**
     * A key.
     *
     * @param provider verifies its signatures, or null for the platform's choice
     * @throws GeneralSecurityException if the provider cannot use the key
     */
    SigningKey(@Nullable String kid, BigInteger modulus, BigInteger exponent, @Nullable Provider provider)
            throws GeneralSecurityException {
        this.kid = kid;
        this.modulus = modulus;
        this.exponent = exponent;
        this.modulusBytes = bytes(modulus);
        this.publicKey = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        this.provider = provider;
        engines.giveBack(engine());
    }

    /** Big-endian in the least number of bytes, as long as a signature by this key (RFC 8017 section 8.2.2). */
    private static byte[] bytes(BigInteger modulus) {
        byte[] signed = modulus.toByteArray();
        return signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
    }

    @Nullable
    String kid() {
        return kid;
    }

    /** Whether this is the key that a JWK describes. */
    boolean is(@Nullable String otherKid, BigInteger otherModulus, BigInteger otherExponent) {
        boolean sameKid = kid == null ? otherKid == null : kid.equals(otherKid);
        return sameKid && modulus.equals(otherModulus) && exponent.equals(otherExponent);
    }

    /**
     * Whether a signature is this key's over some bytes. One signature has one spelling: as many bytes as the modulus
     * and, as a number, less than the modulus.
     *
     * @throws AuthUnavailableException if the provider fails in a way that tells nothing about the signature
     */
    boolean verify(byte[] signed, int signedLength, byte[] signature, int signatureLength) {
        if (signatureLength != modulusBytes.length
                || Arrays.compareUnsigned(signature, 0, signatureLength, modulusBytes, 0, modulusBytes.length) >= 0) {
            return false;
        }
        try {
            Signature engine = engines.take();
            engine.update(signed, 0, signedLength);
            boolean verified = engine.verify(signature, 0, signatureLength);
            engines.giveBack(engine);
            return verified;
        } catch (SignatureException e) {
            return false; // and the engine is dropped: its state is unknown
        } catch (RuntimeException e) {
            throw new AuthUnavailableException(Reason.SIGNING_KEYS_UNAVAILABLE, Duration.ofSeconds(1), e);
        }
    }

    private Signature newEngine() {
        try {
            return engine();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The signature provider took this key before", e);
        }
    }

    private Signature engine() throws NoSuchAlgorithmException, InvalidKeyException {
        Signature engine =
                provider == null ? Signature.getInstance(ALGORITHM) : Signature.getInstance(ALGORITHM, provider);
        engine.initVerify(publicKey);
        return engine;
    }

    /** Which key it is, without its material. */
    @Override
    public String toString() {
        return "SigningKey[" + (kid == null ? "without kid" : LogText.quoted(kid)) + "]";
    }
}
