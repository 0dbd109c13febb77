package dev.portcullis.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64URLTest {

    private static byte[] decode(String text) {
        byte[] in = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] out = new byte[Base64URL.decodedLength(in.length)];
        int length = Base64URL.decode(in, 0, in.length, out);
        return length < 0 ? new byte[] {-1, -1, -1, -1, -1, -1, -1} : Arrays.copyOf(out, length);
    }

    private static boolean isRefused(String text) {
        byte[] in = text.getBytes(StandardCharsets.ISO_8859_1);
        return Base64URL.decode(in, 0, in.length, new byte[in.length + 3]) == -1;
    }

    /** RFC 7515 appendix C. */
    @Test
    void decodes_the_example_of_RFC_7515() {
        assertThat(decode("A-z_4ME")).containsExactly(3, 236, 255, 224, 193);
    }

    @Test
    void decodes_what_the_JDK_encodes_for_every_length() {
        long seed = 42;
        SplittableRandom random = new SplittableRandom(seed);
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            assertThat(decode(text)).as("seed %d, length %d", seed, length).isEqualTo(bytes);
        }
    }

    /** RFC 4648 section 3.5: the bits that are left over must be zero, or one value would have many spellings. */
    @Test
    void every_accepted_text_of_up_to_three_characters_is_the_only_spelling_of_its_value() {
        int accepted = 0;
        for (int a = 0; a < 256; a++) {
            for (int b = -1; b < 256; b++) {
                for (int c = -1; c < (b < 0 ? 0 : 256); c += 1) {
                    accepted += checkSpelling(text(a, b, c));
                }
            }
        }
        assertThat(accepted).as("256 values of one byte and 65,536 of two").isEqualTo(256 + 65_536);
    }

    private static String text(int... characters) {
        StringBuilder text = new StringBuilder();
        for (int c : characters) {
            if (c >= 0) {
                text.append((char) c);
            }
        }
        return text.toString();
    }

    private static int checkSpelling(String text) {
        if (isRefused(text)) {
            return 0;
        }
        String again = Base64.getUrlEncoder().withoutPadding().encodeToString(decode(text));
        if (!again.equals(text)) {
            throw new AssertionError("Second spelling accepted: " + text + " for " + again);
        }
        return 1;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AAAAA",
                "AB",
                "AAB",
                "AA==",
                "AAA=",
                "AA=",
                "=",
                "A+z/",
                "AA A",
                " AAA",
                "AAAA\n",
                "AA\tAA",
                "AAAA=",
                "AA.A",
                "\u00c1AAA",
                "AAA\u00ff",
                "\0AAA",
                "AAAA\0\0",
                "AA%3D",
                "AAAA AAAA",
                "____\u0080"
            })
    void refuses_every_other_spelling(String text) {
        assertThat(isRefused(text)).isTrue();
    }

    @Test
    void leaves_the_text_around_the_stretch_alone() {
        byte[] in = "!!QUJD!!".getBytes(StandardCharsets.ISO_8859_1);
        byte[] out = new byte[3];
        assertThat(Base64URL.decode(in, 2, 6, out)).isEqualTo(3);
        assertThat(out).containsExactly('A', 'B', 'C');
        assertThat(Base64URL.decode(in, 1, 5, out)).isEqualTo(-1);
    }
}
