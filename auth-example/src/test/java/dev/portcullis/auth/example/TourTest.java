package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Reason;
import dev.portcullis.auth.apikey.KeyRefusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TourTest {

    /** What it prints when nothing is changed, and its exit code. */
    private static String usual;

    private static int code;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = print(printed);

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private static int tour(PrintStream out, UnaryOperator<Expected> expectations) throws IOException {
        return Main.PROGRAM.tour(Options.of(Option.common(), Map.of(), "--tour"), out, expectations);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @BeforeAll
    static void goThroughIt() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        code = tour(print(bytes), UnaryOperator.identity());
        usual = bytes.toString(StandardCharsets.UTF_8);
    }

    /** "prints request, status, detail, challenge": every answer is as the contract has it. */
    @Test
    void every_answer_is_as_documented() {
        assertThat(usual).doesNotContain("DIFFERS");
        assertThat(code).isZero();
        assertThat(usual).containsPattern("(\\d{3}) requests, \\1 answered as documented, 0 differ");
    }

    @Test
    void every_detail_of_the_contract_is_on_it() {
        // Tomcat answers a body that breaks off in its own words.
        for (Reason reason : EnumSet.complementOf(EnumSet.of(Reason.BODY_INCOMPLETE))) {
            assertThat(usual).contains("| " + reason.status() + "    | " + reason.detail());
        }
    }

    /** Those of fields, which stand in the body beside the detail, are compared there. */
    @Test
    void every_detail_about_keys_is_on_it() {
        for (KeyRefusal refusal : KeyRefusal.values()) {
            assertThat(usual).contains("| " + refusal.status() + "    | " + refusal.detail());
        }
    }

    @Test
    void what_is_wrong_with_a_field_counts() {
        Expected expected = Expected.invalid("name", "The name must not be blank.");
        String[] lines = {"HTTP/1.1 400 ", "Content-Type: application/json", "Cache-Control: no-store", "", ""};
        lines[4] = "{\"detail\":\"Invalid input.\",\"errors\":{\"name\":[\"The name must not be blank.\"]}}";
        assertThat(differences(expected, lines)).isEmpty();
        lines[4] = lines[4].replace("blank", "empty");
        assertThat(differences(expected, lines)).hasSize(1);
    }

    @Test
    void no_credential_is_printed() {
        assertThat(usual)
                .doesNotContainPattern("grd_(live|test)_[0-9a-f]{9}")
                .doesNotContainPattern("eyJ[\\w-]{9}")
                .doesNotContainPattern("[A-Za-z0-9+/]{43}");
    }

    @Test
    void one_answer_that_differs_fails_it_and_is_told() throws IOException {
        int failed = tour(out, other("Token has expired.", "Token is past its time."));

        assertThat(failed).isEqualTo(1);
        assertThat(printed())
                .contains("DIFFERS | GET /api/v1/leagues/")
                .contains(
                        "body: expected {\"detail\":\"Token is past its time.\"}, got {\"detail\":\"Token has expired.\"}")
                .doesNotContain(", 0 differ.");
    }

    private static UnaryOperator<Expected> other(String detail, String instead) {
        return expected -> detail.equals(expected.detail())
                ? new Expected(
                        expected.status(),
                        instead,
                        expected.challenge(),
                        expected.problem(),
                        expected.errors(),
                        expected.holds())
                : expected;
    }

    @Test
    void a_server_that_does_not_answer_fails_it() {
        TourTable table = new TourTable(out, UnaryOperator.identity());
        table.row(1, Ask.get("/health"), Expected.status(200));

        assertThat(table.end()).isFalse();
        assertThat(printed()).contains("DIFFERS").contains("no answer: ").contains("1 differ.");
    }

    @Test
    void a_tour_without_requests_is_none() {
        assertThat(new TourTable(out, UnaryOperator.identity()).end()).isFalse();
    }

    private static List<String> differences(Expected expected, String... lines) {
        String text = String.join("\r\n", lines);
        return expected.differences(Ask.get("/"), Answer.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void each_part_of_an_answer_counts() {
        Expected expected = Expected.rejected("Invalid token.");
        String[] good = {
            "HTTP/1.1 401 ",
            "WWW-Authenticate: Bearer error=\"invalid_token\", error_description=\"Invalid token\"",
            "Content-Type: application/json",
            "Cache-Control: no-store",
            "",
            "{\"detail\":\"Invalid token.\"}"
        };
        assertThat(differences(expected, good)).isEmpty();

        String[] bad = {
            "HTTP/1.1 403 ",
            "WWW-Authenticate: Bearer",
            "Content-Type: application/json;charset=UTF-8",
            "Cache-Control: private",
            "",
            "{\"detail\": \"Invalid token.\"}"
        };
        for (int i : new int[] {0, 1, 2, 3, 5}) {
            String[] one = good.clone();
            one[i] = bad[i];
            assertThat(differences(expected, one)).as(bad[i]).hasSize(1);
        }
        String[] more = good.clone();
        more[3] = "Cache-Control: no-store\r\nRetry-After: 1";
        assertThat(differences(expected, more)).hasSize(1);
    }

    @Test
    void an_answer_that_is_no_refusal_has_no_challenge() {
        assertThat(differences(Expected.status(200), "HTTP/1.1 200 ", "", "")).isEmpty();
        assertThat(differences(Expected.status(200), "HTTP/1.1 200 ", "WWW-Authenticate: Bearer", "", ""))
                .hasSize(1);
    }

    @Test
    void an_outage_tells_when_to_come_back() {
        Expected expected = Expected.unavailable("Signing keys are unavailable.");
        String type = "Content-Type: application/json";
        String body = "{\"detail\":\"Signing keys are unavailable.\"}";

        assertThat(differences(expected, "HTTP/1.1 503 ", type, "Cache-Control: no-store", "Retry-After: 1", "", body))
                .isEmpty();
        assertThat(differences(expected, "HTTP/1.1 503 ", type, "Cache-Control: no-store", "", body))
                .hasSize(1);
        assertThat(differences(expected, "HTTP/1.1 503 ", type, "Cache-Control: no-store", "Retry-After: 0", "", body))
                .hasSize(1);
    }
}
