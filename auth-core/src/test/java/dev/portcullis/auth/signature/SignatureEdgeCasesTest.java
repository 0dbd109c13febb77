package dev.portcullis.auth.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The kinds of signatures that the Wycheproof project collects, made here: each of them verifies somewhere. A private key is
 * taken apart for that (RFC 8032 section 5.1.5), so that signatures can be made that no signer makes.
 */
class SignatureEdgeCasesTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SEED = HEX.parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    /** The neutral point, in its encoding and in the others that lenient readers take for it. */
    private static final String NEUTRAL = "01" + "00".repeat(31);

    private static final List<String> NEUTRAL_OTHERWISE =
            List.of("01" + "00".repeat(30) + "80", "ee" + "ff".repeat(30) + "7f", "ee" + "ff".repeat(31));

    private final Ed25519SecretKey secret = Objects.requireNonNull(Ed25519SecretKey.of(SEED));
    private final Ed25519PublicKey key = secret.publicKey();
    private final byte[] good = secret.sign(MESSAGE);

    private static byte[] sha512(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger scalar() {
        byte[] half = Arrays.copyOf(sha512(SEED), 32);
        half[0] &= (byte) 0xf8;
        half[31] = (byte) ((half[31] & 0x7f) | 0x40);
        return EdwardsPoint.littleEndian(half);
    }

    private static byte[] signature(byte[] r, BigInteger s) {
        byte[] signature = Arrays.copyOf(r, 64);
        for (int i = 0; i < 32; i++) {
            signature[32 + i] = s.shiftRight(8 * i).byteValue();
        }
        return signature;
    }

    /** With the number 0 for what should be secret and random, so that R is the neutral point, however that is spelt. */
    private byte[] signedBesideTheNeutralPoint(String r) {
        byte[] encoded = HEX.parseHex(r);
        BigInteger k = EdwardsPoint.littleEndian(sha512(encoded, key.encoded(), MESSAGE))
                .mod(L);
        return signature(encoded, k.multiply(scalar()).mod(L));
    }

    private boolean verifies(byte[] signature) {
        return key.verifies(MESSAGE, signature);
    }

    @Test
    void an_R_of_small_order_verifies_in_its_one_encoding() {
        assertThat(verifies(signedBesideTheNeutralPoint(NEUTRAL))).isTrue();
        for (String other : NEUTRAL_OTHERWISE) {
            assertThat(verifies(signedBesideTheNeutralPoint(other))).as(other).isFalse();
        }
    }

    /** A key of small order would have this signature for every message; there is no such key. */
    @Test
    void an_A_of_small_order_is_no_key() {
        for (String point : List.of(
                NEUTRAL,
                "00".repeat(32),
                "00".repeat(31) + "80",
                "ec" + "ff".repeat(30) + "7f",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")) {
            assertThat(Ed25519PublicKey.of(HEX.parseHex(point))).as(point).isNull();
        }
        for (String point : NEUTRAL_OTHERWISE) {
            assertThat(Ed25519PublicKey.of(HEX.parseHex(point))).as(point).isNull();
        }
    }

    /** RFC 8032 section 5.1.7, "decode the second half as an integer S, in the range 0 <= s < L". */
    @Test
    void an_S_out_of_its_range_is_none() {
        byte[] r = Arrays.copyOf(good, 32);
        BigInteger s = EdwardsPoint.littleEndian(Arrays.copyOfRange(good, 32, 64));
        assertThat(verifies(signature(r, s))).isTrue();
        for (BigInteger other : List.of(
                s.add(L),
                s.add(L.shiftLeft(1)),
                s.add(L.multiply(BigInteger.valueOf(15))),
                s.setBit(253),
                s.setBit(254),
                s.setBit(255),
                BigInteger.ZERO,
                BigInteger.ONE,
                L.subtract(s),
                L.subtract(BigInteger.ONE),
                L,
                L.add(BigInteger.ONE),
                BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19)),
                BigInteger.TWO.pow(256).subtract(BigInteger.ONE))) {
            assertThat(verifies(signature(r, other))).as(other.toString(16)).isFalse();
        }
    }

    @Test
    void what_is_cut_lengthened_or_put_together_from_others_is_none() {
        byte[] other = secret.sign("another message".getBytes(StandardCharsets.UTF_8));
        byte[] doubled = Arrays.copyOf(good, 128);
        System.arraycopy(good, 0, doubled, 64, 64);
        byte[] swapped =
                signature(Arrays.copyOfRange(good, 32, 64), EdwardsPoint.littleEndian(Arrays.copyOf(good, 32)));
        byte[] mixed = signature(Arrays.copyOf(good, 32), EdwardsPoint.littleEndian(Arrays.copyOfRange(other, 32, 64)));
        for (byte[] bad : List.of(
                new byte[0],
                new byte[64],
                Arrays.copyOf(good, 32),
                Arrays.copyOf(good, 63),
                Arrays.copyOf(good, 65),
                Arrays.copyOfRange(good, 1, 64),
                doubled,
                swapped,
                mixed,
                other,
                signature(key.encoded(), BigInteger.ZERO))) {
            assertThat(verifies(bad)).as(HEX.formatHex(bad)).isFalse();
        }
        assertThat(verifies(good)).isTrue();
        assertThat(key.verifies(new byte[0], good)).isFalse();
    }
}
