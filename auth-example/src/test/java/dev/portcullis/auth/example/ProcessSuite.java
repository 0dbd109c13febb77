package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The example as a process of its own: what it prints, where, and how it ends. */
public abstract class ProcessSuite {

    private static final Pattern CURL =
            Pattern.compile("^curl -i (http://127\\.0\\.0\\.1:\\d+)(/\\S*)(.*)$", Pattern.MULTILINE);

    /**
     * What starts it.
     *
     * @return arguments for the Java machine
     */
    protected abstract List<String> program();

    /**
     * Arguments for the Java machine without the tests' own settings for logging, or nothing would be logged at all.
     *
     * @param main the class that starts it
     * @return the arguments
     */
    protected static List<String> program(Class<?> main) {
        String path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        return List.of("-cp", path, main.getName());
    }

    private Running start(String... arguments) throws IOException {
        return Running.start(Map.of(), program(), arguments);
    }

    @Test
    void it_prints_lines_that_work_as_pasted_and_then_that_it_is_ready() throws Exception {
        try (Running example = start("--port", "0")) {
            int port = example.port();
            List<MatchResult> lines = CURL.matcher(example.out()).results().toList();

            assertThat(lines).extracting(line -> line.group(1)).containsOnly("http://127.0.0.1:" + port);
            assertThat(lines)
                    .extracting(line -> Wire.send(port, pasted(line)).status())
                    .containsExactly(200, 200, 201, 200, 200, 200, 200, 401);
            assertThat(example.out()).contains("Bearer eyJ", "Bearer grd_live_", "x-api-key: grd_live_");
            assertThat(example.out().lines().filter(line -> line.startsWith("READY")))
                    .containsExactly("READY http://127.0.0.1:" + port);
            assertThat(example.out().stripTrailing()).endsWith("READY http://127.0.0.1:" + port);
        }
    }

    /** The request that a printed line makes; curl itself need not be installed. */
    private static Ask pasted(MatchResult line) {
        Map<String, String> quoted = Pattern.compile("-(H|d) '([^':]*):? ?([^']*)'")
                .matcher(line.group(3))
                .results()
                .collect(Collectors.toMap(
                        option -> option.group(1).equals("d") ? "body" : option.group(2),
                        option -> option.group(1).equals("d")
                                ? option.group().substring(4, option.group().length() - 1)
                                : option.group(3)));
        String body = quoted.get("body");
        Ask ask = Ask.of(body == null ? "GET" : "POST", line.group(2));
        ask = quoted.containsKey("Authorization") ? ask.authorization(quoted.get("Authorization"), "...") : ask;
        ask = quoted.containsKey("x-api-key") ? ask.key(quoted.get("x-api-key")) : ask;
        return body == null ? ask : ask.json(body);
    }

    @Test
    void when_asked_to_stop_it_answers_what_it_has_begun_and_exits_with_0() throws Exception {
        try (Running example = start("--port", "0");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), example.port())) {
            String key = example.found("grd_live_[0-9a-f]{48}");
            String head = "POST /api/v1/leagues/ HTTP/1.1\r\nHost: a\r\nx-api-key: " + key
                    + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            // The server asks for the body: from here on the request is being answered.
            assertThat(read(socket, 1)).isEqualTo("H");

            example.terminate();
            example.awaitRefusedConnections();
            example.assertStaysFor(Duration.ofSeconds(3)); // longer than Tomcat by itself waits for anything
            socket.getOutputStream().write("{}".getBytes(StandardCharsets.US_ASCII));

            assertThat(read(socket, Integer.MAX_VALUE)).contains("HTTP/1.1 400", "Field 'name' must be");
            assertThat(example.exitCode()).isZero();
        }
    }

    private static String read(Socket socket, int most) throws IOException {
        return new String(socket.getInputStream().readNBytes(most), StandardCharsets.US_ASCII);
    }

    @Test
    void nothing_secret_is_logged() throws Exception {
        try (Running example = start("--port", "0")) {
            int port = example.port();
            String key = example.found("grd_live_[0-9a-f]{48}");
            String token = example.found("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");
            for (String credential : List.of(key, token)) {
                String changed = credential.substring(0, credential.length() - 3) + "000";
                for (String line : List.of(
                        "Authorization: Bearer " + credential,
                        "Authorization: Bearer " + changed,
                        "Authorization : Bearer " + credential,
                        "Author\u0000ization: Bearer " + credential,
                        "Bearer " + credential,
                        "x-api-key: \u0001" + credential,
                        "Cookie: a=" + credential + "\u0001",
                        "Content-Type: " + credential,
                        "Expect: " + credential,
                        "Transfer-Encoding: " + credential)) {
                    Wire.send(port, Ask.get("/api/v1/leagues/").line(line));
                }
                Wire.send(port, Ask.get("/api/v1/leagues/{" + credential + "}"));
                Wire.send(port, Ask.get("/api/v1/leagues/" + credential + "?%" + credential));
            }
            example.terminate();

            assertThat(example.exitCode()).isZero();
            assertThat(example.err())
                    .doesNotContain(key.substring(9, 20))
                    .doesNotContain(token.substring(0, 20))
                    .doesNotContain(token.substring(token.length() - 40, token.length() - 4));
        }
    }

    @Test
    void a_port_that_is_taken_is_told_with_the_remedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Running example = start("--port", Integer.toString(taken.getLocalPort()))) {
            assertThat(example.exitCode()).isEqualTo(1);
            assertThat(example.err().strip())
                    .isEqualTo("Port " + taken.getLocalPort()
                            + " is taken: give another one with --port, or --port 0 for any free port");
            assertThat(example.out()).isEmpty();
        }
    }

    @Test
    void a_wrong_option_is_told_and_ends_it_with_2() throws Exception {
        try (Running example = start("--jwks-url", "https://issuer.example/jwks.json")) {
            assertThat(example.exitCode()).isEqualTo(2);
            assertThat(example.err()).startsWith("--jwks-url is given without --issuer: add");
            assertThat(example.out()).isEmpty();
        }
    }

    @Test
    void an_address_that_keys_cannot_be_fetched_from_is_told_and_ends_it_with_2() throws Exception {
        try (Running example =
                start("--jwks-url", "http://issuer.example/jwks.json", "--issuer", "a", "--audience", "b")) {
            assertThat(example.exitCode()).isEqualTo(2);
            assertThat(example.err()).startsWith("--jwks-url: ").contains("must begin with https://");
        }
    }

    @Test
    void an_address_that_a_partners_keys_cannot_be_fetched_from_is_told_and_ends_it_with_2() throws Exception {
        try (Running example = start("--port", "0", "--leak-keys-url", "http://scanner.example/keys")) {
            assertThat(example.exitCode()).isEqualTo(2);
            // Other parts may have had something to log before.
            assertThat(example.err().lines().reduce("", (one, next) -> next))
                    .startsWith("--leak-keys-url: ")
                    .contains("must begin with https://");
            assertThat(example.out()).isEmpty();
        }
    }

    @Test
    void help_is_printed() throws Exception {
        try (Running example = start("--help")) {
            assertThat(example.exitCode()).isZero();
            assertThat(example.out()).contains("--jwks-url URL");
            assertThat(example.err()).isEmpty();
        }
    }

    /** "It can be put in front of any issuer", by options or by variables; then there is no JWT to print. */
    @Test
    void it_stands_in_front_of_another_issuer() throws Exception {
        try (TokenIssuer issuer = TokenIssuer.start();
                Running example = Running.start(
                        Map.of("ISSUER", issuer.issuer(), "AUDIENCE", "api", "ENVIRONMENTS", "test"),
                        program(),
                        "--port",
                        "0",
                        "--jwks-url",
                        issuer.jwks().toString())) {
            int port = example.port();
            String good =
                    issuer.token().audience("api").permissions("catalog:read").sign();
            String other = issuer.token().audience("portcullis-example").sign();
            Ask leagues = Ask.get("/api/v1/leagues/");

            assertThat(Wire.send(port, leagues.bearer(good)).status()).isEqualTo(200);
            assertThat(Wire.send(port, leagues.bearer(other)).detail()).isEqualTo("Invalid audience.");
            assertThat(Wire.send(port, leagues.key(example.found("grd_test_[0-9a-f]{48}")))
                            .status())
                    .isEqualTo(200);
            assertThat(example.out()).doesNotContain("eyJ").contains("get one from your issuer");
        }
    }
}
