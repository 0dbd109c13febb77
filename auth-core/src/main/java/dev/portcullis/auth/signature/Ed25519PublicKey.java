package dev.portcullis.auth.signature;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.EnginePool;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 public key (RFC 8032 section 5.1): a point of the curve in its one encoding, and not one of small order, of
 * whose signatures nobody is the only maker. Immutable, and safe for use by many threads.
 */
public final class Ed25519PublicKey {

    /** How many bytes a key has. */
    public static final int LENGTH = EdwardsPoint.LENGTH;

    /** How many bytes a signature has. */
    public static final int SIGNATURE_LENGTH = 64;

    private static final String ALGORITHM = "Ed25519";

    /** The order of the group that the base point makes (RFC 8032 section 5.1). */
    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final byte[] ORDER = bytes(L);
    private static final byte[] PRIME = bytes(EdwardsPoint.P);

    private static final EnginePool<Signature> ENGINES = new EnginePool<>(Ed25519PublicKey::engine);

    private final byte[] encoded;
    private final SHA256 fingerprint;
    private final PublicKey key;

    private Ed25519PublicKey(byte[] encoded, EdwardsPoint point) {
        this.encoded = encoded;
        this.fingerprint = SHA256.of(encoded);
        this.key = key(point);
    }

    private static PublicKey key(EdwardsPoint point) {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new EdECPublicKeySpec(
                            NamedParameterSpec.ED25519, new EdECPoint(point.isXOdd(), point.y())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 15 and newer have Ed25519, and this is a point of its curve", e);
        }
    }

    private static Signature engine() {
        try {
            return Signature.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java 15 and newer have Ed25519", e);
        }
    }

    private static byte[] bytes(BigInteger number) {
        byte[] bytes = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    /**
     * A key by its encoding (RFC 8032 section 5.1.2).
     *
     * @param encoded the raw key; copied
     * @return the key, or null if this is not exactly 32 bytes that encode a point canonically, or if the point is of
     *     small order
     */
    public static @Nullable Ed25519PublicKey of(byte[] encoded) {
        EdwardsPoint point = encoded.length == LENGTH ? EdwardsPoint.decode(encoded) : null;
        return point == null || point.isOfSmallOrder() ? null : new Ed25519PublicKey(encoded.clone(), point);
    }

    /**
     * A key by the base64 of its 32 bytes (RFC 4648 section 4).
     *
     * @param text the text, with padding or without it, and without white space
     * @return the key, or null if this is none, as of {@link #of(byte[])}
     */
    public static @Nullable Ed25519PublicKey parse(String text) {
        byte[] raw =
                text.endsWith("=") ? Base64Text.decodePadded(text, LENGTH) : Base64Text.decodeUnpadded(text, LENGTH);
        return raw == null ? null : of(raw);
    }

    /**
     * The raw key.
     *
     * @return a copy of its 32 bytes
     */
    public byte[] encoded() {
        return encoded.clone();
    }

    /**
     * What clients name the key by.
     *
     * @return the SHA-256 of the raw key
     */
    public SHA256 fingerprint() {
        return fingerprint;
    }

    /**
     * What clients name the key by, as it is written.
     *
     * @return the base64 of the fingerprint without padding: 43 characters
     */
    public String fingerprintText() {
        return Base64Text.unpadded(fingerprint.toBytes());
    }

    /**
     * Whether a signature is this key's over some bytes. A signature has one spelling: 64 bytes, {@code S} less than the
     * group's order (RFC 8032 section 5.1.7), and {@code R} with a {@code y} less than the field's prime.
     *
     * @param signed the bytes
     * @param signature the signature, of any length
     * @return whether it is
     * @throws AuthUnavailableException if the platform fails in a way that tells nothing about the signature
     */
    public boolean verifies(byte[] signed, byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH
                || !isLess(signature, LENGTH, 0xff, ORDER)
                || !isLess(signature, 0, 0x7f, PRIME)) {
            return false;
        }
        Signature engine = ENGINES.take();
        try {
            engine.initVerify(key);
            engine.update(signed);
            boolean verified = engine.verify(signature);
            ENGINES.giveBack(engine);
            return verified;
        } catch (SignatureException e) {
            return false; // and the engine is dropped: its state is unknown
        } catch (InvalidKeyException | RuntimeException e) {
            throw new AuthUnavailableException(Reason.SIGNING_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(1), e);
        }
    }

    /** Compares a number whose lowest byte comes first; of the last byte only some bits belong to it. */
    private static boolean isLess(byte[] bytes, int from, int lastBits, byte[] bound) {
        for (int i = LENGTH - 1; i >= 0; i--) {
            int mine = bytes[from + i] & (i == LENGTH - 1 ? lastBits : 0xff);
            int other = bound[i] & 0xff;
            if (mine != other) {
                return mine < other;
            }
        }
        return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ed25519PublicKey that && fingerprint.equals(that.fingerprint);
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }

    /** The fingerprint, which is no secret. */
    @Override
    public String toString() {
        return "Ed25519PublicKey[" + fingerprintText() + "]";
    }
}
