package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PepperTest {

    private static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    static Pepper random(int version) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return Pepper.of(version, secret);
    }

    /** What OpenSSL says: {@code … | openssl dgst -sha256 -binary | openssl dgst -sha256 -mac HMAC}. */
    @Test
    void a_hash_is_the_HMAC_of_the_plain_hash() {
        SHA256 plain = SHA256.of(SecretText.of("abc"));
        assertThat(HexFormat.of()
                        .formatHex(Pepper.of(1, counting(32)).hash(plain).toBytes()))
                .isEqualTo("910ec338f64892dfc0288e343162e996b71c39c67dd1cad13923f2d67a79cff6");
    }

    @Test
    void a_hash_depends_on_the_secret_and_not_on_the_version() {
        SHA256 plain = SHA256.of(SecretText.of("abc"));
        Pepper one = Pepper.of(1, counting(32));
        assertThat(one.hash(plain)).isEqualTo(one.hash(plain)).isNotEqualTo(plain);
        assertThat(Pepper.of(2, counting(32)).hash(plain)).isEqualTo(one.hash(plain));
        assertThat(Pepper.of(1, counting(33)).hash(plain)).isNotEqualTo(one.hash(plain));
        assertThat(one.hash(SHA256.of(SecretText.of("abd")))).isNotEqualTo(one.hash(plain));
    }

    @Test
    void many_threads_hash_at_once() {
        Pepper pepper = random(1);
        List<SHA256> plain = IntStream.range(0, 1000)
                .mapToObj(i -> SHA256.of(SecretText.of("key " + i)))
                .toList();
        List<SHA256> expected = plain.stream().map(pepper::hash).toList();
        for (int i = 0; i < 20; i++) {
            assertThat(plain.parallelStream().map(pepper::hash).toList()).isEqualTo(expected);
        }
    }

    @Test
    void a_secret_that_is_changed_afterwards_changes_nothing() {
        SHA256 plain = SHA256.of(SecretText.of("abc"));
        byte[] secret = counting(32);
        Pepper pepper = Pepper.of(1, secret);
        Arrays.fill(secret, (byte) 0);
        assertThat(pepper.hash(plain)).isEqualTo(Pepper.of(1, counting(32)).hash(plain));
    }

    @Test
    void a_secret_is_long_enough_and_random() {
        Pepper.of(1, counting(1024));
        for (int length : new int[] {0, 31, 1025}) {
            assertThatThrownBy(() -> Pepper.of(1, counting(length)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("32");
        }
        byte[] fifteen = new byte[64];
        System.arraycopy(counting(15), 0, fifteen, 0, 15);
        assertThatThrownBy(() -> Pepper.of(1, fifteen))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("random");
        fifteen[20] = (byte) 200;
        Pepper.of(1, fifteen);
    }

    @Test
    void a_version_is_from_1_to_32767() {
        assertThat(Pepper.of(1, counting(32)).version()).isEqualTo(1);
        assertThat(Pepper.of(32_767, counting(32)).version()).isEqualTo(32_767);
        for (int version : new int[] {-1, 0, 32_768}) {
            assertThatThrownBy(() -> Pepper.of(version, counting(32))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_secret_can_be_read_from_base64() {
        SHA256 plain = SHA256.of(SecretText.of("abc"));
        String text = Base64.getEncoder().encodeToString(counting(32));
        assertThat(Pepper.fromBase64(3, SecretText.of(text)).hash(plain))
                .isEqualTo(Pepper.of(3, counting(32)).hash(plain));
        for (String bad : List.of("", "AAAA", text + "\n", text.replace('A', '-'), "changeit")) {
            assertThatThrownBy(() -> Pepper.fromBase64(3, SecretText.of(bad)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** The decoder's own message quotes a character, or more. */
    @Test
    void nothing_of_a_secret_is_shown() {
        String text = "~".repeat(44);
        Throwable thrown = catchThrowable(() -> Pepper.fromBase64(1, SecretText.of(text)));
        assertThat(thrown).hasNoCause().hasMessage("The pepper must be written in base64");
        assertThat(Pepper.of(7, counting(32))).hasToString("Pepper[7]");
    }
}
