package dev.portcullis.auth.signature;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A point of the curve edwards25519 (RFC 8032 section 5.1), for judging public keys when they are registered. Its
 * arithmetic takes its time and hides nothing, which public keys need not.
 */
final class EdwardsPoint {

    /** How many bytes an encoded point has. */
    static final int LENGTH = 32;

    /** The prime of the field. */
    static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);

    private static final BigInteger ROOT_OF_MINUS_ONE =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

    private final BigInteger x;
    private final BigInteger y;

    private EdwardsPoint(BigInteger x, BigInteger y) {
        this.x = x;
        this.y = y;
    }

    /**
     * Decodes a point (RFC 8032 section 5.1.3), in its one spelling: {@code y} is less than the prime, and the sign of an
     * {@code x} that is zero is not set.
     *
     * @param encoded 32 bytes
     * @return the point, or null if this is none
     */
    static @Nullable EdwardsPoint decode(byte[] encoded) {
        boolean odd = encoded[LENGTH - 1] < 0;
        BigInteger y = littleEndian(encoded).clearBit(255);
        if (y.compareTo(P) >= 0) {
            return null;
        }
        BigInteger squared = y.multiply(y).mod(P);
        BigInteger above = squared.subtract(BigInteger.ONE).mod(P);
        BigInteger below = D.multiply(squared).add(BigInteger.ONE).mod(P);
        BigInteger x = root(above.multiply(below.modInverse(P)).mod(P));
        if (x == null || (x.signum() == 0 && odd)) {
            return null;
        }
        return new EdwardsPoint(x.testBit(0) == odd ? x : P.subtract(x), y);
    }

    /** A square root, or null if there is none. The prime is 5 modulo 8. */
    private static @Nullable BigInteger root(BigInteger square) {
        BigInteger candidate = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (isRoot(candidate, square)) {
            return candidate;
        }
        BigInteger other = candidate.multiply(ROOT_OF_MINUS_ONE).mod(P);
        return isRoot(other, square) ? other : null;
    }

    private static boolean isRoot(BigInteger root, BigInteger square) {
        return root.multiply(root).mod(P).equals(square);
    }

    /** A number whose lowest byte comes first. */
    static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    /** Whether eight times the point is the neutral element: such a key has signatures that anybody can make. */
    boolean isOfSmallOrder() {
        EdwardsPoint eightfold = doubled().doubled().doubled();
        return eightfold.x.signum() == 0 && eightfold.y.equals(BigInteger.ONE);
    }

    /** The law of addition is complete here, and also doubles (RFC 8032 section 5.1.4). */
    private EdwardsPoint doubled() {
        BigInteger product = x.multiply(y).mod(P);
        BigInteger slope = D.multiply(product).mod(P).multiply(product).mod(P);
        BigInteger doubledX = product.shiftLeft(1)
                .multiply(BigInteger.ONE.add(slope).modInverse(P))
                .mod(P);
        BigInteger doubledY = y.multiply(y)
                .add(x.multiply(x))
                .multiply(BigInteger.ONE.subtract(slope).modInverse(P))
                .mod(P);
        return new EdwardsPoint(doubledX, doubledY);
    }

    boolean isXOdd() {
        return x.testBit(0);
    }

    BigInteger y() {
        return y;
    }
}
