package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract section 5: "a name that is empty, over 100 characters or holds control characters" is bad input. */
class KeyNameTest {

    @Test
    void people_may_call_their_keys_what_they_like() {
        for (String name : List.of(
                "x",
                " CI ",
                "Bob's \"best\" <b>key</b> & more; drop table api_key; --",
                "caf\u00e9 \u212bngstr\u00f6m \u05e9\u05dc\u05d5\u05dd \u4f60\u597d \u0e17\u0e35\u0e48",
                "\ud83d\udc69\u200d\ud83d\udcbb \ud83c\udff4\udb40\udc67\udb40\udc7f",
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u200f!",
                "x".repeat(100),
                "\ud83d\udd11".repeat(100))) {
            assertThat(KeyName.faultOf(name)).as(name).isNull();
        }
    }

    @Test
    void a_name_of_which_nothing_can_be_seen_is_none() {
        for (String name : List.of(
                "",
                " ",
                "\u00a0",
                "\u3000",
                "\u200b",
                "\u200d\u200e",
                "\ufeff",
                "\u2060",
                "\u00ad",
                "\u0301",
                "\ufe0f",
                "\u3164",
                "\u115f\u1160",
                "\uffa0",
                "\u2800",
                " ".repeat(1000))) {
            assertThat(KeyName.faultOf(name)).as("U+%s", hex(name)).isEqualTo(KeyFault.BLANK);
        }
    }

    private static String hex(String text) {
        return text.isEmpty() ? "" : Integer.toHexString(text.charAt(0));
    }

    @Test
    void a_name_has_at_most_100_characters() {
        assertThat(KeyName.faultOf("x".repeat(101))).isEqualTo(KeyFault.TOO_LONG);
        assertThat(KeyName.faultOf("\ud83d\udd11".repeat(101))).isEqualTo(KeyFault.TOO_LONG);
        assertThat(KeyName.faultOf("e\u0301".repeat(51))).isEqualTo(KeyFault.TOO_LONG);
    }

    @Test
    void control_characters_and_line_ends_are_refused_wherever_they_stand() {
        for (int c = 0; c < 0x20; c++) {
            refused(c);
        }
        for (int c = 0x7f; c < 0xa0; c++) {
            refused(c);
        }
        refused(0x2028);
        refused(0x2029);
    }

    private static void refused(int c) {
        String bad = Character.toString(c);
        for (String name : List.of(bad, "a" + bad, bad + "a", "a" + bad + "b")) {
            assertThat(KeyName.faultOf(name)).as("U+%x", c).isEqualTo(KeyFault.CONTROL_CHARACTERS);
        }
    }

    /** With these a name could turn around what a page or a terminal shows beside it (Trojan Source). */
    @Test
    void overrides_and_isolates_of_the_direction_are_refused() {
        for (int c = 0x202a; c <= 0x202e; c++) {
            refused(c);
        }
        for (int c = 0x2066; c <= 0x2069; c++) {
            refused(c);
        }
    }

    /** No encoding has them, and PostgreSQL takes neither them nor U+0000. */
    @Test
    void halves_of_characters_and_no_characters_are_refused() {
        for (int c : new int[] {0xd800, 0xdbff, 0xdc00, 0xdfff, 0xfdd0, 0xfdef, 0xfffe, 0xffff, 0x1fffe, 0x10ffff}) {
            refused(c);
        }
        assertThat(KeyName.faultOf("\udd11\ud83d")).isEqualTo(KeyFault.CONTROL_CHARACTERS);
    }
}
