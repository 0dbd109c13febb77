package dev.portcullis.auth.blackbox;

import static dev.portcullis.auth.blackbox.BlackBox.assertSeen;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Requests that no honest client sends: refused by us or by the container, never let in, never a 5xx, never a hang. */
public interface HostileSuite extends BlackBox {

    Duration QUICKLY = Duration.ofSeconds(5);

    private void assertTurnedAway(Ask ask) {
        long start = System.nanoTime();
        Answer answer = ask(ask);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertThat(answer.status()).as("%s", ask).isBetween(400, 499);
        assertThat(taken).as("%s", ask).isLessThan(QUICKLY);
    }

    @Test
    default void oddHeaderLinesLetNobodyIn() {
        String good = StubMethod.good("catalog:read");
        for (String line : List.of(
                "Authorization : Bearer " + good,
                " Authorization: Bearer " + good,
                "Authorization: Bearer \u0000" + good,
                "Authorization: Bearer " + good + "\u0000",
                "Authorization\u0000: Bearer " + good,
                "Authorization: Bearer " + good + "\rX: y",
                "Authorization: Bearer,Bearer " + good,
                "Authorization: Bearer " + good + ", Bearer " + good,
                "Authorization: Bearer\u00a0" + good,
                "Authorization: \u212aBearer".replace('\u212a', 'K') + " " + good,
                "Authorization=Bearer " + good,
                "Authorization",
                ": Bearer " + good,
                "X-Forwarded-Authorization: Bearer " + good,
                "Proxy-Authorization: Bearer " + good,
                "Cookie: Authorization=Bearer%20" + good,
                "Authorization: Bearer " + "a".repeat(100_000),
                "Authorization: Bearer" + " ".repeat(5_000))) {
            assertTurnedAway(Ask.get("/me").withLine(line));
        }
    }

    /** "Credentials are read from headers and the named cookie only: never from the query string or the body." */
    @Test
    default void aTokenInTheQueryStringOrTheBodyIsNoCredential() {
        String good = StubMethod.good("catalog:write");
        assertTurnedAway(
                Ask.get("/me?access_token=" + good + "&Authorization=Bearer%20" + good + "&x-api-key=" + good));
        String form = "access_token=" + good;
        assertTurnedAway(Ask.of("POST", "/api/v1/leagues/")
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with("Content-Length", "" + form.length())
                .withBody(form));
    }

    @Test
    default void arbitraryBytesInCredentialsAreRefused() {
        long seed = 20261122;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            StringBuilder value = new StringBuilder();
            random.ints(random.nextInt(1, 200), 0x21, 0x100)
                    .filter(c -> c != 0x7f)
                    .forEach(c -> value.append((char) c));
            String name = random.nextBoolean() ? "Authorization: Bearer " : "x-api-key: ";
            Ask ask = Ask.get("/me").withLine(name + value);
            assertThat(ask(ask).status())
                    .as("seed %d, request %d: %s", seed, i, ask)
                    .isBetween(400, 499);
        }
    }

    /** "Every malformed token, key, header […] gets the contract's answer […], never a 5xx." */
    @Test
    default void arbitraryTokensAndKeysAreRefused() {
        long seed = 20261123;
        SplittableRandom random = new SplittableRandom(seed);
        String good = server().trust().token().permissions("catalog:read").sign();
        String key = server().trust().key("catalog:read");
        for (int i = 0; i < 400; i++) {
            String credential = random.nextBoolean() ? mangled(good, random) : mangled(key, random);
            Ask ask = Ask.get("/api/v1/leagues/").bearer(credential);
            if (random.nextInt(4) == 0) {
                ask = Ask.get("/api/v1/leagues/").with("x-api-key", credential);
            }
            Answer answer = ask(Deployment.REAL, ask);
            assertThat(answer.status())
                    .as("seed %d, request %d: %s", seed, i, ask)
                    .isEqualTo(401);
            assertThat(answer.body()).startsWith("{\"detail\":\"");
        }
    }

    /** The same with one stretch of it replaced, taken out or doubled: always another text than it was. */
    private static String mangled(String credential, SplittableRandom random) {
        int from = random.nextInt(credential.length());
        int to = from + 1 + random.nextInt(Math.min(8, credential.length() - from));
        String stretch = credential.substring(from, to);
        String other = switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> stretch + stretch;
            case 2 -> stretch + (char) random.nextInt(0x21, 0x7f);
            default ->
                stretch.chars()
                        .map(c -> c == 'q' ? 'w' : 'q')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
        };
        return credential.substring(0, from) + other + credential.substring(to);
    }

    @Test
    default void hundredsOfHeadersAreNoTrouble() {
        Ask ask = Ask.get("/me");
        for (int i = 0; i < 90; i++) {
            ask = ask.bearer("a");
        }
        assertTurnedAway(ask);
        for (int i = 0; i < 900; i++) {
            ask = ask.bearer("a");
        }
        assertTurnedAway(ask);
    }

    /** RFC 9112 section 6.1: what frames a body changes nothing about who is let in. */
    @Test
    default void theFramingOfABodyChangesNothing() {
        String chunked = "2\r\n{}\r\n0\r\n\r\n";
        Ask ask = Ask.of("POST", "/api/v1/leagues/")
                .with("Transfer-Encoding", "chunked")
                .withBody(chunked);
        assertTurnedAway(ask);
        assertSeen(ask(ask.bearer(StubMethod.good("catalog:write"))), "principal=user_1");
        assertTurnedAway(ask.with("Content-Length", "3").with("Content-Length", "4"));
        for (String coding : List.of("xchunked", "chunked, identity", "identity", "gzip", "\u000bchunked")) {
            Ask other = Ask.of("POST", "/api/v1/leagues/")
                    .with("Transfer-Encoding", coding)
                    .withBody(chunked);
            // 501 is the container's, for a coding that it does not know: RFC 9112 section 6.1
            assertThat(ask(other).status())
                    .as(coding)
                    .isGreaterThanOrEqualTo(400)
                    .isIn(400, 401, 501);
        }
    }

    /** A request hidden in the body of another is never answered. */
    @Test
    default void aSmuggledRequestIsNotAnswered() {
        String smuggled = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";
        String both = "POST /api/v1/leagues/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                + "Content-Length: " + (5 + smuggled.length()) + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + smuggled;
        Answer answer = server().wire(Deployment.DEFAULT).sendBytes(Bytes.of(both));

        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.body()).doesNotContain("dispatch=REQUEST");
    }

    @Test
    default void requestLinesThatAreNoneAreRefused() {
        for (String line : List.of(
                "GET  /me HTTP/1.1",
                "GET /me HTTP/1.1 x",
                "GET\t/me\tHTTP/1.1",
                "GET /health /me HTTP/1.1",
                "CONNECT localhost:80 HTTP/1.1",
                "GE\u0000T /me HTTP/1.1",
                "G\u00c9T /health HTTP/1.1",
                "GET /me HTTP/1.1\r\nHost: b")) {
            byte[] bytes = Bytes.of(line + "\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(server().wire(Deployment.DEFAULT).sendBytes(bytes).status())
                    .as(line)
                    .isBetween(400, 501)
                    .isNotEqualTo(500);
        }
    }
}
