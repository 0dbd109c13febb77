package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which escapes stand for one character and nothing else (RFC 3986 section 2.1, RFC 3629 section 3). */
class RequestPathTest {

    private static final int LAST = 0x10ffff;

    private static String escaped(int... bytes) {
        StringBuilder text = new StringBuilder();
        for (int one : bytes) {
            text.append(String.format("%%%02X", one & 0xff));
        }
        return text.toString();
    }

    private static String escaped(int point) {
        byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
        int[] values = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            values[i] = bytes[i];
        }
        return escaped(values);
    }

    private static boolean isHarmless(int point) {
        return point >= 0x20 && "/\\;%".indexOf(point) < 0 && (point < 0x7f || point >= 0xa0);
    }

    @Test
    void every_character_that_is_harmless_can_be_escaped_and_no_other() {
        for (int point = 0; point <= LAST; point += point < 0x900 || (point > 0xff00 && point < 0x10100) ? 1 : 29) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                String text = escaped(point);
                assertThat(RequestPath.isSound("/x" + text + "y")).as(text).isEqualTo(isHarmless(point));
                assertThat(RequestPath.escaped(text, 0)).as(text).isEqualTo(isHarmless(point) ? point : -1);
            }
        }
        assertThat(RequestPath.isSound("/" + escaped(LAST))).isTrue();
    }

    @Test
    void a_character_beyond_ASCII_stands_for_itself_nowhere() {
        for (char c = 0x80; c < 0x200; c++) {
            assertThat(RequestPath.isSound("/x" + c)).as("%x", (int) c).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%C1%BF",
                "%E0%9F%BF",
                "%F0%8F%BF%BF",
                "%F4%90%80%80",
                "%F5%80%80%80",
                "%ED%A0%80",
                "%ED%BF%BF",
                "%80",
                "%BF",
                "%C2",
                "%C2%",
                "%C2%A",
                "%C2A0",
                "%C2%7F",
                "%C2%C0",
                "%E2%82",
                "%F0%9F%98",
                "%",
                "%4",
                "%4g",
                "%g4",
                "%:0",
                "%0:",
                "%/0",
                "%@0",
                "%`0",
                "%FF"
            })
    void escapes_that_are_no_character_are_read_in_no_way(String text) {
        assertThat(RequestPath.isSound("/x" + text)).isFalse();
        assertThat(RequestPath.isSound("/" + text)).isFalse();
    }
}
