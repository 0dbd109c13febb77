package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Two servers get the same requests, and must give the same answers. */
public final class SameAnswers {

    private SameAnswers() {}

    /** Asserts that the refusals of all applications are the same, byte for byte, and so is what was let in. */
    public static void assertFrom(Server one, Server other) {
        for (Deployment deployment : Deployment.values()) {
            for (Ask ask : asks()) {
                Answer first = one.wire(deployment).send(ask);
                Answer second = other.wire(deployment).send(ask);
                assertThat(comparable(second)).as("%s to %s", ask, deployment).isEqualTo(comparable(first));
            }
        }
    }

    /** The headers of what was let in are the application's and the container's. */
    private static String comparable(Answer answer) {
        return answer.status() == 200 ? answer.body() : answer.ours();
    }

    private static List<Ask> asks() {
        List<String> tokens = new ArrayList<>();
        for (Reason reason : Reason.values()) {
            if (reason.status() == 401) {
                tokens.add(StubMethod.bad(reason));
            } else if (reason.status() == 503) {
                tokens.add(StubMethod.down(reason, Duration.ofMillis(2300)));
            }
        }
        tokens.add(StubMethod.good("catalog:read"));
        tokens.add(StubMethod.good(CredentialKind.API_KEY, "user_2", "catalog:write", "holdings:read"));
        tokens.add("");
        tokens.add("a b");
        List<Ask> asks = new ArrayList<>();
        for (String path :
                List.of("/health", "/me", "/api/v1/leagues/1", "/reports/1", "/inference/1", "/admin", "/a/b")) {
            for (String method : List.of("GET", "HEAD", "POST", "DELETE", "OPTIONS")) {
                Ask ask = Ask.of(method, path).with("Content-Length", "0");
                asks.add(ask);
                asks.add(ask.with("x-api-key", "a").with("x-api-key", "b"));
                asks.add(ask.bearer("a").bearer("b"));
            }
            tokens.forEach(token -> asks.add(Ask.get(path).bearer(token)));
            tokens.forEach(token -> asks.add(Ask.post(path).with("X-Api-Key", token)));
        }
        return asks;
    }
}
