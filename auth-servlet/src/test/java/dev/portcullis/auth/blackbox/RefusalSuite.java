package dev.portcullis.auth.blackbox;

import static dev.portcullis.auth.blackbox.BlackBox.assertRefused;
import static dev.portcullis.auth.blackbox.BlackBox.assertSeen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Reason;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Contract section 2: the exact words of every refusal. */
public interface RefusalSuite extends BlackBox {

    Map<Reason, String> REJECTIONS = Map.ofEntries(
            entry(Reason.EMPTY_BEARER, "Invalid Authorization header: no credentials provided."),
            entry(Reason.BEARER_WITH_SPACES, "Invalid Authorization header: token must not contain spaces."),
            entry(Reason.REPEATED_AUTHORIZATION, "Invalid Authorization header: sent more than once."),
            entry(Reason.MORE_THAN_ONE_CREDENTIAL, "More than one credential was sent."),
            entry(Reason.MALFORMED_TOKEN, "Invalid token."),
            entry(Reason.INVALID_SIGNING_ALGORITHM, "Invalid signing algorithm."),
            entry(Reason.UNSUPPORTED_TOKEN_HEADER, "Invalid token."),
            entry(Reason.UNKNOWN_SIGNING_KEY, "Invalid signature."),
            entry(Reason.INVALID_SIGNATURE, "Invalid signature."),
            entry(Reason.MALFORMED_CLAIMS, "Invalid token."),
            entry(Reason.TOKEN_BOUND_TO_KEY, "Invalid token."),
            entry(Reason.TOKEN_EXPIRED, "Token has expired."),
            entry(Reason.TOKEN_NOT_YET_VALID, "Token is not yet valid."),
            entry(Reason.INVALID_AUDIENCE, "Invalid audience."),
            entry(Reason.INVALID_ISSUER, "Invalid issuer."),
            entry(Reason.INVALID_AUTHORIZED_PARTY, "Invalid authorized party."),
            entry(Reason.MALFORMED_API_KEY, "Malformed API key."),
            entry(Reason.UNKNOWN_API_KEY, "Invalid API key."),
            entry(Reason.API_KEY_OF_OTHER_ENVIRONMENT, "Invalid API key."),
            entry(Reason.API_KEY_REVOKED, "API key has been revoked."),
            entry(Reason.API_KEY_EXPIRED, "API key has expired."),
            entry(Reason.INCOMPLETE_SESSION, "Invalid session."),
            entry(Reason.MALFORMED_SESSION, "Invalid session."),
            entry(Reason.INVALID_SESSION, "Invalid session."),
            entry(Reason.SESSION_OF_OTHER_ACCOUNT, "Invalid session."),
            entry(Reason.SESSION_WITHOUT_KEY, "Invalid session."),
            entry(Reason.SESSION_EXPIRED, "Session has expired."),
            entry(Reason.MISSING_SIGNATURE_HEADERS, "Missing signature headers."),
            entry(Reason.MALFORMED_SIGNATURE_HEADERS, "Malformed signature headers."),
            entry(Reason.UNKNOWN_FINGERPRINT, "Invalid request signature."),
            entry(Reason.INVALID_REQUEST_SIGNATURE, "Invalid request signature."),
            entry(Reason.REQUEST_OUTSIDE_WINDOW, "Request timestamp is outside the allowed window."),
            entry(Reason.REQUEST_REPLAYED, "Request signature was already used."));

    @Test
    default void theTableOfRejectionsIsComplete() {
        assertThat(REJECTIONS.keySet())
                .isEqualTo(Arrays.stream(Reason.values())
                        .filter(reason -> reason.status() == 401 && reason != Reason.NO_CREDENTIALS)
                        .collect(Collectors.toSet()));
    }

    /** "any rejected credential: Bearer error="invalid_token", error_description="<detail without its full stop>"". */
    @TestFactory
    default Stream<DynamicTest> aRejectedCredentialIsToldWhy() {
        return REJECTIONS.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey().name(), () -> {
                    Ask ask = Ask.get("/me").bearer(StubMethod.bad(row.getKey()));
                    assertRefused(ask(ask), 401, row.getValue(), invalidToken(row.getValue()));
                }));
    }

    private static String invalidToken(String detail) {
        return "Bearer error=\"invalid_token\", error_description=\"" + detail.replaceFirst("\\.$", "") + "\"";
    }

    /** "nothing was sent: Bearer, and no error: RFC 6750 section 3.1". */
    @Test
    default void withoutACredentialTheChallengeNamesNoError() {
        for (String route : new String[] {"/me", "/api/v1/leagues/1", "/closed", "/admin", "/"}) {
            assertRefused(ask(Ask.get(route)), 401, "Authentication credentials were not provided.", "Bearer");
        }
    }

    /** "Any other scheme is not applicable." */
    @Test
    default void anotherSchemeIsNoCredential() {
        Ask ask = Ask.get("/me").with("Authorization", "Basic dXNlcjpwYXNz");

        assertRefused(ask(ask), 401, "Authentication credentials were not provided.", "Bearer");
    }

    @Test
    default void theWayInWhichCredentialsWereSentIsJudgedByHeaderLines() {
        String good = StubMethod.good("catalog:read");
        String twice = "Invalid Authorization header: sent more than once.";
        assertRefused(ask(Ask.get("/me").bearer(good).bearer(good)), 401, twice, invalidToken(twice));
        String empty = "Invalid Authorization header: no credentials provided.";
        assertRefused(ask(Ask.get("/me").with("Authorization", "Bearer")), 401, empty, invalidToken(empty));
        assertRefused(ask(Ask.get("/me").with("Authorization", "bEARER  ")), 401, empty, invalidToken(empty));
        String spaces = "Invalid Authorization header: token must not contain spaces.";
        assertRefused(ask(Ask.get("/me").bearer("a b")), 401, spaces, invalidToken(spaces));
        String more = "More than one credential was sent.";
        Ask keys = Ask.get("/me").with("X-API-Key", "a").with("x-api-key", "a");
        assertRefused(ask(keys), 401, more, invalidToken(more));
        assertRefused(ask(Ask.get("/me").bearer(good).with("x-api-key", "a")), 401, more, invalidToken(more));
        assertSeen(ask(Ask.get("/me").bearer(good).with("x-api-key", good)), "principal=user_1");
    }

    /** "A bad credential is rejected on every route, open ones too". */
    @Test
    default void aBadCredentialIsRejectedOnOpenRoutesToo() {
        Ask ask = Ask.get("/health").bearer(StubMethod.bad(Reason.TOKEN_EXPIRED));

        assertRefused(ask(ask), 401, "Token has expired.", invalidToken("Token has expired."));
    }

    /** "a missing permission: Bearer error="insufficient_scope", scope="<the required permissions, space-separated>"". */
    @Test
    default void aMissingPermissionIsNamedInTheChallenge() {
        String detail = "Token is missing one or more required permissions.";
        assertRefused(
                ask(Ask.post("/api/v1/leagues/").bearer(StubMethod.good("catalog:read"))),
                403,
                detail,
                "Bearer error=\"insufficient_scope\", scope=\"catalog:write\"");
        for (String held : new String[] {"catalog:read", "holdings:read", ""}) {
            assertRefused(
                    ask(Ask.get("/reports/7").bearer(StubMethod.good(held))),
                    403,
                    detail,
                    "Bearer error=\"insufficient_scope\", scope=\"catalog:read holdings:read\"");
        }
    }

    /** "on every 401 and on the 403 for missing permissions, on no other 403". */
    @Test
    default void noOther403HasAChallenge() {
        String all = StubMethod.good("catalog:read", "catalog:write", "holdings:read", "holdings:write");
        String closed = "You do not have permission to perform this action.";
        assertRefused(ask(Ask.get("/closed").bearer(all)), 403, closed, null);
        assertRefused(ask(Ask.get("/admin").bearer(all)), 403, closed, null);
        assertRefused(ask(Ask.post("/health").bearer(all)), 403, closed, null);
        String kind = "This endpoint does not accept this kind of credential.";
        assertRefused(ask(Ask.post("/inference/1").bearer(all)), 403, kind, null);
        String key = StubMethod.good(CredentialKind.API_KEY, "user_1");
        assertSeen(ask(Ask.post("/inference/1").with("x-api-key", key)), "authType=API_KEY");
    }

    /** "503, with Retry-After"; RFC 9110 section 10.2.3: whole seconds. */
    @Test
    default void whatCouldNotBeCheckedIsA503ThatSaysWhenToComeBack() {
        assertOutage(Reason.SIGNING_KEYS_UNAVAILABLE, "PT7S", "Signing keys are unavailable.", "7");
        assertOutage(Reason.SIGNING_KEYS_UNAVAILABLE, "PT1.5S", "Signing keys are unavailable.", "2");
        assertOutage(Reason.API_KEY_STORE_UNAVAILABLE, "PT0.001S", "API key store is unavailable.", "1");
        assertOutage(Reason.API_KEY_STORE_UNAVAILABLE, "PT0S", "API key store is unavailable.", "1");
    }

    private void assertOutage(Reason reason, String wait, String detail, String seconds) {
        for (String route : new String[] {"/me", "/health", "/admin"}) {
            Answer answer = ask(Ask.get(route).bearer(StubMethod.down(reason, Duration.parse(wait))));
            assertThat(answer.header("Retry-After")).isEqualTo(seconds);
            assertThat(answer.header("WWW-Authenticate")).isNull();
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{\"detail\":\"" + detail + "\"}");
        }
    }

    /** RFC 9110 section 9.3.2: the header fields of a GET, and no content. */
    @Test
    default void aRefusedHeadHasTheHeadersOfAGetAndNoBody() {
        Answer get = ask(Ask.get("/me"));
        Answer head = ask(Ask.of("HEAD", "/me"));

        assertThat(head.ours()).isEqualTo(new Answer(get.status(), get.headers(), "").ours());
    }

    /** RFC 9457; "with detail the same exact string". */
    @Test
    default void problemDetailsSayTheSame() {
        String type = "application/problem+json";
        assertRefused(
                ask(Deployment.PROBLEM, Ask.get("/me")),
                401,
                type,
                "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                        + "\"detail\":\"Authentication credentials were not provided.\"}",
                "Bearer realm=\"the catalogue\"");
        assertRefused(
                ask(Deployment.PROBLEM, Ask.get("/me").bearer(StubMethod.bad(Reason.INVALID_ISSUER))),
                401,
                type,
                "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"Invalid issuer.\"}",
                invalidToken("Invalid issuer."));
        assertRefused(
                ask(Deployment.PROBLEM, Ask.get("/closed").bearer(StubMethod.good())),
                403,
                type,
                "{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,"
                        + "\"detail\":\"You do not have permission to perform this action.\"}",
                null);
        String down = StubMethod.down(Reason.SIGNING_KEYS_UNAVAILABLE, Duration.ofSeconds(3));
        assertThat(ask(Deployment.PROBLEM, Ask.get("/closed").bearer(down)).body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                        + "\"detail\":\"Signing keys are unavailable.\"}");
    }

    @Test
    default void aMethodThatFailsByItselfLetsNobodyIn() {
        Answer answer = ask(Ask.get("/health").bearer("bug"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("principal=null");
    }

    /** What earlier filters wrote is no part of a refusal; what they set for browsers stays. */
    @Test
    default void aRefusalIsTheSameWhateverEarlierFiltersDid() {
        Answer none = ask(Deployment.MEDDLED, Ask.get("/me"));
        assertRefused(none, 401, "Authentication credentials were not provided.", "Bearer");
        assertThat(none.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        Ask closed = Ask.get("/closed").bearer(StubMethod.good());
        assertRefused(ask(Deployment.MEDDLED, closed), 403, "You do not have permission to perform this action.", null);
    }

    /** Neither a large body that nobody reads nor a missing one changes a refusal. */
    @Test
    default void theBodyOfARefusedRequestIsNotLookedAt() {
        String large = "x".repeat(100_000);
        Ask ask = Ask.of("POST", "/api/v1/leagues/")
                .with("Content-Length", "100000")
                .withBody(large);

        assertRefused(ask(ask), 401, "Authentication credentials were not provided.", "Bearer");
    }
}
