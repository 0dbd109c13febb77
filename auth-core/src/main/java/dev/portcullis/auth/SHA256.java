package dev.portcullis.auth;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 value (FIPS 180-4): 32 bytes, comparable, usable as a map key. What it is the hash of is a secret, so
 * {@link #toString()} does not show it.
 */
public final class SHA256 {

    /** How many bytes a value has. */
    public static final int LENGTH = 32;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final EnginePool<Hasher> HASHERS = new EnginePool<>(Hasher::new);

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private SHA256(byte[] bytes) {
        this((long) LONGS.get(bytes, 0), (long) LONGS.get(bytes, 8), (long) LONGS.get(bytes, 16), (long)
                LONGS.get(bytes, 24));
    }

    private SHA256(long first, long second, long third, long fourth) {
        this.first = first;
        this.second = second;
        this.third = third;
        this.fourth = fourth;
    }

    /**
     * Hashes a text in UTF-8.
     *
     * @param text the text
     * @return its hash
     */
    public static SHA256 of(SecretText text) {
        Hasher hasher = HASHERS.take();
        SHA256 hash = hasher.hash(text);
        HASHERS.giveBack(hasher);
        return hash;
    }

    /**
     * Hashes bytes.
     *
     * @param bytes the bytes
     * @return their hash
     */
    public static SHA256 of(byte[] bytes) {
        Hasher hasher = HASHERS.take();
        SHA256 hash = hasher.hash(bytes);
        HASHERS.giveBack(hasher);
        return hash;
    }

    /**
     * A value that was computed before.
     *
     * @param bytes exactly 32 bytes; copied
     * @return the value
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static SHA256 ofHashed(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("A SHA-256 value has 32 bytes, not " + bytes.length);
        }
        return new SHA256(bytes);
    }

    /**
     * A value that was taken apart, by whoever keeps many of them in little room.
     *
     * @param first the first eight bytes, big-endian
     * @param second the next eight
     * @param third the next eight
     * @param fourth the last eight
     * @return the value
     */
    public static SHA256 ofWords(long first, long second, long third, long fourth) {
        return new SHA256(first, second, third, fourth);
    }

    /**
     * A quarter of the value.
     *
     * @param index which, from 0 to 3
     * @return eight bytes, big-endian
     * @throws IllegalArgumentException if there is no such quarter
     */
    public long word(int index) {
        return switch (index) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            case 3 -> fourth;
            default -> throw new IllegalArgumentException("A SHA-256 value has four quarters");
        };
    }

    /**
     * The value, for a store to keep.
     *
     * @return 32 bytes
     */
    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true; // without a look at either: one of many may be far away
        }
        return other instanceof SHA256 that
                && ((first ^ that.first) | (second ^ that.second) | (third ^ that.third) | (fourth ^ that.fourth)) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    /** Never the value. */
    @Override
    public String toString() {
        return "SHA256[redacted]";
    }

    /** A digest with its buffers. A text is hashed piece by piece, so that its length costs no memory. */
    private static final class Hasher {

        private static final int PIECE = 1024;

        private final MessageDigest digest = sha256();
        private final CharsetEncoder encoder = StandardCharsets.ISO_8859_1.newEncoder();
        private final char[] chars = new char[PIECE];
        private final byte[] bytes = new byte[PIECE];
        private final CharBuffer in = CharBuffer.wrap(chars);
        private final ByteBuffer out = ByteBuffer.wrap(bytes);

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }

        SHA256 hash(SecretText text) {
            for (int from = 0; from < text.length(); from += PIECE) {
                int count = Math.min(PIECE, text.length() - from);
                text.copyTo(from, count, chars);
                if (!encodeASCII(count)) {
                    digest.reset();
                    digest.update(text.toUTF8());
                    break;
                }
                digest.update(bytes, 0, count);
            }
            return finished();
        }

        SHA256 hash(byte[] all) {
            digest.update(all);
            return finished();
        }

        private SHA256 finished() {
            try {
                digest.digest(bytes, 0, LENGTH);
            } catch (DigestException e) {
                throw new IllegalStateException("SHA-256 gives 32 bytes", e);
            }
            return new SHA256(bytes);
        }

        /** Latin-1 is encoded by a vector instruction; what is not ASCII shows in the bytes' highest bits. */
        private boolean encodeASCII(int count) {
            in.clear().limit(count);
            out.clear();
            encoder.reset();
            CoderResult result = encoder.encode(in, out, true);
            if (!result.isUnderflow()) {
                return false;
            }
            long seen = 0;
            int i = 0;
            for (; i + 32 <= count; i += 32) {
                seen |= ((long) LONGS.get(bytes, i) | (long) LONGS.get(bytes, i + 8))
                        | ((long) LONGS.get(bytes, i + 16) | (long) LONGS.get(bytes, i + 24));
            }
            for (; i < count; i++) {
                seen |= bytes[i];
            }
            return (seen & 0x8080808080808080L) == 0;
        }
    }
}
