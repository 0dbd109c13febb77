package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.signature.InMemoryReplayMemory;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import dev.portcullis.auth.signature.SigningKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that others have signed are let in unchanged: the snippets of the guide, each in its own language, and tweetnacl. */
@Timeout(300)
class ForeignSignaturesTest {

    private static final Path NPM = Path.of("src", "test", "npm");
    private static final Path GUIDE = Path.of("..", "docs", "signed-requests.md");

    private static final String TARGET = "/v1/orders?dry=1";
    private static final String BODY = "{\"market\":\"Zürich\",\"size\":1}\n";

    @TempDir
    private Path directory;

    private final Ed25519SecretKey key = Ed25519SecretKey.generate();
    private final InMemorySigningKeyStore store = new InMemorySigningKeyStore();
    private final SignedRequestAuthentication method = SignedRequestAuthentication.builder()
            .store(store)
            .replayMemory(new InMemoryReplayMemory())
            .build();

    ForeignSignaturesTest() {
        SigningKeys.builder().store(store).build().register("desk", "desk", key.publicKey(), Set.of());
    }

    private record Signed(Map<String, String> fields, String body) implements AuthRequest {

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String target() {
            return TARGET;
        }

        @Override
        public List<String> headers(String name) {
            String value = fields.get(name);
            return value == null ? List.of() : List.of(value);
        }

        @Override
        public byte[] body(int most) {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    private void isLetIn(String printed, String body) {
        Map<String, String> fields = new HashMap<>(Map.of("content-type", "application/json"));
        printed.lines().forEach(line -> {
            int colon = line.indexOf(": ");
            fields.put(line.substring(0, colon), line.substring(colon + 2));
        });
        assertThat(method.authenticate(new Signed(fields, body))).as(printed).isInstanceOf(Outcome.Authenticated.class);
    }

    @ParameterizedTest
    @CsvSource({
        "sh, snippet.sh, bash snippet.sh, openssl version",
        "python, snippet.py, python3 snippet.py, python3 -c 'import cryptography'",
        "js, snippet.mjs, node snippet.mjs, node --version",
        "go, snippet.go, go run snippet.go, go version"
    })
    void a_snippet_of_the_guide_signs(String language, String file, String command, String check)
            throws IOException, InterruptedException {
        Assumptions.assumeTrue(run(check).exitCode() == 0, () -> check + ": not on this machine");
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
        assertThat(block.find()).isTrue();
        Files.writeString(directory.resolve(file), block.group(1));
        Files.writeString(directory.resolve("desk.key"), key.reveal() + "\n");
        Files.writeString(directory.resolve("order.json"), BODY);

        Ended ended = run(command);

        assertThat(ended.exitCode()).as(ended.printed()).isZero();
        isLetIn(ended.printed(), BODY);
    }

    @Test
    void tweetnacl_signs() throws IOException, InterruptedException {
        NodeProject project = NodeProject.installed(NPM, "npm-signatures", "sign.mjs");
        String body = "{\"size\":1}";
        String asked =
                String.join("\n", key.reveal(), Long.toString(Instant.now().getEpochSecond()), "POST", TARGET, body);

        isLetIn(project.printed("sign.mjs", asked), body);
    }

    private record Ended(int exitCode, String printed) {}

    private Ended run(String command) throws IOException, InterruptedException {
        Path printed = directory.resolve("printed");
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), Files.readString(printed));
    }
}
