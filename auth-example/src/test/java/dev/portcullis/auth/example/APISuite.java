package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.testkit.RequestSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API itself, over HTTP, for a caller who may do everything; whatever kind of server serves it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class APISuite {

    private static final String LEAGUES = "/api/v1/leagues/";
    private static final String LEAGUE = "{\"name\":\"La Liga\",\"country\":\"ES\",\"teams\":20}";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir
    private static Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private Example example;
    private String key;

    /**
     * What serves it.
     *
     * @return a kind of server
     */
    protected abstract ExampleServer.Kind kind();

    private Path data() throws IOException {
        return Files.createTempDirectory(directory, "keys");
    }

    private Example start() throws IOException {
        return Example.start(Options.of(Option.common(), Map.of("DATA", data().toString()), "--port", "0"), kind());
    }

    @BeforeAll
    void startOne() throws IOException {
        example = start();
        key = example.demoKey();
    }

    @AfterAll
    void stop() {
        example.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + example.port() + path))
                .header("x-api-key", key);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> delete(String path) throws Exception {
        return send(request(path).DELETE());
    }

    private static void assertRefused(HttpResponse<String> response, int status, String detail) {
        assertThat(response.body()).isEqualTo("{\"detail\":\"" + detail + "\"}");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/leagues/,name,country,teams", "/api/v1/sources/,name,url,records"})
    void there_are_leagues_and_sources_from_the_start(String path, String first, String second, String third)
            throws Exception {
        JsonNode all = MAPPER.readTree(get(path).body());

        assertThat(all.isArray()).isTrue();
        assertThat(all.size()).isGreaterThan(1);
        assertThat(all.get(0).propertyNames()).containsExactly("id", first, second, third);
    }

    @Test
    void a_league_is_created_read_replaced_changed_and_deleted() throws Exception {
        HttpResponse<String> created = send("POST", LEAGUES, LEAGUE);
        assertThat(created.statusCode()).isEqualTo(201);
        String path = created.headers().firstValue("Location").orElseThrow();
        assertThat(path).startsWith(LEAGUES).endsWith("/");

        assertThat(get(path).body()).contains("\"name\":\"La Liga\",\"country\":\"ES\",\"teams\":20");
        assertThat(get(LEAGUES).body()).contains("La Liga");

        HttpResponse<String> replaced =
                send("PUT", path, "{\"teams\":22,\"country\":\"ES\",\"name\":\"Segunda Divisi\u00f3n\"}");
        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(get(path).body()).isEqualTo(replaced.body()).contains("\"name\":\"Segunda Divisi\u00f3n\"");

        HttpResponse<String> changed = send("PATCH", path, "{\"teams\":24}");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(get(path).body()).isEqualTo(changed.body()).contains("\"country\":\"ES\",\"teams\":24");

        HttpResponse<String> deleted = delete(path);
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertRefused(get(path), 404, "Not found.");
        assertRefused(delete(path), 404, "Not found.");
    }

    @Test
    void each_server_has_its_own_data() throws Exception {
        try (Example other = start()) {
            Ask league = Ask.of("DELETE", LEAGUES + "2/").key(other.demoKey());

            assertThat(Wire.send(other.port(), league).status()).isEqualTo(204);
            assertThat(Wire.send(other.port(), league).status()).isEqualTo(404);
            assertThat(get(LEAGUES + "2/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void the_slash_at_the_end_is_optional() throws Exception {
        assertThat(get("/api/v1/leagues").body()).isEqualTo(get(LEAGUES).body());
        assertThat(get("/api/v1/leagues/1").body())
                .isEqualTo(get(LEAGUES + "1/").body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST  | nonsense | The body is not valid JSON.",
                "POST  | {\"name\":  | The body is not valid JSON.",
                "POST  | {} {} | The body is not valid JSON.",
                "POST  | {\"name\":\"a\",\"name\":\"b\"} | The body is not valid JSON.",
                "POST  | {\"teams\":1e999999999} | Field 'name' must be a string of 1 to 100 characters.",
                "POST  | [] | The body must be a JSON object.",
                "POST  | 7 | The body must be a JSON object.",
                "POST  | null | The body must be a JSON object.",
                "POST  | `` | The body must be a JSON object.",
                "POST  | {} | Field 'name' must be a string of 1 to 100 characters.",
                "POST  | {\"name\":7,\"country\":\"ES\",\"teams\":20} | Field 'name' must be a string of 1 to 100 characters.",
                "POST  | {\"name\":\"\",\"country\":\"ES\",\"teams\":20} | Field 'name' must be a string of 1 to 100 characters.",
                "POST  | {\"name\":\"a\\u0000\",\"country\":\"ES\",\"teams\":20} | Field 'name' must be a string of 1 to 100 characters.",
                "POST  | {\"name\":\"a\\ud800\",\"country\":\"ES\",\"teams\":20} | Field 'name' must be a string of 1 to 100 characters.",
                "POST  | {\"name\":\"a\",\"country\":\"es\",\"teams\":20} | Field 'country' must be two upper-case letters (ISO 3166-1).",
                "POST  | {\"name\":\"a\",\"country\":\"ES\",\"teams\":\"20\"} | Field 'teams' must be a whole number from 2 to 100.",
                "POST  | {\"name\":\"a\",\"country\":\"ES\",\"teams\":2.5} | Field 'teams' must be a whole number from 2 to 100.",
                "POST  | {\"name\":\"a\",\"country\":\"ES\",\"teams\":1} | Field 'teams' must be a whole number from 2 to 100.",
                "POST  | {\"name\":\"a\",\"country\":\"ES\",\"teams\":99999999999999999999} | Field 'teams' must be a whole number from 2 to 100.",
                "POST  | {\"name\":\"a\",\"country\":\"ES\",\"teams\":20,\"id\":1} | Unknown field: there are name, country, teams.",
                "PUT   | {\"name\":\"a\"} | Field 'country' must be two upper-case letters (ISO 3166-1).",
                "PATCH | {\"name\":null} | Field 'name' must be a string of 1 to 100 characters.",
                "PATCH | {\"nam\":\"a\"} | Unknown field: there are name, country, teams.",
                "PATCH | [] | The body must be a JSON object."
            })
    void what_is_wrong_with_a_body_is_told(String method, String body, String detail) throws Exception {
        String before = get(LEAGUES).body();

        assertRefused(send(method, method.equals("POST") ? LEAGUES : LEAGUES + "1/", body), 400, detail);

        assertThat(get(LEAGUES).body()).isEqualTo(before);
    }

    @Test
    void names_are_limited_in_characters_not_in_bytes() throws Exception {
        String longest = "{\"name\":\"" + "\ud83d\ude00".repeat(100) + "\",\"country\":\"ES\",\"teams\":20}";
        String longer = "{\"name\":\"" + "a".repeat(101) + "\",\"country\":\"ES\",\"teams\":20}";

        assertThat(send("POST", LEAGUES, longest).statusCode()).isEqualTo(201);
        assertThat(send("POST", LEAGUES, longer).statusCode()).isEqualTo(400);
    }

    @Test
    void what_is_nested_deeply_is_no_trouble() throws Exception {
        String deep = "{\"name\":" + "[".repeat(8000) + "]".repeat(8000) + "}";

        assertRefused(send("POST", LEAGUES, deep), 400, "The body is not valid JSON.");
    }

    /** RFC 8259 section 8.1. Parsers guess encodings, and do not mind a letter in two bytes; what stands in front may. */
    @Test
    void a_body_that_is_not_utf8_is_told() throws Exception {
        byte[] overlong = LEAGUE.replace("La", "\u00c1\u00ac").getBytes(StandardCharsets.ISO_8859_1);
        for (byte[] body : List.of(
                "{\"name\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1),
                LEAGUE.getBytes(StandardCharsets.UTF_16LE),
                LEAGUE.getBytes(StandardCharsets.UTF_16),
                LEAGUE.getBytes(Charset.forName("UTF-32BE")),
                overlong)) {
            HttpResponse<String> answer = send(request(LEAGUES)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body)));

            assertRefused(answer, 400, "The body is not valid JSON.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "application/json; charset=latin1",
                "x",
                "a;b"
            })
    void other_media_types_are_refused(String type) throws Exception {
        HttpResponse<String> answer =
                send(request(LEAGUES).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(LEAGUE)));

        assertRefused(answer, 415, "The body must be application/json in UTF-8.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/json;charset=UTF-8", "Application/JSON; charset=\"utf-8\""})
    void json_in_utf8_is_taken_in_every_spelling(String type) throws Exception {
        HttpResponse<String> answer =
                send(request(LEAGUES).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(LEAGUE)));

        assertThat(answer.statusCode()).isEqualTo(201);
    }

    @Test
    void no_media_type_and_compressed_bodies_are_refused() throws Exception {
        assertRefused(
                send(request(LEAGUES).POST(HttpRequest.BodyPublishers.ofString(LEAGUE))),
                415,
                "The body must be application/json in UTF-8.");
        assertRefused(
                send(request(LEAGUES)
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofString(LEAGUE))),
                415,
                "The body must not be compressed.");
    }

    @Test
    void a_body_over_16_kib_is_refused_whether_its_length_is_told_or_not() throws Exception {
        byte[] large = new byte[16 * 1024 + 1];
        Arrays.fill(large, (byte) ' ');
        String detail = "The body is larger than 16384 bytes.";

        assertRefused(send("POST", LEAGUES, new String(large, StandardCharsets.US_ASCII)), 413, detail);
        assertRefused(
                send(request(LEAGUES)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))),
                413,
                detail);
    }

    @Test
    void methods_that_a_path_does_not_have_are_told_with_those_it_has() throws Exception {
        HttpResponse<String> all = delete(LEAGUES);
        assertRefused(all, 405, "Method not allowed.");
        assertThat(all.headers().firstValue("Allow")).hasValue("GET, HEAD, POST");

        HttpResponse<String> one = send("POST", LEAGUES + "1/", LEAGUE);
        assertRefused(one, 405, "Method not allowed.");
        assertThat(one.headers().firstValue("Allow")).hasValue("GET, HEAD, PUT, PATCH, DELETE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "01", "-1", "x", "99999", "9999999999999999999999", "1/teams", "%20"})
    void there_is_nothing_elsewhere(String rest) throws Exception {
        assertRefused(get(LEAGUES + rest), 404, "Not found.");
        assertRefused(send("PUT", LEAGUES + rest, LEAGUE), 404, "Not found.");
        assertRefused(send("PATCH", LEAGUES + rest, "{}"), 404, "Not found.");
    }

    @Test
    void the_number_of_leagues_is_bounded() throws Exception {
        try (Example other = start()) {
            Ask league = Ask.of("POST", LEAGUES).key(other.demoKey()).json(LEAGUE);
            Answer answer = Wire.send(other.port(), league);
            for (int i = 0; i < 1000 && answer.status() == 201; i++) {
                answer = Wire.send(other.port(), league);
            }

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.detail()).isEqualTo("Too many leagues.");
        }
    }

    @Test
    void head_is_get_without_a_body() throws Exception {
        HttpResponse<String> head = send(request(LEAGUES).method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .hasValue(Integer.toString(get(LEAGUES).body().getBytes(StandardCharsets.UTF_8).length));
    }

    /** No answer names the server, or shows how it works inside. */
    @Test
    void the_container_answers_in_json_and_names_nothing() throws Exception {
        for (String target : List.of("/%00", "/x\\y", "/api/v1/leagues/{1}", "/" + "a".repeat(60_000), "no-path")) {
            Answer answer = Wire.send(example.port(), Ask.get(target).key(key));

            assertThat(answer.status()).as(target).isEqualTo(400);
            assertThat(answer.body()).as(target).isEqualTo("{\"detail\":\"Malformed request.\"}");
            assertThat(answer.header("Content-Type")).as(target).isEqualTo("application/json");
            assertThat(answer.header("Server")).as(target).isNull();
            assertThat(answer.toString()).doesNotContainIgnoringCase("tomcat").doesNotContainIgnoringCase("apache");
        }
    }

    /** A query can hold what its client should not have sent there. */
    @Test
    void a_query_that_cannot_be_read_is_told_and_not_logged() throws Exception {
        RequestSigner signer = RequestSigner.of(Ed25519SecretKey.generate());
        String publicKey =
                Base64.getEncoder().encodeToString(signer.key().publicKey().encoded());
        Ask registering = Ask.of("POST", "/api/v1/signing-keys/")
                .bearer(String.valueOf(example.demoToken()))
                .json("{\"name\":\"a\",\"public_key\":\"" + publicKey + "\"}");
        assertThat(Wire.send(example.port(), registering).status()).isEqualTo(201);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        logged.start();
        log.addAppender(logged);
        try {
            for (String query : List.of("?status=secret%ff", "?%ff", "?=secret", "?status=open" + "&a".repeat(1000))) {
                Ask ask = Ask.get("/v1/orders" + query).signed(signer);
                Answer answer = Wire.send(example.port(), ask);

                assertThat(answer.status()).as(query).isEqualTo(400);
                assertThat(answer.body()).as(query).isEqualTo("{\"detail\":\"Malformed request.\"}");
            }
        } finally {
            log.detachAppender(logged);
        }
        assertThat(logged.list).isEmpty();
    }

    @Test
    void trace_is_off() throws Exception {
        Answer answer = Wire.send(example.port(), Ask.of("TRACE", LEAGUES).key(key));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.body()).doesNotContain("grd_");
    }

    /** A container sends one message at a time; a client need not wait for the answer to its last. */
    @Test
    void a_socket_says_back_all_that_comes_at_once() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        WebSocket socket = client.newWebSocketBuilder()
                .header("x-api-key", key)
                .buildAsync(URI.create("ws://127.0.0.1:" + example.port() + "/ws/full"), new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        said.add(data.toString());
                        from.request(1);
                        return null;
                    }
                })
                .get(20, TimeUnit.SECONDS);
        for (int i = 0; i < 50; i++) {
            socket.sendText("%02d".formatted(i), true).get(20, TimeUnit.SECONDS);
        }
        await().untilAsserted(() -> assertThat(said).hasSize(51));
        assertThat(said).isSortedAccordingTo(Comparator.comparing(text -> text.replaceAll("v1|\\D", "")));
        socket.abort();
    }
}
