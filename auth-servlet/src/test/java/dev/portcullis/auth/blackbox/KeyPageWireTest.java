package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.servlet.keys.KeyPageServlet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the key page, as servers send them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeyPageWireTest {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private final PageApp app = new PageApp();
    private final List<Server> servers = List.of(new TomcatServer(app), new JettyServer(app));

    @AfterAll
    void stop() {
        servers.forEach(Server::close);
    }

    List<Wire> wires() {
        return servers.stream().map(server -> server.wire(app)).toList();
    }

    private static void assertProtected(Answer answer) {
        assertThat(answer.header("Content-Security-Policy")).isEqualTo(POLICY);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Set-Cookie")).isNull();
    }

    @ParameterizedTest
    @MethodSource("wires")
    void every_file_is_protected(Wire wire) {
        for (String name :
                List.of("", "page.css", "page.js", "client.js", "dialogs.js", "rows.js", "words.js", "icon.svg")) {
            Answer answer = wire.send(Ask.get("/api-keys/" + name));
            assertThat(answer.status()).as(name).isEqualTo(200);
            assertProtected(answer);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
            String tag = String.valueOf(answer.header("ETag"));
            Answer again = wire.send(Ask.get("/api-keys/" + name).with("If-None-Match", "\"x\", " + tag));
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
    }

    /** No script, style or handler inside, and nothing from elsewhere. */
    @ParameterizedTest
    @MethodSource("wires")
    void the_page_holds_nothing_that_its_policy_would_block(Wire wire) {
        Answer answer = wire.send(Ask.get("/api-keys/"));
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(answer.body())
                .doesNotContainPattern("(?i)\\son\\w+=")
                .doesNotContainPattern("(?i)style=|<style|javascript:|https?://")
                .doesNotContain("{api}", "{script}", "<!--")
                .contains("<meta name=\"portcullis-api\" content=\"/shop/api/v1/api-keys/\">")
                .contains("<meta name=\"portcullis-token-script\" content=\"\">");
        assertThat(wire.send(Ask.get("/signed-in/")).body())
                .contains("<script type=\"module\" src=\"/shop/token.js\"></script>")
                .contains("<meta name=\"portcullis-token-script\" content=\"/shop/token.js\">");
    }

    @ParameterizedTest
    @MethodSource("wires")
    void without_its_slash_it_leads_to_itself(Wire wire) {
        Answer answer = wire.send(Ask.get("/api-keys"));
        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("Location")).isEqualTo("./api-keys/");
        assertProtected(answer);
    }

    @ParameterizedTest
    @MethodSource("wires")
    void what_is_no_file_is_not_found(Wire wire) {
        for (String name : List.of("index.html", "page.css/", "KeyPageServlet.class", "openapi.json", "PAGE.JS")) {
            Answer answer = wire.send(Ask.get("/api-keys/" + name));
            assertThat(answer.status()).as(name).isEqualTo(404);
            assertProtected(answer);
        }
    }

    @ParameterizedTest
    @MethodSource("wires")
    void it_is_only_read(Wire wire) {
        for (String method : List.of("POST", "PUT", "DELETE")) {
            assertThat(wire.send(Ask.of(method, "/api-keys/").with("Content-Length", "0"))
                            .status())
                    .isEqualTo(401); // no rule opens it
        }
        Answer head = wire.send(Ask.of("HEAD", "/api-keys/page.js"));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "api", "https://elsewhere.example/", "//elsewhere.example/", "/a b", "/a\"b", "/<b>", "/a?b"
            })
    void a_path_that_is_none_stops_the_start(String path) {
        assertThatThrownBy(() -> KeyPageServlet.builder().endpoints(path).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("endpoints is '" + path + "'");
        assertThatThrownBy(() -> KeyPageServlet.builder().tokenScript(path).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void its_paths_are_what_they_are_set_to() {
        assertThat(KeyPageServlet.builder().endpoints("/v2/keys").build()).isNotNull();
    }
}
