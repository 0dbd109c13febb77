package dev.portcullis.auth.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The private half of a signing key, for clients: a server has no use for it. Never shown by {@link #toString()}.
 * Immutable, and safe for use by many threads.
 */
public final class Ed25519SecretKey {

    private static final int LENGTH = 32;

    private final byte[] seed;
    private final PrivateKey key;
    private final Ed25519PublicKey publicKey;

    private Ed25519SecretKey(byte[] seed) {
        this.seed = seed;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
            this.publicKey =
                    publicKey((EdECPublicKey) generator.generateKeyPair().getPublic());
            this.key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 15 and newer have Ed25519", e);
        }
    }

    private static Ed25519PublicKey publicKey(EdECPublicKey made) {
        byte[] y = made.getPoint().getY().toByteArray();
        byte[] encoded = new byte[Ed25519PublicKey.LENGTH];
        for (int i = 0; i < Math.min(y.length, encoded.length); i++) {
            encoded[i] = y[y.length - 1 - i];
        }
        if (made.getPoint().isXOdd()) {
            encoded[encoded.length - 1] |= (byte) 0x80;
        }
        Ed25519PublicKey key = Ed25519PublicKey.of(encoded);
        if (key == null) {
            throw new IllegalStateException("The platform has made a public key that is none");
        }
        return key;
    }

    /**
     * Makes a new key.
     *
     * @return a key from the platform's secure source
     */
    public static Ed25519SecretKey generate() {
        byte[] seed = new byte[LENGTH];
        new SecureRandom().nextBytes(seed);
        return new Ed25519SecretKey(seed);
    }

    /**
     * A key that was made before.
     *
     * @param seed the private key as RFC 8032 section 5.1.5 calls it; copied
     * @return the key, or null if there are not exactly 32 bytes
     */
    public static @Nullable Ed25519SecretKey of(byte[] seed) {
        return seed.length == LENGTH ? new Ed25519SecretKey(seed.clone()) : null;
    }

    /**
     * A key that was made before, by the base64 of its 32 bytes.
     *
     * @param text the text, with padding or without it, and without white space
     * @return the key, or null if this is none
     */
    public static @Nullable Ed25519SecretKey parse(String text) {
        byte[] raw =
                text.endsWith("=") ? Base64Text.decodePadded(text, LENGTH) : Base64Text.decodeUnpadded(text, LENGTH);
        return raw == null ? null : of(raw);
    }

    /**
     * The key itself. Whoever asks for it must keep it out of logs, exceptions and events.
     *
     * @return the base64 of the 32 bytes, with padding
     */
    public String reveal() {
        return Base64Text.padded(seed);
    }

    /**
     * The half that is registered.
     *
     * @return the public key
     */
    public Ed25519PublicKey publicKey() {
        return publicKey;
    }

    /**
     * Signs bytes (RFC 8032 section 5.1.6).
     *
     * @param bytes what is signed
     * @return 64 bytes
     */
    public byte[] sign(byte[] bytes) {
        try {
            Signature engine = Signature.getInstance("Ed25519");
            engine.initSign(key);
            engine.update(bytes);
            return engine.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 15 and newer have Ed25519", e);
        }
    }

    /** The public half alone. */
    @Override
    public String toString() {
        return "Ed25519SecretKey[redacted, " + publicKey.fingerprintText() + "]";
    }

    /** Hands out given bytes as if they were random, so that the platform makes the public half of a given key. */
    private static final class Given extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Given(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(Arrays.copyOf(bytes, target.length), 0, target, 0, target.length);
        }
    }
}
