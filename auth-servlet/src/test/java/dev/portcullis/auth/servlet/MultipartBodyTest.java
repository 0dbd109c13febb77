package dev.portcullis.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                .containsExactly(java.util.Map.entry("a", List.of("\u00e4")));
        assertThat(MultipartBody.fields(parts(GOOD))).isEmpty();
    }

    @Test
    void there_are_a_thousand_parts_at_most() throws IOException {
        String part = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n";
        assertThat(parts(part.repeat(1000) + "--b--")).hasSize(1000);
        assertThatThrownBy(() -> parts(part.repeat(1001) + "--b--")).isInstanceOf(IOException.class);
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
