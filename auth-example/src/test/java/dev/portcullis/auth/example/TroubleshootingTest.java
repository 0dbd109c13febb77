package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Reason;
import dev.portcullis.auth.apikey.KeyFault;
import dev.portcullis.auth.apikey.KeyRefusal;
import dev.portcullis.auth.servlet.RequestFault;
import dev.portcullis.auth.session.LoginFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever arrives at the document with a message finds it there, with a cause and a fix. */
class TroubleshootingTest {

    private static List<String> rows() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "troubleshooting.md"));
    }

    @ParameterizedTest
    @EnumSource
    void every_reason_has_its_row_under_its_status(Reason reason) throws IOException {
        String status = "";
        boolean found = false;
        for (String row : rows()) {
            if (row.startsWith("## ")) {
                status = row.substring(3);
            }
            boolean full = row.split(" \\| ", -1).length == 3;
            found |= status.equals(Integer.toString(reason.status()))
                    && row.startsWith("| `" + reason.detail() + "` |")
                    && full;
        }
        assertThat(found).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void every_failed_login_has_its_row(LoginFailure failure) throws IOException {
        assertRow(failure.status(), failure.message());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1000, 401 | `You need to authenticate prior to using this functionality`",
                "1001, 403 | `You are not authorized to access this functionality`",
                "1003, 400 | `Request could not be processed due to malformed syntax`",
                "1006, 429 | `You have surpassed the allocated rate limit for your tier`",
                "1008, 401 | `Your IP has not been whitelisted for access`"
            })
    void every_code_has_its_row(String code) throws IOException {
        assertThat(rows()).anyMatch(row -> row.startsWith("| " + code + " |"));
    }

    private static void assertRow(int status, String message) throws IOException {
        assertThat(rows()).anyMatch(row -> row.startsWith("| " + status + " | `" + message + "` | "));
    }

    @ParameterizedTest
    @EnumSource
    void every_refusal_of_the_endpoints_for_keys_has_its_row(KeyRefusal refusal) throws IOException {
        assertRow(refusal.status(), refusal.detail());
    }

    @ParameterizedTest
    @EnumSource
    void every_fault_of_a_request_to_an_endpoint_has_its_row(RequestFault fault) throws IOException {
        assertRow(fault.status(), fault.detail());
    }

    @ParameterizedTest
    @EnumSource
    void every_fault_of_a_field_has_its_row(KeyFault fault) throws IOException {
        assertThat(rows()).anyMatch(row -> row.startsWith("| `" + fault.message() + "` | "));
    }

    /** The longest stretch between two values stands in the first cell of a row. */
    @Test
    void every_warning_and_error_in_the_log_has_its_row() throws IOException {
        List<String> cells = rows().stream()
                .filter(row -> row.startsWith("| `"))
                .map(row -> row.substring(0, row.indexOf(" | ")))
                .toList();
        List<String> lines = sources().flatMap(TroubleshootingTest::logged).toList();

        assertThat(lines)
                .hasSizeGreaterThan(15)
                .allSatisfy(line -> assertThat(cells)
                        .as(line)
                        .anyMatch(cell -> Stream.of(cell.split("`", -1))
                                .map(String::strip)
                                .anyMatch(words -> words.length() > 8 && line.contains(words))));
    }

    /** All settings name themselves; what the page quotes of such messages is what they say. */
    @Test
    void every_failed_start_that_is_named_can_happen() throws IOException {
        String all = sources()
                .map(source -> source.replaceAll("\"\\s*\\+\\s*\"", ""))
                .collect(Collectors.joining());
        List<String> rows = rows();
        List<String> quoted =
                rows.subList(rows.indexOf("## When it does not start"), rows.indexOf("## Not ours")).stream()
                        .filter(row -> row.startsWith("| `"))
                        .flatMap(row ->
                                Stream.of(row.substring(0, row.indexOf(" | ")).split("`", -1)))
                        .filter(words -> words.length() > 8 && !words.startsWith(" "))
                        .toList();

        assertThat(quoted)
                .hasSizeGreaterThan(10)
                .allSatisfy(words -> assertThat(all.contains(words)).as(words).isTrue());
    }

    private static Stream<String> sources() throws IOException {
        List<String> all = new ArrayList<>();
        for (String module : List.of("auth-core", "auth-servlet", "auth-jdbc", "auth-redis", "auth-spring")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".java")).toList()) {
                    all.add(Files.readString(file));
                }
            }
        }
        return all.stream();
    }

    /** Also where the level is chosen, and what is told when something begins. */
    private static Stream<String> logged(String source) {
        return Pattern.compile("(?:LOG\\s*\\.(?:warn|error)\\(|\\.log\\(|new TellOnce\\(LOG, )\\s*\"([^\"]*)\"")
                .matcher(source)
                .results()
                .map(found -> found.group(1));
    }
}
