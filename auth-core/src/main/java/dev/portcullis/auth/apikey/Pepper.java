package dev.portcullis.auth.apikey;

import dev.portcullis.auth.EnginePool;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret of the server's that goes into the hashes of keys: HMAC-SHA-256 (RFC 2104, FIPS 198-1) over the SHA-256 of the
 * key. Who can write to the store, and has not the pepper, cannot make a key that works. It is kept apart from the store,
 * and lost with it are all keys that stand on it. Safe for use by many threads.
 */
public final class Pepper {

    private static final String ALGORITHM = "HmacSHA256";

    private static final int SHORTEST = 32;
    private static final int LONGEST = 1024;

    /** Of 32 random bytes some 30 are different ones; of a word that is repeated to that length, few are. */
    private static final int LEAST_DIFFERENT = 16;

    private final int version;
    private final SecretKeySpec secret;
    private final EnginePool<Mac> engines = new EnginePool<>(this::engine);

    private Pepper(int version, byte[] secret) {
        if (version < 1 || version > Short.MAX_VALUE) {
            throw new IllegalArgumentException("A pepper's version must be from 1 to " + Short.MAX_VALUE);
        }
        if (secret.length < SHORTEST || secret.length > LONGEST) {
            throw new IllegalArgumentException("A pepper must have from " + SHORTEST + " to " + LONGEST + " bytes");
        }
        if (differentBytes(secret) < LEAST_DIFFERENT) {
            throw new IllegalArgumentException(
                    "A pepper must be random; make one with: openssl rand -base64 " + SHORTEST);
        }
        this.version = version;
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    private static int differentBytes(byte[] bytes) {
        boolean[] seen = new boolean[256];
        int different = 0;
        for (byte b : bytes) {
            different += seen[b & 0xff] ? 0 : 1;
            seen[b & 0xff] = true;
        }
        return different;
    }

    /**
     * A pepper as bytes.
     *
     * @param version what keys note that stand on it, from 1 to 32,767; a later pepper has a greater one
     * @param secret 32 to 1,024 bytes from a secure random source; copied
     * @return the pepper
     * @throws IllegalArgumentException if the version is out of range, or the secret is too short, too long, or plainly
     *     not random
     */
    public static Pepper of(int version, byte[] secret) {
        return new Pepper(version, secret);
    }

    /**
     * A pepper as text, as {@code openssl rand -base64 32} prints it.
     *
     * @param version what keys note that stand on it, from 1 to 32,767; a later pepper has a greater one
     * @param base64 the secret in base64 (RFC 4648 section 4), with padding
     * @return the pepper
     * @throws IllegalArgumentException if that is not base64, the version is out of range, or the secret is too short, too
     *     long, or plainly not random
     */
    public static Pepper fromBase64(int version, SecretText base64) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(base64.reveal());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The pepper must be written in base64"); // the other's words show some of it
        }
        return new Pepper(version, secret);
    }

    /**
     * Which one it is.
     *
     * @return from 1 to 32,767
     */
    public int version() {
        return version;
    }

    /** The keyed hash of a key whose plain hash is known. */
    SHA256 hash(SHA256 plain) {
        Mac engine = engines.take();
        byte[] hash = engine.doFinal(plain.toBytes());
        engines.giveBack(engine);
        return SHA256.ofHashed(hash);
    }

    private Mac engine() {
        try {
            Mac engine = Mac.getInstance(ALGORITHM);
            engine.init(secret);
            return engine;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
        }
    }

    /** The version, never the secret. */
    @Override
    public String toString() {
        return "Pepper[" + version + "]";
    }
}
