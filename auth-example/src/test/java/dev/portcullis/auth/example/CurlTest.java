package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents' curl lines, in a real shell, against the example. */
class CurlTest {

    private static final Path DOCS = Path.of("..", "docs");

    @TempDir
    private static Path directory;

    private static Example example;

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed here: its lines are left out");
        example = Example.start(
                Options.of(Option.common(), Map.of("DATA", directory.toString()), "--port", "0"), ServletServer::start);
    }

    @AfterAll
    static void stop() {
        if (example != null) {
            example.close();
        }
    }

    private static String block(String document) throws IOException {
        var found = Pattern.compile("```sh\n(curl .*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCS.resolve(document)));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    /** What is printed, as a client sees it. */
    private static String run(String command) throws IOException, InterruptedException {
        String here = command.replaceAll("https://\\w+\\.example", "http://127.0.0.1:" + example.port());
        ProcessBuilder builder = new ProcessBuilder(List.of("bash", "-c", here)).redirectErrorStream(true);
        builder.environment().put("JWT", example.demoToken());
        builder.environment().put("KEY", example.demoKey());
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return printed;
    }

    @Test
    void a_key_is_issued() throws Exception {
        assertThat(run(block("api-keys.md")))
                .contains("HTTP/1.1 201")
                .containsPattern("\"plaintext\":\"grd_live_[0-9a-f]{48}\"")
                .contains("\"name\":\"Nightly import\"", "\"expires_at\":\"2031-01-31T00:00:00Z\"");
    }

    @Test
    void a_key_is_exchanged_for_a_session() throws Exception {
        String line = block("sessions.md").replace("grd_live_\u2026", example.demoKey());

        assertThat(run(line))
                .contains("HTTP/1.1 200")
                .contains("Set-Cookie: gravity=")
                .contains("\"success\"");
    }

    @Test
    void a_key_tells_of_itself() throws Exception {
        assertThat(run(block("troubleshooting.md")))
                .contains("\"kind\":\"api_key\"", "\"status\":\"active\"", "\"your_ip\":\"127.0.0.1\"")
                .contains("\"permissions\":", "\"expires_at\":", "\"account_standing\":", "\"server_time\":");
    }
}
