package dev.portcullis.auth.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519PublicKeyTest {

    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

    /** "the 8 small-order public keys (refused when registered)", and their other spellings. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            })
    void a_key_of_small_order_is_none(String encoded) {
        assertThat(Ed25519PublicKey.of(HexFormat.of().parseHex(encoded))).isNull();
    }

    @Test
    void a_y_beyond_the_prime_is_no_second_spelling() {
        for (int more = 0; more < 19; more++) {
            byte[] encoded = new byte[32];
            Arrays.fill(encoded, (byte) 0xff);
            encoded[31] = 0x7f;
            encoded[0] = (byte) (0xed + more);
            assertThat(Ed25519PublicKey.of(encoded)).isNull();
        }
    }

    @Test
    void what_is_no_point_of_the_curve_is_no_key() {
        byte[] two = new byte[32];
        two[0] = 2;
        assertThat(Ed25519PublicKey.of(two)).isNull();
        assertThat(Ed25519PublicKey.of(new byte[31])).isNull();
        assertThat(Ed25519PublicKey.of(new byte[33])).isNull();
    }

    @Test
    void every_key_that_the_platform_makes_is_one() {
        for (int i = 0; i < 50; i++) {
            Ed25519PublicKey key = Ed25519SecretKey.generate().publicKey();
            assertThat(Ed25519PublicKey.of(key.encoded())).isEqualTo(key);
        }
    }

    /** The top bit of the last byte is the sign, and that of a nought is not set. */
    @Test
    void a_key_whose_last_byte_is_nought_verifies_too() {
        Ed25519SecretKey secret = Ed25519SecretKey.generate();
        while (secret.publicKey().encoded()[31] != 0) {
            secret = Ed25519SecretKey.generate();
        }
        byte[] signed = {1, 2, 3};
        assertThat(secret.publicKey().verifies(signed, secret.sign(signed))).isTrue();
    }

    @Test
    void a_private_key_is_read_as_it_is_written_with_and_without_padding() {
        Ed25519SecretKey secret = Ed25519SecretKey.generate();
        String text = secret.reveal();
        for (String written : List.of(text, text.replace("=", ""))) {
            assertThat(Objects.requireNonNull(Ed25519SecretKey.parse(written)).publicKey())
                    .isEqualTo(secret.publicKey());
        }
        for (String wrong : List.of("", "=", text + "=", text.substring(4), "AAAA" + text)) {
            assertThat(Ed25519SecretKey.parse(wrong)).isNull();
        }
        assertThat(Ed25519SecretKey.of(new byte[31])).isNull();
    }

    /** "padded or unpadded base64". */
    @Test
    void base64_is_read_with_and_without_padding_and_in_no_other_way() {
        byte[] raw = Ed25519SecretKey.generate().publicKey().encoded();
        String padded = Base64.getEncoder().encodeToString(raw);
        String unpadded = padded.substring(0, 43);

        assertThat(Ed25519PublicKey.parse(padded)).isNotNull();
        assertThat(Ed25519PublicKey.parse(unpadded)).isEqualTo(Ed25519PublicKey.parse(padded));
        assertThat(Ed25519PublicKey.parse(padded + "=")).isNull();
        assertThat(Ed25519PublicKey.parse(" " + unpadded)).isNull();
        assertThat(Ed25519PublicKey.parse(padded + "\n")).isNull();
        assertThat(Ed25519PublicKey.parse("")).isNull();
        assertThat(Ed25519PublicKey.parse("=")).isNull();
        assertThat(Ed25519PublicKey.parse(looseBits(unpadded))).isNull();
    }

    /** The same bytes to a lenient reader: the last character's two lowest bits are not used. */
    private static String looseBits(String unpadded) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        int last = alphabet.indexOf(unpadded.charAt(42));
        return unpadded.substring(0, 42) + alphabet.charAt(last + 1);
    }

    /** JDK 17 takes a signature that goes on after its 64 bytes. */
    @Test
    void a_signature_has_exactly_64_bytes() {
        Ed25519SecretKey key = Ed25519SecretKey.generate();
        byte[] signature = key.sign(MESSAGE);

        assertThat(key.publicKey().verifies(MESSAGE, signature)).isTrue();
        for (int length = 0; length < 130; length++) {
            assertThat(key.publicKey().verifies(MESSAGE, Arrays.copyOf(signature, length)))
                    .isEqualTo(length == 64);
        }
    }

    /** RFC 8032 section 5.1.7: S is in the range 0 ≤ S < L; S + L would verify too. */
    @Test
    void a_multiple_of_the_order_more_is_no_second_spelling() {
        Ed25519SecretKey key = Ed25519SecretKey.generate();
        byte[] signature = key.sign(MESSAGE);
        BigInteger s = EdwardsPoint.littleEndian(Arrays.copyOfRange(signature, 32, 64));

        for (int times = 1; times < 16; times++) {
            BigInteger more = s.add(L.multiply(BigInteger.valueOf(times)));
            if (more.bitLength() > 256) {
                break;
            }
            byte[] other = signature.clone();
            for (int i = 0; i < 32; i++) {
                other[32 + i] = more.shiftRight(8 * i).byteValue();
            }
            assertThat(key.publicKey().verifies(MESSAGE, other)).isFalse();
        }
    }

    @Test
    void a_signature_with_one_bit_changed_is_none() {
        Ed25519SecretKey key = Ed25519SecretKey.generate();
        byte[] signature = key.sign(MESSAGE);

        for (int bit = 0; bit < 512; bit++) {
            byte[] other = signature.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(key.publicKey().verifies(MESSAGE, other)).isFalse();
        }
    }

    /** Verification of the platform throws as often as it says no. */
    @Test
    void noise_is_no_signature() {
        Ed25519PublicKey key = Ed25519SecretKey.generate().publicKey();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2000; i++) {
            byte[] noise = new byte[64];
            random.nextBytes(noise);
            noise[63] &= 0x0f;
            assertThat(key.verifies(MESSAGE, noise)).isFalse();
        }
    }

    @Test
    void a_private_key_is_not_shown() {
        Ed25519SecretKey key = Ed25519SecretKey.generate();

        assertThat(key.toString()).doesNotContain(key.reveal()).contains("redacted");
    }
}
