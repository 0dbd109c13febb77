package dev.portcullis.auth.blackbox;

import static dev.portcullis.auth.blackbox.SignedApp.BOTH;
import static dev.portcullis.auth.blackbox.SignedBox.messageSigned;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of any type under RFC 9421: what was read to check the digest is there for the application in every way. */
public interface SignedBodySuite extends SignedBox {

    String MULTIPART = "multipart/form-data; boundary=\"b o\"";

    /** Fields, files, an empty field, an empty file, what looks like a boundary, and names in UTF-8. */
    String FORM = Bytes.wire(String.join(
            "\r\n",
            "--b o",
            "Content-Disposition: form-data; name=\"a\"",
            "",
            "1 \u00e4",
            "--b o",
            "content-disposition: Form-Data; name=\"\u00e4 b\"; filename=\"c \u00e4.txt\"",
            "Content-Type: text/plain",
            "X-Own: yes",
            "",
            "line",
            "--b",
            "",
            "--b o",
            "Content-Disposition: form-data; name=a",
            "",
            "",
            "--b o",
            "Content-Disposition: form-data; filename=\"\"; name=\"empty\"",
            "",
            "",
            "--b o--",
            ""));

    private static Ask form(String path, String type, String body) {
        return Ask.of("POST", path).with("Content-Type", type).withBody(body);
    }

    private static Ask whole(Ask ask) {
        return ask.with("Content-Length", Integer.toString(ask.body().length()));
    }

    /** Signed as a whole, sent in chunks. */
    private static Ask chunked(Ask ask) {
        StringBuilder chunks = new StringBuilder();
        for (int from = 0; from < ask.body().length(); from += 7) {
            String chunk = ask.body().substring(from, Math.min(ask.body().length(), from + 7));
            chunks.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return messageSigned(BOTH, ask)
                .with("Transfer-Encoding", "chunked")
                .withBody(chunks.append("0\r\n\r\n").toString());
    }

    /** The container takes apart what an API key sends, and we what is signed: both see the same. */
    @Test
    default void the_parts_of_a_multipart_form_are_those_that_the_container_sees() {
        Ask byKey = form("/v1/inference/parts", MULTIPART, FORM).bearer(BOTH.consumptionKey);
        Answer theirs = ask(BOTH, whole(byKey));
        assertThat(theirs.status()).as("%s", theirs).isEqualTo(200);
        assertThat(theirs.body())
                .startsWith(
                        Bytes.wire(
                                "trader a|null|null|null|4|1 \u00e4\n\u00e4 b|c \u00e4.txt|text/plain|yes|11|line\r\n--b\r\n\n"))
                .contains("\na|null\n");

        Ask form = form("/v1/parts?a=0", MULTIPART, FORM);
        Answer ours = ask(BOTH, messageSigned(BOTH, whole(form)));
        assertThat(ours.body()).isEqualTo(theirs.body().replace("\na=1", "\na=0+1"));
        assertThat(ask(BOTH, chunked(form)).body()).isEqualTo(ours.body());
    }

    /** How text is read that names no encoding: as ISO-8859-1 (Servlet 6.1 section 3.12), unless a framework sets another. */
    default String read(String text) {
        return Bytes.wire(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "text", "listener", "forward", "dispatch"})
    default void a_multipart_form_can_be_read_as_it_came(String how) {
        String seen =
                how.equals("text") ? read(FORM.replaceAll("\r\n(?!$)", "|").strip()) : FORM;
        isSeen(BOTH, messageSigned(BOTH, whole(form("/v1/" + how, MULTIPART, FORM))), seen);
        isSeen(BOTH, chunked(form("/v1/" + how, MULTIPART, FORM)), seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "text", "listener", "forward", "dispatch"})
    default void a_form_can_be_read_as_it_came(String how) {
        String form = "a=1&b=%C3%A4+&c";
        String type = "application/x-www-form-urlencoded";
        isSeen(BOTH, messageSigned(BOTH, whole(form("/v1/" + how + "?a=0", type, form))), form);
        isSeen(BOTH, chunked(form("/v1/" + how, type, form)), form);
    }

    @Test
    default void the_parameters_of_a_form_are_there_however_it_is_sent() {
        Ask form = form("/v1/parameters?a=0", "application/x-www-form-urlencoded", "a=1&b=%C3%A4+&c");
        String seen = Bytes.wire("{a=0+1, b=\u00e4 , c=} 0");
        isSeen(BOTH, messageSigned(BOTH, whole(form)), seen);
        isSeen(BOTH, chunked(form), seen);
    }

    /** Nothing of what is malformed is taken for a part, and what is not a multipart form has none. */
    @Test
    default void what_is_no_multipart_form_has_no_parts() {
        String good = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b--";
        String type = "multipart/form-data; boundary=b";
        assertThat(parts(type, good)).isEqualTo(200);
        assertThat(parts(type, "preamble\r\n" + good + "\r\nepilogue")).isEqualTo(200);
        for (String bad : List.of(
                "x",
                "--b",
                "--b\r\n",
                good.replace("--b--", "--b"),
                good.replace("--b--", "--bc--"),
                good.replace("--b\r\n", "--bx\r\n"),
                good.replace("--b\r\n", "--bxx"),
                good.replace(" name=a", ""),
                good.replace("form-data", "attachment"),
                good.replace("name=a\r\n\r\n", "name=a\r\n"),
                good.replace("Content-Disposition:", "Content-Disposition"),
                good.replace("name=a", "name=" + "a".repeat(9_000)),
                good.replace("--b--", "") + "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n".repeat(150))) {
            assertThat(parts(type, bad)).as(bad).isEqualTo(400);
        }
        for (String other : List.of(
                "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=b", "text/plain")) {
            assertThat(parts(other, good)).as(other).isEqualTo(400);
        }
    }

    private int parts(String type, String body) {
        return ask(BOTH, messageSigned(BOTH, whole(form("/v1/parts", type, body))))
                .status();
    }
}
