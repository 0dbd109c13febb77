package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.servlet.ErrorFormat;
import dev.portcullis.auth.testkit.NodeProject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients that others have written work unchanged: {@code ccxt}, which trades, {@code ws}, which opens WebSockets, and
 * those of the two inference APIs.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class KnownClientsSuite {

    private static final Path PROJECT = Path.of("..", "auth-example", "src", "test", "npm");
    private static final String ANSWER = "You are let in. There is no model behind this example.";

    private static final String NOT_AUTHENTICATED =
            "{\"code\": 1000, \"message\": \"You need to authenticate prior to using this functionality\","
                    + " \"status\": 401}";

    private final InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
    private final TourKeys keys = new TourKeys(store);
    private ExampleServer server;
    private NodeProject project;
    private @Nullable JsonNode completed;

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
        project = NodeProject.installed(PROJECT, "npm", "trade.mjs", "stream.mjs", "complete.mjs");
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private JsonNode node(String script, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(Integer.toString(server.port())));
        all.addAll(List.of(arguments));
        all.add(script + ".json");
        project.printed(script, "", all.toArray(String[]::new));
        return JsonMapper.shared().readTree(project.read(script + ".json"));
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

    /** One key for both, each of which sends it in its own header. */
    @Test
    void openai_and_anthropic_are_answered() throws Exception {
        JsonNode came = complete();

        assertThat(came.at("/completion/object").asString()).isEqualTo("chat.completion");
        assertThat(came.at("/completion/choices/0/message/content").asString()).isEqualTo(ANSWER);
        assertThat(came.at("/completion/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(came.at("/completion/usage/prompt_tokens").asInt()).isEqualTo(2);
        assertThat(came.at("/completion/usage/total_tokens").asInt()).isEqualTo(13);
        assertThat(came.at("/message/content/0/text").asString()).isEqualTo(ANSWER);
        assertThat(came.at("/message/stop_reason").asString()).isEqualTo("end_turn");
        assertThat(came.at("/message/usage/output_tokens").asInt()).isEqualTo(11);
        assertThat(came.at("/cut/content/0/text").asString()).isEqualTo("You are let");
        assertThat(came.at("/cut/stop_reason").asString()).isEqualTo("max_tokens");
    }

    @Test
    void openai_and_anthropic_are_answered_token_by_token() throws Exception {
        JsonNode came = complete();

        assertThat(came.at("/streamed/pieces").size()).isEqualTo(11);
        assertThat(came.at("/streamed/text").asString()).isEqualTo(ANSWER);
        assertThat(came.at("/streamed/usage/total_tokens").asInt()).isEqualTo(13);
        assertThat(came.at("/final/content/0/text").asString()).isEqualTo(ANSWER);
        assertThat(came.at("/final/stop_reason").asString()).isEqualTo("end_turn");
        assertThat(came.at("/final/usage/input_tokens").asInt()).isEqualTo(2);
        assertThat(came.at("/final/usage/output_tokens").asInt()).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource({
        "revoked,AuthenticationError,401,''",
        "empty,BadRequestError,400,Field 'messages' must be an array of messages.",
        "large,APIError,413,The body is larger than 16384 bytes."
    })
    void openai_and_anthropic_know_what_they_are_refused_for(String what, String type, int status, String words)
            throws Exception {
        JsonNode came = complete();

        for (String client : List.of("openai", "anthropic")) {
            JsonNode refused = came.at("/" + client + "/" + what);
            assertThat(refused.path("type").asString()).isEqualTo(type);
            assertThat(refused.path("status").asInt()).isEqualTo(status);
            assertThat(refused.path("message").asString()).contains(words);
        }
    }

    private JsonNode complete() throws Exception {
        if (completed == null) {
            IssuedAPIKey revoked = keys.issued("main", List.of());
            keys.revoke(revoked);
            String key = keys.issued("main", List.of()).plaintext();
            completed = node("complete.mjs", key, revoked.plaintext());
        }
        return completed;
    }
}
