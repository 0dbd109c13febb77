package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.SecretText;
import org.junit.jupiter.api.Test;

class KeySchemeTest {

    private static final String DIGITS = "0123456789abcdef".repeat(3);

    private final KeyScheme scheme = new KeyScheme(KeyScheme.DEFAULT);

    private boolean isKey(String digits) {
        return scheme.environmentOf(SecretText.of("grd_live_" + digits)) == Environment.LIVE;
    }

    @Test
    void a_key_has_48_digits_of_which_all_may_be_the_same() {
        assertThat(isKey(DIGITS)).isTrue();
        for (char digit : "0123456789abcdef".toCharArray()) {
            assertThat(isKey(String.valueOf(digit).repeat(48))).as("%s", digit).isTrue();
        }
        assertThat(isKey(DIGITS + "0")).isFalse();
        assertThat(isKey(DIGITS.substring(1))).isFalse();
    }

    @Test
    void a_scheme_is_a_letter_and_then_letters_and_digits() {
        assertThat(new KeyScheme("az09").name()).isEqualTo("az09");
        assertThat(KeyScheme.isName("z")).isTrue();
        for (String no : new String[] {"", "1a", "A", "a`", "a{", "a/", "a:", "a_b", "\u00e9"}) {
            assertThat(KeyScheme.isName(no)).as(no).isFalse();
        }
    }

    /** One at a time, as the digits are looked at together. */
    @Test
    void no_other_character_is_a_digit_wherever_it_stands() {
        for (char c = 0; c < 0x300; c++) {
            if ("0123456789abcdef".indexOf(c) < 0) {
                assertThat(isKey("0".repeat(47) + c)).as("%x", (int) c).isFalse();
                for (int at : new int[] {0, 17, 47}) {
                    String digits = DIGITS.substring(0, at) + c + DIGITS.substring(at + 1);
                    assertThat(isKey(digits)).as("%x at %d", (int) c, at).isFalse();
                }
            }
        }
    }
}
