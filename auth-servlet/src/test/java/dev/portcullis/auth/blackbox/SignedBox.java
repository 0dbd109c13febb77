package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.testkit.RequestSigner;
import java.util.Map;

/** What the suites of signed requests stand on. */
public interface SignedBox extends BlackBox {

    /** What is answered of signing keys is held against the document. */
    @Override
    default Answer ask(App app, Ask ask) {
        Answer answer = BlackBox.super.ask(app, ask);
        if (ask.target().contains("/signing-keys")) {
            Described.SIGNING_KEYS.check(ask, answer);
        }
        return answer;
    }

    /** A request with a JSON body, one character for each byte. */
    static Ask json(String method, String target, String body) {
        return Ask.of(method, target)
                .with("Content-Type", "application/json")
                .with("Content-Length", Integer.toString(body.length()))
                .withBody(body);
    }

    /** The same, signed. */
    static Ask signed(SignedApp app, Ask ask) {
        return signed(app, app.signer, ask, ask.body());
    }

    /** The same, signed with another body than what stands behind the headers, such as one that is sent in chunks. */
    static Ask signed(SignedApp app, RequestSigner signer, Ask ask, String body) {
        return with(ask, signer.sign(ask.method(), app.contextPath() + ask.target(), Bytes.of(body)));
    }

    /** The same with a message signature. */
    static Ask messageSigned(SignedApp app, Ask ask) {
        return with(
                ask,
                app.signer.signMessage(
                        ask.method(), "localhost", app.contextPath() + ask.target(), Bytes.of(ask.body())));
    }

    private static Ask with(Ask ask, Map<String, String> headers) {
        Ask more = ask;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            more = more.with(header.getKey(), header.getValue());
        }
        return more;
    }

    default void isSeen(SignedApp app, Ask ask, String seen) {
        Answer answer = ask(app, ask);
        assertThat(answer.status()).as("%s: %s", ask, answer).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("trader " + seen);
    }

    default Answer isRefused(SignedApp app, Ask ask, int status, String detail) {
        Answer answer = ask(app, ask);
        String challenge = status == 401
                ? "Bearer error=\"invalid_token\", error_description=\"" + detail.substring(0, detail.length() - 1)
                        + "\""
                : null;
        assertThat(answer.status()).as("%s: %s", ask, answer).isEqualTo(status);
        BlackBox.assertRefused(answer, status, detail, challenge);
        return answer;
    }
}
