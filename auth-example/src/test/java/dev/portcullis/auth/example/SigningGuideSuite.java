package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.cli.Main;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the guide to signed requests work against the example, word for word. */
public abstract class SigningGuideSuite {

    private static final Path GUIDE = Path.of("..", "docs", "signed-requests.md");
    private static final String SEND =
            "curl -sS -H @headers -H 'Content-Type: application/json' --data-binary @order.json \"$API/v1/orders?dry=1\"";

    @TempDir
    private Path directory;

    /**
     * What serves the API.
     *
     * @return a kind of server
     */
    protected abstract ExampleServer.Kind kind();

    private static String block(String after) throws IOException {
        Matcher block = Pattern.compile("(?s)" + after + ".*?```sh\n(.*?)```").matcher(Files.readString(GUIDE));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    @Test
    void the_commands_work_word_for_word() throws Exception {
        Assumptions.assumeTrue(isThere("curl") && isThere("openssl"), "Left out: curl and openssl are not there");
        Path command = Files.writeString(
                directory.resolve("portcullis"),
                "#!/bin/sh\nexec '" + System.getProperty("java.home") + "/bin/java' -XX:TieredStopAtLevel=1 -cp '"
                        + System.getProperty("java.class.path") + "' " + Main.class.getName() + " \"$@\"\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        Options options = Options.of(
                Option.common(), Map.of("DATA", directory.resolve("keys").toString()), "--port", "0");
        try (Example example = Example.start(options, kind())) {
            String printed = run(example, block("### Against the example"));
            assertThat(printed)
                    .contains("\"name\":\"Desk\"", "\"status\":\"dry\"", "\"account\":\"user_demo\"")
                    .doesNotContain("\"detail\"");

            // Another order, for the same one within a second would be the same request.
            run(example, "sed 's/\"size\": 1/\"size\": 2/' order.json > other.json; mv other.json order.json");
            String signed = "{\n" + block("With openssl 3:") + "} > headers\n" + SEND;
            assertThat(run(example, signed)).contains("\"size\":2").contains("\"status\":\"dry\"");
            assertThat(run(example, "echo >> order.json; " + SEND)).contains("Invalid request signature.");
        }
    }

    private static boolean isThere(String tool) {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }

    private String run(Example example, String script) throws IOException, InterruptedException {
        Path printed = directory.resolve("printed");
        ProcessBuilder builder = new ProcessBuilder("sh", "-eu", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("API", "http://127.0.0.1:" + example.port());
        environment.put("TOKEN", String.valueOf(example.demoToken()));
        environment.put("PATH", directory + File.pathSeparator + environment.get("PATH"));
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(printed)).isZero();
        return Files.readString(printed);
    }
}
