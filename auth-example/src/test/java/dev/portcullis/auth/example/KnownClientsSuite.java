package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.servlet.ErrorFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients that others have written work unchanged: {@code ccxt}, which trades, and {@code ws}, which opens WebSockets. */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class KnownClientsSuite {

    private static final Path PROJECT = Path.of("..", "auth-example", "src", "test", "npm");
    private static final Path COPY = Path.of("target", "npm");

    /** What npm says when the registry is out of reach. */
    private static final List<String> OFFLINE =
            List.of("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "ENOTCACHED");

    private static final String NOT_AUTHENTICATED =
            "{\"code\": 1000, \"message\": \"You need to authenticate prior to using this functionality\","
                    + " \"status\": 401}";

    private final InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
    private final TourKeys keys = new TourKeys(store);
    private ExampleServer server;

    /**
     * What serves the API.
     *
     * @return a kind of server
     */
    protected abstract ExampleServer.Kind kind();

    @BeforeAll
    void startAndInstall() throws IOException, InterruptedException {
        server = kind().start(Setup.of(null, new Setup.Keys(store, Set.of(Environment.LIVE), Setup.Lifetimes.ANY, null))
                .with(new Setup.Words(ErrorFormat.CODED, null)));
        install();
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** In a copy, so that nothing is installed among the sources. */
    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(COPY);
        for (String file : List.of(".npmrc", "package.json", "package-lock.json", "trade.mjs", "stream.mjs")) {
            Files.copy(PROJECT.resolve(file), COPY.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Assumptions.assumeTrue(isThere("node") && isThere("npm"), "Left out: node and npm are not on this machine");
        Path log = COPY.resolve("npm-ci.log");
        int status = run(log, "npm", "ci", "--prefer-offline", "--no-audit", "--no-fund", "--fetch-retries=1");
        if (status != 0) {
            String said = Files.readString(log);
            Assumptions.assumeFalse(
                    OFFLINE.stream().anyMatch(said::contains), "Left out: npm cannot reach its registry: " + said);
            fail("npm ci ended with %d: %s", status, said);
        }
    }

    private static boolean isThere(String tool) throws InterruptedException {
        try {
            return run(COPY.resolve("version.log"), tool, "--version") == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private JsonNode node(String script, String... arguments) throws IOException, InterruptedException {
        Path log = COPY.resolve(script + ".log");
        String[] command = {
            "node", script, Integer.toString(server.port()), arguments[0], arguments[1], script + ".json"
        };
        int status = run(log, command);
        assertThat(status).as(Files.readString(log)).isZero();
        return JsonMapper.shared().readTree(Files.readString(COPY.resolve(script + ".json")));
    }

    private static int run(Path output, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(COPY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(4, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return fail("%s did not end", Arrays.toString(command));
        }
        return process.exitValue();
    }

    /** It logs in with a key, and reads of the answer the pair of the cookie and the account, and nothing else. */
    @Test
    void ccxt_logs_in_and_trades() throws Exception {
        String trader =
                keys.issued("main", List.of(), "account:read", "trade:write").plaintext();
        String reader = keys.issued("main", List.of(), "account:read").plaintext();

        JsonNode came = node("trade.mjs", trader, reader);

        assertThat(came.at("/login/status").asString()).isEqualTo("success");
        assertThat(came.at("/total/USDT").asDouble()).isEqualTo(15.0);
        assertThat(came.at("/order/result/state/status").asString()).isEqualTo("OPEN");
    }

    /** It tells refusals apart by their codes. */
    @Test
    void ccxt_knows_what_it_is_refused_for() throws Exception {
        String trader =
                keys.issued("main", List.of(), "account:read", "trade:write").plaintext();
        String reader = keys.issued("main", List.of(), "account:read").plaintext();

        JsonNode came = node("trade.mjs", trader, reader);

        assertThat(came.at("/forbidden/type").asString()).isEqualTo("PermissionDenied");
        assertThat(came.at("/forbidden/message").asString()).contains("\"code\": 1001");
        assertThat(came.at("/unknown/type").asString()).isEqualTo("AuthenticationError");
        assertThat(came.at("/ended/type").asString()).isEqualTo("AuthenticationError");
        assertThat(came.at("/ended/message").asString()).contains("\"code\": 1000");
    }

    /** It reads the status and the body of an upgrade that is refused, and the code with which a socket is closed. */
    @Test
    void ws_reads_why_it_is_refused_and_why_it_is_closed() throws Exception {
        IssuedAPIKey key = keys.issued("main", List.of(), "account:read");
        LoggedIn session = LoggedIn.by(Wire.send(server.port(), SessionRows.login(key.plaintext())));

        JsonNode came = node("stream.mjs", session.cookie(), session.account());

        for (String refused : List.of("nothing", "half", "over")) {
            assertThat(came.at("/" + refused + "/status").asInt()).isEqualTo(401);
            assertThat(came.at("/" + refused + "/body").asString()).isEqualTo(NOT_AUTHENTICATED);
        }
        assertThat(came.at("/whole/messages/1/feed/text").asString()).isEqualTo("hello");
        assertThat(came.at("/whole/code").asInt()).isEqualTo(4401);
    }
}
