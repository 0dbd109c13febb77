package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Reason;
import dev.portcullis.auth.session.LoginFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        assertThat(rows())
                .anyMatch(row -> row.startsWith("| " + failure.status() + " | `" + failure.message() + "` | "));
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
}
