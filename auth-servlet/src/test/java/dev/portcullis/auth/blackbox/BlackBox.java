package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every part of the suite stands on: a server, and the contract's words for a refusal. */
public interface BlackBox {

    Server server();

    default Answer ask(App app, Ask ask) {
        return server().wire(app).send(ask);
    }

    default Answer ask(Ask ask) {
        return ask(Deployment.DEFAULT, ask);
    }

    /** "Content-Type: application/json, Cache-Control: no-store, and a body with a single key, without spaces". */
    static void assertRefused(Answer answer, int status, String detail, @Nullable String challenge) {
        assertRefused(answer, status, "application/json", "{\"detail\":\"" + detail + "\"}", challenge);
    }

    static void assertRefused(Answer answer, int status, String contentType, String body, @Nullable String challenge) {
        assertThat(answer.ours()).isEqualTo(new Answer(status, ourHeaders(contentType, body, challenge), body).ours());
    }

    private static List<String> ourHeaders(String contentType, String body, @Nullable String challenge) {
        List<String> headers = new ArrayList<>(
                List.of("Content-Type: " + contentType, "Cache-Control: no-store", "Content-Length: " + body.length()));
        if (challenge != null) {
            headers.add("WWW-Authenticate: " + challenge);
        }
        return headers;
    }

    /** What a request got to see that was let in. */
    static void assertSeen(Answer answer, String... lines) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body().lines()).contains(lines);
    }
}
