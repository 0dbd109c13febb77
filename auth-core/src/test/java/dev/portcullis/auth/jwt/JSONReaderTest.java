package dev.portcullis.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JSONReaderTest {

    private static Map<String, Object> read(String json) throws MalformedJSONException {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> read(byte[] json) throws MalformedJSONException {
        return JSONReader.readObject(json, json.length);
    }

    private static byte[] bytes(String before, int[] raw, String after) {
        byte[] out = new byte[before.length() + raw.length + after.length()];
        System.arraycopy(before.getBytes(StandardCharsets.US_ASCII), 0, out, 0, before.length());
        for (int i = 0; i < raw.length; i++) {
            out[before.length() + i] = (byte) raw[i];
        }
        System.arraycopy(
                after.getBytes(StandardCharsets.US_ASCII), 0, out, before.length() + raw.length, after.length());
        return out;
    }

    @Test
    void reads_every_kind_of_value() throws MalformedJSONException {
        Map<String, Object> read = read(" {\"s\":\"text\" ,\"i\" : 17,\n\"n\":-3,\"d\":1.5e3,\"t\":true,\"f\":false,"
                + "\"z\":null,\"a\":[1,[],{}],\"o\":{\"x\":\"y\"},\"\":0}\r\n\t");
        assertThat(read)
                .containsEntry("s", "text")
                .containsEntry("i", 17L)
                .containsEntry("n", -3L)
                .containsEntry("d", new BigDecimal("1.5e3"))
                .containsEntry("t", true)
                .containsEntry("f", false)
                .containsEntry("z", JSONNull.NULL)
                .containsEntry("a", List.of(1L, List.of(), Map.of()))
                .containsEntry("o", Map.of("x", "y"))
                .containsEntry("", 0L)
                .hasSize(10);
    }

    @Test
    void keeps_integers_of_18_digits_as_long_and_longer_ones_exactly() throws MalformedJSONException {
        assertThat(read("{\"a\":999999999999999999,\"b\":-999999999999999999,\"c\":1000000000000000000}"))
                .containsEntry("a", 999_999_999_999_999_999L)
                .containsEntry("b", -999_999_999_999_999_999L)
                .containsEntry("c", new BigDecimal("1000000000000000000"));
    }

    @Test
    void reads_escapes_and_UTF_8_alike() throws MalformedJSONException {
        Map<String, Object> read = read(
                "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\ude00\",\"b\":\"\u00e9\uD83D\uDE00\uFFFF\uD7FF\","
                        + "\"\\u0061lg\":1,\"\u00e9\":2}");
        assertThat(read)
                .containsEntry("a", "\"\\/\b\f\n\r\t\u00e9\uD83D\uDE00")
                .containsEntry("b", "\u00e9\uD83D\uDE00\uFFFF\uD7FF")
                .containsEntry("alg", 1L)
                .containsEntry("\u00e9", 2L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "\"a\"",
                "1",
                "null",
                "true",
                "{",
                "{}}",
                "{} {}",
                "{},",
                "\uFEFF{}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":1 \"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":'b'}",
                "{\"a\":1;}",
                "{\"a\":tru}",
                "{\"a\":True}",
                "{\"a\":nulll}",
                "{\"a\":nan}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1 2]}",
                "{\"a\":[}",
                "{\"a\":[1}",
                "{\"a\":{]}",
                "{\"a\":\"b}",
                "{\"a\":\"b\\\"}",
                "{\"a\":\"\\x41\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\u12G4\"}",
                "{\"a\":\"\\U0041\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\0\"}",
                "{\"a\":\"\u001f\"}",
                "{\"a\":01}",
                "{\"a\":-01}",
                "{\"a\":00}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":5.}",
                "{\"a\":-}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":1.e1}",
                "{\"a\":0x10}",
                "{\"a\":1_000}",
                "{\"a\":1e401}",
                "{\"a\":1e-401}",
                "{\"a\":1e99999999999}",
                "{\"a\":- 1}",
                "{\"a\":1 .5}",
                "// c\n{}",
                "{/**/}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"a\":null,\"a\":null}",
                "{\"b\":{\"a\":1,\"a\":2}}",
                "{\"b\":[{\"a\":1,\"a\":2}]}",
                "{\"alg\":1,\"\\u0061lg\":2}",
                "{\"a\":\"\\ud83d\"}",
                "{\"a\":\"\\ude00\"}",
                "{\"a\":\"\\ud83d\\ud83d\"}",
                "{\"a\":\"\\ud83dx\"}",
                "{\"a\":\"\\ud83d\\n\"}",
                "{\"\\ud83d\":1}",
                "{\u00a0}",
                "{\u000b}",
                "{\"a\":1}\0",
                "{\"alg\":1",
                "{\"alg\"",
                "{\"alg"
            })
    void refuses_what_is_not_one_object_of_strict_JSON(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedJSONException.class);
    }

    /** RFC 3629 section 3: overlong forms, surrogates, values over U+10FFFF and stray bytes are not UTF-8. */
    @Test
    void refuses_bytes_that_are_not_UTF_8() {
        int[][] wrong = {
            {0x80},
            {0xbf},
            {0xc0, 0x80},
            {0xc1, 0xbf},
            {0xc2},
            {0xc2, 0x41},
            {0xe0, 0x80, 0x80},
            {0xe0, 0x9f, 0xbf},
            {0xed, 0xa0, 0x80},
            {0xed, 0xbf, 0xbf},
            {0xe2, 0x82},
            {0xf0, 0x80, 0x80, 0x80},
            {0xf0, 0x8f, 0xbf, 0xbf},
            {0xf4, 0x90, 0x80, 0x80},
            {0xf5, 0x80, 0x80, 0x80},
            {0xf8, 0x88, 0x80, 0x80, 0x80},
            {0xfe},
            {0xff},
            {0xe2, 0x28, 0xa1},
            {0xf0, 0x28, 0x8c, 0xbc},
            {0xc3, 0xc3}
        };
        for (int[] raw : wrong) {
            for (String[] around :
                    new String[][] {{"{\"a\":\"", "\"}"}, {"{\"", "\":1}"}, {"{\"a\":", "}"}, {"", "{}"}}) {
                byte[] json = bytes(around[0], raw, around[1]);
                assertThatThrownBy(() -> read(json))
                        .as(() -> around[0] + java.util.Arrays.toString(raw))
                        .isInstanceOf(MalformedJSONException.class);
            }
        }
    }

    @Test
    void every_code_point_survives_and_has_one_encoding() throws MalformedJSONException {
        for (int point = 0x20; point <= 0x10ffff; point += point < 0x3000 ? 1 : 37) {
            if (point == '"' || point == '\\' || (point >= 0xd800 && point <= 0xdfff)) {
                continue;
            }
            String text = Character.toString(point);
            assertThat(read("{\"a\":\"" + text + "\"}").get("a")).isEqualTo(text);
        }
    }

    @Test
    void bounds_the_depth_at_32() throws MalformedJSONException {
        assertThat(read("{\"a\":".repeat(31) + "{}" + "}".repeat(31))).hasSize(1);
        assertThatThrownBy(() -> read("{\"a\":".repeat(32) + "{}" + "}".repeat(32)))
                .isInstanceOf(MalformedJSONException.class)
                .hasMessageStartingWith("Nested too deeply");
        assertThat(read("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}")).hasSize(1);
        assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}"))
                .isInstanceOf(MalformedJSONException.class);
        assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(1_000_000))).hasMessageStartingWith("Nested too deeply");
    }

    @Test
    void bounds_the_length_of_a_number_at_100() throws MalformedJSONException {
        assertThat(read("{\"a\":" + "9".repeat(100) + "}")).hasSize(1);
        assertThatThrownBy(() -> read("{\"a\":" + "9".repeat(101) + "}")).isInstanceOf(MalformedJSONException.class);
        assertThatThrownBy(() -> read("{\"a\":0." + "0".repeat(1_000_000) + "}"))
                .isInstanceOf(MalformedJSONException.class);
    }

    @Test
    void bounds_exponents_at_400_and_at_six_digits() throws MalformedJSONException {
        assertThat(read("{\"a\":1e400,\"b\":1E-400,\"c\":1e+000400}"))
                .containsEntry("a", new BigDecimal("1e400"))
                .containsEntry("b", new BigDecimal("1e-400"))
                .containsEntry("c", new BigDecimal("1e400"));
        assertThatThrownBy(() -> read("{\"a\":1e0000400}")).isInstanceOf(MalformedJSONException.class);
    }

    @Test
    void takes_spaces_where_they_may_stand_and_every_hexadecimal_digit() throws MalformedJSONException {
        assertThat(read("{\"a\":[ ],\"b\":[ 1 , 2 ],\"c\":{ }}"))
                .containsEntry("a", List.of())
                .containsEntry("b", List.of(1L, 2L))
                .containsEntry("c", Map.of());
        assertThat(read("{\"a\":\"\\n b\",\"c\":\"\\u00aF\\u00Af\"}"))
                .containsEntry("a", "\n b")
                .containsEntry("c", "\u00af\u00af");
        assertThatThrownBy(() -> read("{\"a\":\"\\u00g0\"}")).isInstanceOf(MalformedJSONException.class);
        assertThatThrownBy(() -> read("{\"a\":\"\\u00`0\"}")).isInstanceOf(MalformedJSONException.class);
    }

    @Test
    void reads_no_further_than_the_given_length() throws MalformedJSONException {
        byte[] json = "{\"a\":1}garbage".getBytes(StandardCharsets.US_ASCII);
        assertThat(JSONReader.readObject(json, 7)).containsEntry("a", 1L);
        for (int length = 0; length < 7; length++) {
            int cut = length;
            assertThatThrownBy(() -> JSONReader.readObject(json, cut)).isInstanceOf(MalformedJSONException.class);
        }
    }

    @Test
    void what_it_gives_cannot_be_changed() throws MalformedJSONException {
        Map<String, Object> read = read("{\"a\":[1],\"b\":{}}");
        assertThatThrownBy(() -> read.put("c", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) java.util.Objects.requireNonNull(read.get("a"))).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> read.clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void its_messages_do_not_quote_the_text() {
        assertThatThrownBy(() -> read("{\"secret\":hunter2}")).hasMessageNotContaining("hunter2");
    }
}
