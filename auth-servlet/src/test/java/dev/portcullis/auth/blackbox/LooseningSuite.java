package dev.portcullis.auth.blackbox;

import static dev.portcullis.auth.AuthEvent.Type.DENIED;
import static dev.portcullis.auth.AuthEvent.Type.NO_CREDENTIAL;
import static dev.portcullis.auth.AuthEvent.Type.PERMITTED;
import static dev.portcullis.auth.AuthEvent.Type.REJECTED;
import static dev.portcullis.auth.blackbox.BlackBox.assertRefused;
import static dev.portcullis.auth.blackbox.BlackBox.assertSeen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is strict by default, and what each named loosening lets through: this, and nothing more. */
public interface LooseningSuite extends BlackBox {

    List<Deployment> LOOSENED = List.of(Deployment.LENIENT, Deployment.DECLARED);

    String EXPIRED = StubMethod.bad(Reason.TOKEN_EXPIRED);
    String DOWN = StubMethod.down(Reason.SIGNING_KEYS_UNAVAILABLE, Duration.ofSeconds(5));

    private static Ask preflight(String path) {
        return Ask.of("OPTIONS", path)
                .with("Origin", "https://app.example")
                .with("Access-Control-Request-Method", "POST");
    }

    @Test
    default void unlessLetPassAPreflightIsARequestLikeAnyOther() {
        assertRefused(
                ask(preflight("/api/v1/leagues/")), 401, "Authentication credentials were not provided.", "Bearer");
        assertThat(ask(preflight("/health").bearer(EXPIRED)).body()).contains("Token has expired.");
    }

    /** A preflight goes on "unauthenticated; credentials on it are not looked at". */
    @Test
    default void aPreflightPassesWhereverItGoesAndWhateverItBears() {
        for (Deployment loosened : LOOSENED) {
            server().witness().takeAll();
            for (String path : List.of("/api/v1/leagues/", "/closed", "/admin")) {
                assertSeen(ask(loosened, preflight(path)), "principal=null");
                for (String token : List.of(EXPIRED, DOWN, StubMethod.good("catalog:read"))) {
                    assertSeen(ask(loosened, preflight(path).bearer(token)), "principal=null", "isCaller=true");
                }
            }
            assertThat(server().witness().takeAll()).isEmpty();
        }
    }

    @Test
    default void whatIsNoPreflightDoesNotPassAsOne() {
        String method = "Access-Control-Request-Method";
        for (Deployment loosened : LOOSENED) {
            for (Ask ask : List.of(
                    Ask.of("OPTIONS", "/me"),
                    Ask.of("OPTIONS", "/me").with("Origin", "https://app.example"),
                    Ask.of("OPTIONS", "/me").with(method, "POST"),
                    Ask.of("options", "/me")
                            .with("Origin", "https://app.example")
                            .with(method, "POST"),
                    Ask.get("/me").with("Origin", "https://app.example").with(method, "POST"),
                    Ask.post("/me").with("Origin", "https://app.example").with(method, "POST"))) {
                assertThat(ask(loosened, ask).status()).as("%s", ask).isBetween(400, 405);
            }
        }
    }

    /** "A bad credential is rejected on every route […] unless the configuration says to ignore it on open routes." */
    @Test
    default void aBadCredentialIsIgnoredOnOpenRoutes() {
        for (Deployment loosened : LOOSENED) {
            server().witness().takeAll();
            assertSeen(ask(loosened, Ask.get("/health").bearer(EXPIRED)), "principal=null", "isCaller=true");
            assertThat(server().witness().takeTypes()).containsExactly(REJECTED, PERMITTED);
            assertSeen(ask(loosened, Ask.get("/health").bearer(DOWN)), "principal=null", "isCaller=true");
            assertSeen(ask(loosened, Ask.get("/health").bearer("a b")), "principal=null", "isCaller=true");
            assertSeen(ask(loosened, Ask.get("/health").bearer(StubMethod.good())), "principal=user_1");
        }
    }

    @Test
    default void aBadCredentialIsRejectedEverywhereElse() {
        for (Deployment loosened : LOOSENED) {
            for (String path :
                    List.of("/me", "/closed", "/admin", "/api/v1/leagues/1", "//health", "/health;x", "/Health")) {
                assertThat(ask(loosened, Ask.get(path).bearer(EXPIRED)).status())
                        .as(path)
                        .isIn(400, 401);
            }
            assertThat(ask(loosened, Ask.post("/health").bearer(EXPIRED)).body())
                    .isEqualTo("{\"detail\":\"Token has expired.\"}");
            assertThat(ask(loosened, Ask.get("/me").bearer(DOWN)).status()).isEqualTo(503);
        }
    }

    /** An oddly spelled context path leads to no open route, whatever follows it. */
    @Test
    default void aBadCredentialIsRejectedBehindAnOddContextPath() {
        for (String path : List.of("/%6cenient/health", "/lenient;x/health", "/x/../lenient/health")) {
            assertThat(ask(Ask.get(path).bearer(EXPIRED)).status()).as(path).isIn(400, 401);
            assertThat(ask(Ask.get(path).bearer(DOWN)).status()).as(path).isIn(400, 503);
        }
    }

    /** Filters made by the container from their class names do what filters made in code do. */
    @Test
    default void declaredFiltersReadTheirParameters() {
        server().witness().takeAll();
        Answer none = ask(Deployment.DECLARED, Ask.get("/me"));
        assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"declared\"");
        assertThat(none.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(server().witness().takeTypes()).containsExactly(NO_CREDENTIAL, DENIED);
        Answer expired = ask(Deployment.DECLARED, Ask.get("/me").bearer(EXPIRED));
        assertThat(expired.header("Content-Type")).isEqualTo("application/json");
        assertSeen(
                ask(Deployment.DECLARED, Ask.get("/api/v1/leagues/").bearer(StubMethod.good("catalog:read"))),
                "principal=user_1");
        assertThat(ask(Deployment.DECLARED, Ask.get("/reports/1").bearer(StubMethod.good("catalog:read")))
                        .header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"catalog:read holdings:read\"");
        assertThat(ask(Deployment.DECLARED, Ask.post("/inference/1").bearer(StubMethod.good()))
                        .body())
                .contains("This endpoint does not accept this kind of credential.");
    }
}
