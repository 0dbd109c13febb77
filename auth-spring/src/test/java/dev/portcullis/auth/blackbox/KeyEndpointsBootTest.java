package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The key endpoints on Spring Boot. The build runs it twice: with Spring Security on the class path, and without. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeyEndpointsBootTest implements KeyIssueSuite, KeyListSuite, KeyUseSuite, KeyRequestSuite, KeyHostileSuite {

    private static final List<String> OURS = List.of("Link", "Location", "Allow");

    private final Server server = new BootServer(KeyApp.values());

    @Override
    public Server server() {
        return server;
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** Both have the same keys, so that even what is shown of them is the same. */
    @Test
    void bootAnswersAsTomcatDoes() {
        String token = KeyBox.token(KeyBox.newUser(), READ);
        String id = issued(token, "{\"name\":\"a\",\"scopes\":[\"catalog:read\"]}");
        try (Server tomcat = new TomcatServer(KeyApp.values())) {
            for (Ask ask : asks(token, id)) {
                Answer expected = tomcat.wire(KeyApp.USUAL).send(ask);
                assertThat(comparable(ask(KeyApp.USUAL, ask))).as("%s", ask).isEqualTo(comparable(expected));
            }
        }
    }

    private static String comparable(Answer answer) {
        return answer.ours() + OURS.stream().map(answer::all).toList();
    }

    private static List<Ask> asks(String token, String id) {
        List<Ask> asks = new ArrayList<>();
        for (String path : List.of("", "/", "/?limit=1", "/?limit=0", "/?cursor=x", "/audit", "/audit/?limit=1")) {
            asks.add(KeyBox.get(path));
        }
        for (String path : List.of("/" + id, "/" + id + "/revoke/", "/" + id + "/x", "/self", "/%2e", "/;a=b", "//")) {
            for (String method : List.of("GET", "HEAD", "PUT", "OPTIONS")) {
                asks.add(Ask.of(method, KeyApp.BASE + path).with("Content-Length", "0"));
            }
        }
        for (String body : List.of("", "{", "[]", "{\"name\":1}", "{\"name\":\"a\",\"scopes\":[\"catalog:write\"]}")) {
            asks.add(KeyBox.post("/", body));
            asks.add(KeyBox.patch("/" + id, body));
            asks.add(KeyBox.post("/" + id + "/rotate", body.isEmpty() ? "{" : body));
        }
        List<Ask> all = new ArrayList<>(asks);
        asks.forEach(ask -> all.add(ask.bearer(token)));
        asks.forEach(ask -> all.add(ask.bearer(KeyBox.token("somebody else"))));
        return all;
    }
}
