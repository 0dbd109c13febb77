package dev.portcullis.auth.blackbox;

import static dev.portcullis.auth.blackbox.BlackBox.assertRefused;
import static dev.portcullis.auth.blackbox.BlackBox.assertSeen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.CredentialKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Contract section 5: who gets where, however the path is spelled. */
public interface RouteSuite extends BlackBox {

    String ALL = StubMethod.good("catalog:read", "catalog:write", "holdings:read", "holdings:write");

    /** Paths that could be read in two ways: refused by us or by the container, whoever asks. */
    List<String> ODD = List.of(
            "/health/../api/v1/leagues/1",
            "/health/..;/api/v1/leagues/1",
            "/health;/../api/v1/leagues/1",
            "/health/%2e%2e/api/v1/leagues/1",
            "/health/%2E%2E/api/v1/leagues/1",
            "/health/.%2e/api/v1/leagues/1",
            "/health/..%2fapi/v1/leagues/1",
            "/health%2f..%2fapi/v1/leagues/1",
            "/health/..%5capi/v1/leagues/1",
            "/health/..\\api\\v1\\leagues\\1",
            "/health\\..\\api\\v1\\leagues\\1",
            "/a/../health",
            "/./health",
            "/health/.",
            "/health/..",
            "//health",
            "//api/v1/leagues/1",
            "///api/v1/leagues/1",
            "/api//v1/leagues/1",
            "/api/v1//leagues/1",
            "/api/v1/leagues//",
            "/api/v1/leagues/1;x=y",
            "/api/v1/leagues;x=y/1",
            "/api/v1;/leagues/1",
            "/;/api/v1/leagues/1",
            "/;x=y/health",
            "/health;",
            "/health;jsessionid=1",
            "/health%3bx=y",
            "/health%3Bx=y",
            "/api%2fv1%2fleagues%2f1",
            "/api/v1/leagues%2f1",
            "/api/v1/leagues%2F1",
            "/api/v1/leagues%5c1",
            "/%2fapi/v1/leagues/1",
            "/health%00",
            "/api/v1/leagues/%00",
            "/api/v1/leagues/1%00.css",
            "/health\0",
            "/health%",
            "/health%zz",
            "/health%2",
            "/health%252e",
            "/health/%252e%252e/api/v1/leagues/1",
            "/api/v1/leagues/%25%32%66",
            "/health%0a",
            "/health%0d%0aX:%20y",
            "/health%c0%af",
            "/api/%c0%ae%c0%ae/health",
            "/health%ff",
            "/Health",
            "/HEALTH",
            "/API/v1/leagues/1",
            "/api/V1/leagues/1",
            "/\u00e9",
            "/health\u00a0",
            "health",
            "*");

    @TestFactory
    default Stream<DynamicTest> anAmbiguousPathIsOpenToNobody() {
        return ODD.stream()
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    for (Ask ask :
                            List.of(Ask.get(path), Ask.of("HEAD", path), Ask.post(path), Ask.of("DELETE", path))) {
                        assertThat(ask(ask).status()).as("nobody: %s", ask).isBetween(400, 499);
                        assertThat(ask(ask.bearer(ALL)).status())
                                .as("with all permissions: %s", ask)
                                .isBetween(400, 499);
                    }
                }));
    }

    /** RFC 9110 section 9.3.7: that asks about the server as a whole. A container that answers by itself tells nothing. */
    @Test
    default void optionsForTheWholeServerDoNotReachTheApplication() {
        assertThat(ask(Ask.of("OPTIONS", "*")).body()).doesNotContain("dispatch=");
        assertThat(ask(Ask.of("OPTIONS", "*").bearer(ALL)).body()).doesNotContain("dispatch=");
    }

    /** An escape of what need not be escaped says the same (RFC 3986 section 2.3), to the rules and to the application. */
    @Test
    default void anotherSpellingOfALetterIsTheSameRoute() {
        for (String path : List.of("/%61pi/v1/leagues/1", "/api/v1/le%61gues/1", "/api/v1/leagues/%7e1")) {
            assertThat(ask(Ask.get(path)).status()).isEqualTo(401);
            assertThat(ask(Ask.get(path).bearer(StubMethod.good("holdings:read")))
                            .status())
                    .isEqualTo(403);
            assertSeen(ask(Ask.get(path).bearer(StubMethod.good("catalog:read"))), "principal=user_1");
        }
        assertSeen(ask(Ask.get("/he%61lth")), "principal=null");
    }

    @Test
    default void theQueryStringSaysNothingToTheRules() {
        assertSeen(ask(Ask.get("/health?x=/../admin;y=%2f")), "principal=null");
        assertThat(ask(Ask.get("/me?/health")).status()).isEqualTo(401);
        assertThat(ask(Ask.get("/admin?/../health").bearer(ALL)).status()).isEqualTo(403);
    }

    /** RFC 9112 section 3.2.2: a server must accept the absolute form. The path decides, never the name in it. */
    @Test
    default void theAbsoluteFormIsJudgedByItsPath() {
        assertSeen(ask(Ask.get("http://localhost/health")), "principal=null");
        assertThat(ask(Ask.get("http://localhost/me")).status()).isEqualTo(401);
        assertSeen(ask(Ask.get("http://localhost/me").bearer(ALL)), "principal=user_1");
        for (String target : List.of(
                "http://localhost//me",
                "http://localhost/a/../me",
                "http://localhost/admin?/health",
                "http://health",
                "http://localhost",
                "http:///health/../me",
                "ftp://localhost/admin")) {
            assertThat(ask(Ask.get(target).bearer(ALL)).status()).as(target).isBetween(400, 499);
        }
    }

    /** "GET: catalog:read; POST, PUT, PATCH, DELETE: catalog:write; write does not imply read." */
    @Test
    default void methodsAreJudgedOneByOne() {
        String reader = StubMethod.good("catalog:read");
        String writer = StubMethod.good("catalog:write");
        for (String path : List.of("/api/v1/leagues", "/api/v1/leagues/", "/api/v1/leagues/1", "/api/v1/leagues/1/x")) {
            assertThat(ask(Ask.get(path).bearer(reader)).status()).isEqualTo(200);
            assertThat(ask(Ask.of("HEAD", path).bearer(reader)).status()).isEqualTo(200);
            assertThat(ask(Ask.get(path).bearer(writer)).status()).isEqualTo(403);
            assertThat(ask(Ask.of("HEAD", path).bearer(writer)).status()).isEqualTo(403);
            for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
                Ask ask = Ask.of(method, path).with("Content-Length", "0");
                assertThat(ask(ask.bearer(writer)).status()).as("%s", ask).isEqualTo(200);
                assertThat(ask(ask.bearer(reader)).status()).as("%s", ask).isEqualTo(403);
            }
            for (String method : List.of("OPTIONS", "PROPFIND", "get", "Get", "TRACE", "PURGE")) {
                assertThat(ask(Ask.of(method, path).bearer(ALL)).status())
                        .as(method)
                        .isBetween(400, 501)
                        .isNotEqualTo(500);
            }
        }
    }

    /** "A permission is compared as an exact string: catalog:read is not catalog.read, Catalog:Read or catalog:*." */
    @Test
    default void permissionsAreComparedExactly() {
        for (String near : List.of("catalog.read", "Catalog:Read", "catalog:*", "catalog", "*", "catalog:read2", "")) {
            assertThat(ask(Ask.get("/api/v1/leagues/").bearer(StubMethod.good(near)))
                            .status())
                    .as(near)
                    .isEqualTo(403);
        }
    }

    /** The method of a request cannot be changed by a header or a parameter. */
    @Test
    default void anOverriddenMethodIsNoOther() {
        Ask ask = Ask.post("/api/v1/leagues/?_method=GET").with("X-HTTP-Method-Override", "GET");

        assertThat(ask(ask.bearer(StubMethod.good("catalog:read"))).status()).isEqualTo(403);
    }

    /** Headers by which proxies rename a request mean nothing. */
    @Test
    default void aPathInAHeaderIsNoPath() {
        Ask ask = Ask.get("/admin")
                .with("X-Original-URL", "/health")
                .with("X-Rewrite-URL", "/health")
                .with("X-Forwarded-Prefix", "/health");

        assertThat(ask(ask).status()).isEqualTo(401);
    }

    @Test
    default void theContextPathIsNoPartOfTheRoute() {
        assertSeen(ask(Deployment.PROBLEM, Ask.get("/health")), "principal=null");
        assertThat(ask(Deployment.PROBLEM, Ask.get("/problem/health")).status()).isEqualTo(401);
        assertThat(ask(Deployment.PROBLEM, Ask.get("/").bearer(ALL)).status()).isEqualTo(403);
        String bare = "GET /problem HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        assertThat(server().wire(Deployment.DEFAULT).sendBytes(Bytes.of(bare)).status())
                .isBetween(300, 499);
    }

    /** A context path that is spelled in another way than the container's own lets nobody in. */
    @TestFactory
    default Stream<DynamicTest> anOddlySpelledContextPathIsOpenToNobody() {
        return Stream.of(
                        "/%70roblem/health",
                        "/problem;x=y/health",
                        "/problem;/health",
                        "/;x/problem/health",
                        "//problem/health",
                        "/./problem/health",
                        "/x/../problem/health",
                        "/x/%2e%2e/problem/health",
                        "/problem/../problem/health",
                        "/problem//health",
                        "/problem%2fhealth",
                        "/Problem/health")
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    assertThat(ask(Ask.get(path)).status()).isBetween(400, 499);
                    assertThat(ask(Ask.get(path).bearer(ALL)).status()).isBetween(400, 499);
                }));
    }

    /** "It can also name the kinds of credential that it accepts." */
    @Test
    default void aRouteTakesTheKindsOfCredentialThatItNames() {
        String key = StubMethod.good(CredentialKind.API_KEY, "user_1");
        String custom = StubMethod.good(CredentialKind.CUSTOM, "user_1");

        assertSeen(ask(Ask.post("/inference/a").bearer(key)), "authType=API_KEY");
        assertRefused(
                ask(Ask.post("/inference/a").bearer(custom)),
                403,
                "This endpoint does not accept this kind of credential.",
                null);
    }
}
