package dev.portcullis.auth.blackbox;

import static dev.portcullis.auth.blackbox.BlackBox.assertRefused;
import static dev.portcullis.auth.blackbox.BlackBox.assertSeen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.Reason;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Contract sections 1 to 5 with real tokens of a real issuer, and with real API keys. */
public interface CredentialSuite extends BlackBox {

    /** The applications with real credentials: one made in code, one from init-params. */
    List<App> REAL = List.of(Deployment.REAL, Deployment.REAL_DECLARED);

    private static String invalidToken(String detail) {
        return "Bearer error=\"invalid_token\", error_description=\"" + detail.substring(0, detail.length() - 1) + "\"";
    }

    /** "A bad credential is rejected on every route, open ones too", whatever it would be allowed. */
    @TestFactory
    default Stream<DynamicTest> everyRejectedCredentialGetsItsWords() {
        return Credentials.rejected(server().trust()).stream()
                .map(row -> DynamicTest.dynamicTest(row.detail() + " " + row.what(), () -> {
                    for (App app : REAL) {
                        for (String path : List.of("/api/v1/leagues/1", "/health", "/admin")) {
                            Ask ask = row.on(Ask.get(path));
                            assertRefused(ask(app, ask), 401, row.detail(), invalidToken(row.detail()));
                        }
                    }
                }));
    }

    /** "or the key is older than the deployment's global key age". */
    @Test
    default void aKeyThatIsTooOldHasExpired() {
        for (Credentials.Row row : Credentials.tooOld(server().trust())) {
            assertRefused(ask(Deployment.REAL, row.on(Ask.get("/me"))), 401, row.detail(), invalidToken(row.detail()));
            assertSeen(ask(Deployment.REAL_DECLARED, row.on(Ask.get("/me"))), "principal=account-1");
        }
    }

    @TestFactory
    default Stream<DynamicTest> everyGoodCredentialOpensWhatItsPermissionsOpen() {
        return Credentials.good(server().trust(), "catalog:read").stream()
                .map(row -> DynamicTest.dynamicTest(row.what(), () -> {
                    for (App app : REAL) {
                        assertSeen(
                                ask(app, row.on(Ask.get("/api/v1/leagues/1"))),
                                "isCaller=true",
                                "roles=[catalog:read]");
                        assertRefused(
                                ask(app, row.on(Ask.get("/api/v1/sources/"))),
                                403,
                                "Token is missing one or more required permissions.",
                                "Bearer error=\"insufficient_scope\", scope=\"holdings:read\"");
                        assertRefused(
                                ask(app, row.on(Ask.get("/admin"))),
                                403,
                                "You do not have permission to perform this action.",
                                null);
                    }
                }));
    }

    @Test
    default void whoIsCallingAndHowIsSeenByTheApplication() {
        Trust trust = server().trust();
        for (App app : REAL) {
            assertSeen(
                    ask(
                            app,
                            Ask.get("/me")
                                    .bearer(trust.token().subject("user-9").sign())),
                    "principal=user-9",
                    "remoteUser=user-9",
                    "authType=JWT",
                    "roles=[]");
            assertSeen(
                    ask(
                            app,
                            Ask.get("/me")
                                    .bearer(trust.token().claim("sub", null).sign())),
                    "remoteUser=null");
            assertSeen(
                    ask(app, Ask.get("/me").with("x-api-key", trust.key("holdings:read"))),
                    "principal=account-1",
                    "authType=API_KEY",
                    "roles=[holdings:read]");
        }
    }

    /** "Anything else, and any entry that is not a string, grants nothing." */
    @Test
    default void permissionsOfAnotherFormGrantNothing() {
        Trust trust = server().trust();
        for (Object claim : List.of(true, 7, Map.of("catalog:read", true), List.of(List.of("catalog:read")))) {
            String token = trust.token().claim("permissions", claim).sign();
            assertThat(ask(Deployment.REAL, Ask.get("/api/v1/leagues/").bearer(token))
                            .status())
                    .isEqualTo(403);
            assertSeen(ask(Deployment.REAL, Ask.get("/me").bearer(token)), "roles=[]");
        }
        String scope = trust.token().claim("scope", "catalog:read").sign();
        assertThat(ask(Deployment.REAL, Ask.get("/api/v1/leagues/").bearer(scope))
                        .status())
                .isEqualTo(403);
    }

    /** "This endpoint does not accept this kind of credential." */
    @Test
    default void aRouteForKeysTakesNoTokens() {
        Trust trust = server().trust();
        for (App app : REAL) {
            assertRefused(
                    ask(app, Ask.post("/inference/1").bearer(trust.token().sign())),
                    403,
                    "This endpoint does not accept this kind of credential.",
                    null);
            assertSeen(ask(app, Ask.post("/inference/1").bearer(trust.key())), "authType=API_KEY");
        }
    }

    /** "HEAD counts as GET", and a refused one has the headers of a refused GET. */
    @Test
    default void headsAreJudgedAsGets() {
        String key = server().trust().key("catalog:read");
        assertThat(ask(Deployment.REAL, Ask.of("HEAD", "/api/v1/leagues/").bearer(key))
                        .status())
                .isEqualTo(200);
        Answer get = ask(Deployment.REAL, Ask.get("/api/v1/sources/").bearer(key));
        Answer head = ask(Deployment.REAL, Ask.of("HEAD", "/api/v1/sources/").bearer(key));
        assertThat(head.ours()).isEqualTo(new Answer(get.status(), get.headers(), "").ours());
    }

    /** "503, with Retry-After […] The server's own trouble is never reported as the client's bad token." */
    @Test
    default void whatCannotBeCheckedIsTheServersOwnTrouble() {
        Trust trust = server().trust();
        Answer token =
                ask(Deployment.OUTAGE, Ask.get("/me").bearer(trust.token().sign()));
        Answer key = ask(Deployment.OUTAGE, Ask.get("/health").bearer(trust.key()));
        assertThat(token.body()).isEqualTo("{\"detail\":\"Signing keys are unavailable.\"}");
        assertThat(key.body()).isEqualTo("{\"detail\":\"API key store is unavailable.\"}");
        for (Answer answer : List.of(token, key)) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
            assertThat(answer.header("WWW-Authenticate")).isNull();
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        }
        // What needs neither keys nor store is told as ever.
        String none = trust.token().header("alg", "none").sign();
        assertThat(ask(Deployment.OUTAGE, Ask.get("/me").bearer(none)).body()).contains("Invalid signing algorithm.");
        assertThat(ask(Deployment.OUTAGE, Ask.get("/me").bearer("grd_x")).body())
                .contains("Malformed API key.");
        assertSeen(ask(Deployment.OUTAGE, Ask.get("/health")), "principal=null");
    }

    @Test
    default void theListenerLearnsTheTrueReason() {
        Trust trust = server().trust();
        server().witness().takeAll();
        ask(
                Deployment.REAL,
                Ask.get("/me").bearer(trust.token().keyId("unknown").sign()));
        ask(Deployment.REAL, Ask.get("/me").bearer(trust.key().replace("live", "test")));

        assertThat(server().witness().takeAll())
                .extracting(AuthEvent::reason)
                .containsExactly(Reason.UNKNOWN_SIGNING_KEY, Reason.API_KEY_OF_OTHER_ENVIRONMENT);
    }
}
