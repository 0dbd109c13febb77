package dev.portcullis.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A multipart form that is in memory (RFC 7578). What the containers make of the same bytes is compared over the wire. */
class MultipartBodyTest {

    private static final String TYPE = "multipart/form-data; boundary=b";
    private static final String GOOD = "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n"
            + "Content-Type: text/plain\r\nX-Two: 1\r\nx-two: 2\r\n\r\none\r\n--b--";

    @TempDir
    private Path directory;

    private List<Part> parts(String body) throws IOException {
        return MultipartBody.parts(body.getBytes(StandardCharsets.UTF_8), TYPE, directory);
    }

    @Test
    void a_part_tells_its_headers_and_can_be_written() throws IOException {
        Part part = parts(GOOD).get(0);

        assertThat(part.getHeaderNames()).containsExactly("content-disposition", "content-type", "x-two");
        assertThat(part.getHeaders("X-TWO")).containsExactly("1", "2");
        assertThat(part.getHeader("X-two")).isEqualTo("1");
        assertThat(part.getHeader("none")).isNull();
        assertThat(part.getHeaders("none")).isEmpty();
        assertThat(part.getSize()).isEqualTo(3);
        part.write("written");
        assertThat(Files.readString(directory.resolve("written"))).isEqualTo("one");
        part.delete();
        assertThat(part.getInputStream().readAllBytes()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            form-data; name="a"                       | a     |
            FORM-DATA;NAME=a;FileName=x               | a     | x
            form-data; name="a;b=\\"c\\""; filename="C:\\x\\y.txt" | a;b="c" | C:\\x\\y.txt
            form-data; filename="x;name=y"; name="a"  | a     | x;name=y
            form-data; name="a"; name="b"             | a     |
            form-data; name=""                        | ''    |
            """)
    void names_are_read_with_and_without_quotes(String disposition, String name, String file) throws IOException {
        Part part = parts("--b\r\nContent-Disposition: " + disposition + "\r\n\r\n\r\n--b--")
                .get(0);

        assertThat(part.getName()).isEqualTo(name);
        assertThat(part.getSubmittedFileName()).isEqualTo(file);
    }

    @Test
    void a_field_is_in_its_own_charset() throws IOException {
        byte[] latin =
                "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset=latin1\r\n\r\n\u00e4\r\n--b--"
                        .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(MultipartBody.fields(MultipartBody.parts(latin, TYPE, directory)))
                .containsExactly(entry("a", List.of("\u00e4")));
        assertThat(MultipartBody.fields(parts(GOOD))).isEmpty();
    }

    @Test
    void there_are_a_thousand_parts_at_most() throws IOException {
        String part = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n";
        assertThat(parts(part.repeat(1000) + "--b--")).hasSize(1000);
        assertThatThrownBy(() -> parts(part.repeat(1001) + "--b--")).isInstanceOf(IOException.class);
    }

    private static String part(String headers) {
        return "--b\r\nContent-Disposition: form-data; name=a\r\n" + headers + "\r\n\r\n--b--";
    }

    @Test
    void headers_are_32_at_most_and_8_kibibytes_long() throws IOException {
        String header = "x: \r\n";
        assertThat(parts(part("c: 1\r\n"))).hasSize(1);
        assertThat(parts(part(numbered(31)))).hasSize(1);
        assertThatThrownBy(() -> parts(part(numbered(32)))).isInstanceOf(IOException.class);
        int first = "Content-Disposition: form-data; name=a\r\n".length();
        String longest = "x: " + "y".repeat(8 * 1024 - first - header.length()) + "\r\n";
        assertThat(parts(part(longest)).get(0).getHeader("x")).endsWith("yy");
        assertThatThrownBy(() -> parts(part("x" + longest))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> parts(part(": no name\r\n"))).isInstanceOf(IOException.class);
    }

    private static String numbered(int count) {
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < count; i++) {
            headers.append("x").append(i).append(": \r\n");
        }
        return headers.toString();
    }

    /** RFC 2046 section 5.1.1: "1 to 70 characters", and "transport padding" behind it. */
    @Test
    void a_boundary_has_70_characters_at_most_and_perhaps_padding() throws IOException {
        for (int length : List.of(1, 70)) {
            assertThat(bounded("b".repeat(length), "")).hasSize(1);
        }
        assertThat(bounded("b", " \t ")).hasSize(1);
        assertThatThrownBy(() -> bounded("b".repeat(71), "")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> bounded("", "")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> bounded("b", "x")).isInstanceOf(IOException.class);
    }

    private List<Part> bounded(String boundary, String padding) throws IOException {
        String body = part("").replace("--b", "--" + boundary).replaceFirst("\r\n", padding + "\r\n");
        return MultipartBody.parts(
                body.getBytes(StandardCharsets.UTF_8), "multipart/form-data; boundary=" + boundary, directory);
    }

    @Test
    void what_breaks_off_is_malformed_wherever_it_does() throws IOException {
        for (int length = 0; length < GOOD.length(); length++) {
            String broken = GOOD.substring(0, length);
            assertThatThrownBy(() -> parts(broken)).as(broken).isInstanceOf(IOException.class);
        }
        assertThat(parts("preamble\r\n" + GOOD + "\r\nepilogue")).hasSize(1);
        assertThat(parts("--b--")).isEmpty();
    }

    @Test
    void a_multipart_form_is_one_by_its_media_type_alone() {
        for (String type : List.of("multipart/form-data", "Multipart/Form-Data ; boundary=b")) {
            assertThat(MultipartBody.isOne(type)).as(type).isTrue();
            assertThat(FormFields.isForm(type)).as(type).isFalse();
        }
        for (String type :
                List.of("application/x-www-form-urlencoded", "application/x-www-Form-urlencoded ;charset=x")) {
            assertThat(FormFields.isForm(type)).as(type).isTrue();
            assertThat(MultipartBody.isOne(type)).as(type).isFalse();
        }
        for (String type : List.of("multipart/mixed; x=multipart/form-data", "application/json", "")) {
            assertThat(MultipartBody.isOne(type)).as(type).isFalse();
            assertThat(FormFields.isForm(type)).as(type).isFalse();
        }
        assertThat(MultipartBody.isOne(null)).isFalse();
        assertThat(FormFields.isForm(null)).isFalse();
    }

    @Test
    void parameters_of_a_header_field_are_read_as_they_were_meant() {
        assertThat(FieldParameters.of("x")).isEmpty();
        assertThat(FieldParameters.of("a=b")).isEmpty();
        assertThat(FieldParameters.of("x; A = \t 1 ;b; c=\"2;3\" z; d=\"\\\"\\e\\"))
                .containsOnly(entry("a", "1"), entry("c", "2;3"), entry("d", "\"\\e\\"));
        assertThat(FieldParameters.of("x;a=1;a=2;")).containsOnly(entry("a", "1"));
        assertThat(FieldParameters.of("x;a=\"1")).containsOnly(entry("a", "1"));
        assertThat(FieldParameters.of("x;a=")).containsOnly(entry("a", ""));
    }

    /** URL Standard section 5.1. */
    @Test
    void fields_of_a_form_are_read_and_broken_ones_passed_over() {
        assertThat(fields("a=1&b&=2&&a=%C3%A4+x&c=%&%zz=3&d=4=5"))
                .containsExactly(
                        entry("a", List.of("1", "\u00e4 x")),
                        entry("b", List.of("")),
                        entry("", List.of("2")),
                        entry("d", List.of("4=5")));
        assertThat(fields("")).isEmpty();
        assertThat(fields("a&".repeat(1001)).get("a")).hasSize(1000);
        assertThat(fields("a&".repeat(999) + "b")).containsKeys("a", "b");
        assertThat(fields("a&".repeat(1000) + "b")).containsOnlyKeys("a");
    }

    private static Map<String, List<String>> fields(String body) {
        return FormFields.of(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Random changes: either parts, or an {@link IOException}. */
    @Test
    void whatever_comes_is_taken_apart_or_malformed() {
        SplittableRandom random = new SplittableRandom(1);
        List<String> pieces = List.of("--b", "--", "\r\n", "\r", "\n", ":", ";", "\"", "\\", "=", "name", " ", "b", "");
        int whole = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder body = new StringBuilder(GOOD);
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                int from = random.nextInt(body.length() + 1);
                int to = Math.min(body.length(), from + random.nextInt(4));
                body.replace(from, to, pieces.get(random.nextInt(pieces.size())));
            }
            try {
                assertThat(parts(body.toString()))
                        .allSatisfy(part -> assertThat(part.getName()).isNotNull());
                whole++;
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("multipart body");
            }
        }
        assertThat(whole).isBetween(1, 20_000 - 1);
    }
}
