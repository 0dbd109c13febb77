package dev.portcullis.auth.blackbox;

import static dev.portcullis.auth.AuthEvent.Type.AUTHENTICATED;
import static dev.portcullis.auth.AuthEvent.Type.DENIED;
import static dev.portcullis.auth.AuthEvent.Type.NO_CREDENTIAL;
import static dev.portcullis.auth.AuthEvent.Type.PERMITTED;
import static dev.portcullis.auth.AuthEvent.Type.REJECTED;
import static dev.portcullis.auth.AuthEvent.Type.UNAVAILABLE;
import static dev.portcullis.auth.blackbox.BlackBox.assertRefused;
import static dev.portcullis.auth.blackbox.BlackBox.assertSeen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Reason;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the application sees of the caller, in whatever way the container brings the request to it. */
public interface DispatchSuite extends BlackBox {

    String READER = StubMethod.good("catalog:read");

    @Test
    default void theRequestAnswersFromTheCaller() {
        assertSeen(
                ask(Ask.get("/me").bearer(READER)),
                "dispatch=REQUEST",
                "principal=user_1",
                "isCaller=true",
                "remoteUser=user_1",
                "authType=JWT",
                "roles=[catalog:read]",
                "nullRole=false");
    }

    @Test
    default void aCallerWithoutASubjectIsStillACaller() {
        Answer answer = ask(Ask.get("/me").bearer(StubMethod.good(CredentialKind.CUSTOM, "")));

        assertSeen(answer, "principal=", "isCaller=true", "remoteUser=null", "authType=CUSTOM", "roles=[]");
    }

    @Test
    default void withoutACallerThereIsNoUser() {
        assertSeen(
                ask(Ask.get("/health")),
                "principal=null",
                "isCaller=true",
                "remoteUser=null",
                "authType=null",
                "roles=[]",
                "nullRole=false");
    }

    /** Neither a user that the container signed in nor a caller that was left on the request counts. */
    @Test
    default void onlyTheAuthenticationSaysWhoIsCalling() {
        assertSeen(
                ask(Deployment.MEDDLED, Ask.get("/health")),
                "principal=null",
                "isCaller=true",
                "remoteUser=null",
                "authType=null",
                "roles=[]");
        assertThat(ask(Deployment.MEDDLED, Ask.get("/api/v1/leagues/")).status())
                .isEqualTo(401);
        assertSeen(ask(Deployment.MEDDLED, Ask.get("/me").bearer(READER)), "principal=user_1", "authType=JWT");
    }

    /** Header fields reach the methods one character for each byte, so that every container shows them the same text. */
    @Test
    default void credentialsAreReadByteForByte() {
        for (String sent : List.of("\u00e9", "\u00c3\u00a9", "\u0080\u00ff", "\u00e2\u0082\u00ac")) {
            StringBuilder hex = new StringBuilder();
            sent.chars().forEach(c -> hex.append(String.format("%02x", c)));
            Answer answer = ask(Ask.get("/me").bearer("bytes~" + sent));

            assertSeen(answer, "principal=" + hex);
        }
    }

    @TestFactory
    default Stream<DynamicTest> aRequestThatIsDispatchedAgainKeepsItsCallerAndIsJudgedOnce() {
        return Stream.of(
                        List.of("/async/dispatch", "dispatch=ASYNC"),
                        List.of("/async/wrapped", "dispatch=ASYNC"),
                        List.of("/async/runOutside", "dispatch=REQUEST"),
                        List.of("/forward/admin", "dispatch=FORWARD"),
                        List.of("/include/admin", "dispatch=INCLUDE"))
                .map(row -> DynamicTest.dynamicTest(row.get(0), () -> {
                    server().witness().takeAll();
                    assertSeen(
                            ask(Ask.get(row.get(0)).bearer(READER)),
                            row.get(1),
                            "principal=user_1",
                            "isCaller=true",
                            "remoteUser=user_1",
                            "authType=JWT",
                            "roles=[catalog:read]");
                    assertThat(server().witness().takeTypes()).containsExactly(AUTHENTICATED, PERMITTED);
                }));
    }

    /** A credential that can be used once would be refused the second time. */
    @Test
    default void aFilterThatStandsInTheChainTwiceJudgesOnce() {
        server().witness().takeAll();
        assertSeen(ask(Deployment.TWICE, Ask.get("/me").bearer(READER)), "principal=user_1", "isCaller=true");
        assertThat(server().witness().takeTypes()).containsExactly(AUTHENTICATED, PERMITTED);
    }

    /** Where the filters are mapped to requests alone, the caller is still on the request. */
    @Test
    default void filtersThatSeeRequestsOnlyDoTheirWork() {
        assertSeen(ask(Deployment.BARE, Ask.get("/async/dispatch").bearer(READER)), "dispatch=ASYNC");
        assertSeen(ask(Deployment.BARE, Ask.get("/me").bearer(READER)), "principal=user_1");
        assertThat(ask(Deployment.BARE, Ask.get("/me")).status()).isEqualTo(401);
        assertThat(ask(Deployment.BARE, Ask.get("/admin").bearer(READER)).status())
                .isEqualTo(403);
    }

    /** "Only step 2 stands inside a try; the rest of the chain never does." */
    @TestFactory
    default Stream<DynamicTest> whatTheApplicationThrowsIsItsOwn() {
        return Stream.of(
                        List.of("/thrown/servlet", "ServletException: the application's own"),
                        List.of("/thrown/runtime", "IllegalStateException: the application's own"),
                        List.of("/thrown/io", "IOException: the application's own"),
                        List.of("/thrown/unavailable", "AuthUnavailableException: Signing keys are unavailable."))
                .map(row -> DynamicTest.dynamicTest(row.get(0), () -> {
                    for (Ask ask :
                            List.of(Ask.get(row.get(0)), Ask.get(row.get(0)).bearer(READER))) {
                        server().witness().takeAll();
                        Answer answer = ask(ask);

                        assertThat(answer.status()).isEqualTo(500);
                        assertThat(answer.header("Retry-After")).isNull();
                        assertThat(answer.header("WWW-Authenticate")).isNull();
                        assertThat(answer.body()).contains("dispatch=ERROR").contains(row.get(1));
                        assertThat(server().witness().takeAll()).hasSize(2);
                    }
                }));
    }

    @Test
    default void anErrorPageSeesTheCaller() {
        Answer answer = ask(Ask.get("/thrown/servlet").bearer(READER));

        assertThat(answer.body().lines())
                .contains("dispatch=ERROR", "principal=user_1", "isCaller=true", "roles=[catalog:read]");
    }

    /** A 401 that the application sends is not ours, and is shown on its own error page. */
    @Test
    default void aRefusalOfTheApplicationsOwnIsItsOwn() {
        Answer answer = ask(Ask.get("/thrown/refused").bearer(READER));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("dispatch=ERROR", "principal=user_1");
    }

    /** No rule opens the error page, and there is one for each status that we answer: ours are not shown on it. */
    @Test
    default void aRefusalIsNotShownOnAnErrorPage() {
        server().witness().takeAll();
        assertRefused(ask(Ask.get("/closed")), 401, "Authentication credentials were not provided.", "Bearer");
        assertThat(server().witness().takeTypes()).containsExactly(NO_CREDENTIAL, DENIED);
        assertThat(ask(Ask.get(Routes.ERROR_PAGE).bearer(READER)).status()).isEqualTo(403);
    }

    /** "An AuthListener told of every outcome with reason, method, subject and time taken, never a secret." */
    @Test
    default void theListenerIsToldOfEveryOutcome() {
        server().witness().takeAll();
        ask(Ask.get("/api/v1/leagues/").bearer(StubMethod.good(CredentialKind.API_KEY, "user_7", "catalog:read")));
        ask(Ask.get("/api/v1/sources/").bearer(StubMethod.good(CredentialKind.JWT, "user_8", "catalog:read")));
        ask(Ask.get("/me").bearer(StubMethod.bad(Reason.INVALID_AUDIENCE)));
        ask(Ask.get("/me").bearer(StubMethod.down(Reason.SIGNING_KEYS_UNAVAILABLE, Duration.ofSeconds(1))));

        List<AuthEvent> events = server().witness().takeAll();

        assertThat(events)
                .extracting(AuthEvent::type)
                .containsExactly(AUTHENTICATED, PERMITTED, AUTHENTICATED, DENIED, REJECTED, UNAVAILABLE);
        assertThat(events)
                .extracting(AuthEvent::subject)
                .containsExactly("user_7", "user_7", "user_8", "user_8", null, null);
        assertThat(events)
                .extracting(AuthEvent::kind)
                .startsWith(CredentialKind.API_KEY, CredentialKind.API_KEY, CredentialKind.JWT, CredentialKind.JWT);
        assertThat(events)
                .extracting(AuthEvent::reason)
                .containsExactly(
                        null,
                        null,
                        null,
                        Reason.MISSING_PERMISSION,
                        Reason.INVALID_AUDIENCE,
                        Reason.SIGNING_KEYS_UNAVAILABLE);
        assertThat(events).allSatisfy(event -> assertThat(event.elapsed()).isPositive());
    }
}
