package dev.portcullis.auth.blackbox;

import static dev.portcullis.auth.blackbox.BlackBox.assertRefused;
import static dev.portcullis.auth.blackbox.BlackBox.assertSeen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.session.OpenedSession;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

/** Contract section 6: opening sessions for users, ending and listing one's own, and sockets. */
interface OwnSessionSuite extends BlackBox {

    String OTHER_KIND = "This endpoint does not accept this kind of credential.";

    TradingApp app();

    private Answer send(Ask ask) {
        return ask(app(), ask);
    }

    private void assertInvalid(Ask ask) {
        assertRefused(
                send(ask),
                401,
                "Invalid session.",
                "Bearer error=\"invalid_token\", error_description=\"Invalid session\"");
    }

    // Users

    @Test
    default void aSignedInUserOpensASession() {
        String user = StubMethod.good(CredentialKind.JWT, "user_1", "trade:write");
        Answer answer = send(Ask.post("/auth/web/login").bearer(user));
        Matcher cookie = LoginSuite.cookieIn(answer);
        assertThat(answer.header("X-Grvt-Account-Id")).isEqualTo("user_1");
        assertThat(answer.body()).matches(LoginSuite.SUCCESS);
        Ask ask = Ask.get("/me").with("Cookie", "gravity=" + cookie.group(1)).with("X-Grvt-Account-Id", "user_1");
        assertSeen(send(ask), "principal=user_1");
    }

    @Test
    default void nobodyElseDoes() {
        IssuedAPIKey key = app().key("user_1");
        assertRefused(send(Ask.post("/auth/web/login").bearer(key.plaintext())), 403, OTHER_KIND, null);
        Ask session = TradingApp.as(app().user("user_1"), Ask.post("/auth/web/login"));
        assertRefused(send(session), 403, OTHER_KIND, null);
        Ask nameless = Ask.post("/auth/web/login").bearer(StubMethod.good(CredentialKind.JWT, ""));
        assertRefused(send(nameless), 403, OTHER_KIND, null);
        assertThat(send(Ask.post("/auth/web/login")).status()).isEqualTo(401);
    }

    // Logout

    @Test
    default void aLogoutEndsTheSession() {
        OpenedSession opened = app().user("user_1");
        OpenedSession other = app().user("user_1");
        Answer answer = send(TradingApp.as(opened, Ask.post("/auth/logout")));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Set-Cookie"))
                .isEqualTo("gravity=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax");
        assertInvalid(TradingApp.as(opened, Ask.get("/me")));
        assertInvalid(TradingApp.as(opened, Ask.post("/auth/logout")));
        assertSeen(send(TradingApp.as(other, Ask.get("/me"))), "principal=user_1");
    }

    @Test
    default void onlyASessionLogsOut() {
        Ask key = Ask.post("/auth/logout").bearer(app().key("user_1").plaintext());
        assertRefused(send(key), 403, OTHER_KIND, null);
        String cookie = "gravity=" + app().user("user_1").cookieValue().reveal();
        assertInvalid(Ask.post("/auth/logout").with("Cookie", cookie));
    }

    // Lists

    @Test
    default void aUserSeesAndEndsAllSessionsOfTheAccount() {
        OpenedSession web = app().user("user_3");
        OpenedSession byKey = app().login(app().key("user_3"));
        Ask list = TradingApp.as(web, Ask.get("/auth/sessions/"));
        Answer answer = send(list);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .matches("\\[(\\{\"id\":\"[0-9a-f-]{36}\",\"login_type\":\"(web|api_key)\",\"created_at\":\"[^\"]*Z\","
                        + "\"expires_at\":\"[^\"]*Z\",\"is_current\":(true|false)},?){2}]")
                .contains("\"id\":\"" + web.session().id() + "\",\"login_type\":\"web\"")
                .contains("\"id\":\"" + byKey.session().id() + "\",\"login_type\":\"api_key\"")
                .containsOnlyOnce("\"is_current\":true");
        String target = "/auth/sessions/" + byKey.session().id() + "/";
        assertThat(send(TradingApp.as(web, Ask.of("DELETE", target))).status()).isEqualTo(204);
        assertInvalid(TradingApp.as(byKey, Ask.get("/me")));
        assertThat(send(list).body()).doesNotContain(byKey.session().id().toString());
    }

    /** A key is less than its owner: it has no say over the sessions of others. */
    @Test
    default void aKeySeesAndEndsItsOwnAlone() {
        IssuedAPIKey key = app().key("user_4");
        OpenedSession own = app().login(key);
        OpenedSession web = app().user("user_4");
        OpenedSession otherKeys = app().login(app().key("user_4"));
        for (Ask ask : List.of(
                TradingApp.as(own, Ask.get("/auth/sessions")),
                Ask.get("/auth/sessions/").bearer(key.plaintext()))) {
            assertThat(send(ask).body())
                    .contains(own.session().id().toString())
                    .doesNotContain(
                            web.session().id().toString(),
                            otherKeys.session().id().toString());
        }
        for (OpenedSession other : List.of(web, otherKeys)) {
            Ask end = Ask.of("DELETE", "/auth/sessions/" + other.session().id());
            assertRefused(send(TradingApp.as(own, end)), 404, "Not found.", null);
            assertSeen(send(TradingApp.as(other, Ask.get("/me"))), "principal=user_4");
        }
        Ask end = Ask.of("DELETE", "/auth/sessions/" + own.session().id());
        assertThat(send(end.bearer(key.plaintext())).status()).isEqualTo(204);
        assertInvalid(TradingApp.as(own, Ask.get("/me")));
    }

    @Test
    default void anothersSessionAndAMissingOneLookTheSame() {
        OpenedSession mine = app().user("user_5");
        OpenedSession theirs = app().user("user_6");
        String id = theirs.session().id().toString();
        for (String name : List.of(id, UUID.randomUUID().toString(), "x", "1-1-1-1-1", id + "/x", "%00")) {
            Answer answer = send(TradingApp.as(mine, Ask.of("DELETE", "/auth/sessions/" + name)));
            assertThat(answer.status()).as(name).isBetween(400, 404);
        }
        assertSeen(send(TradingApp.as(theirs, Ask.get("/me"))), "principal=user_6");
        Answer method = send(TradingApp.as(mine, Ask.get("/auth/sessions/" + id)));
        assertRefused(method, 405, "Method not allowed.", null);
        assertThat(method.header("Allow")).isEqualTo("DELETE");
    }

    // Sockets

    /** "A missing permission on a WebSocket upgrade is 403/1001, not 401/1000". */
    @Test
    default void anUpgradeIsRefusedInTheContractsWords() {
        Ask upgrade = Ask.get("/full/v1/ws")
                .with("Upgrade", "websocket")
                .with("Connection", "Upgrade")
                .with("Sec-WebSocket-Version", "13")
                .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        Answer nobody = send(upgrade);
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.body()).isEqualTo(TradingSuite.NOT_AUTHENTICATED);
        OpenedSession reader = app().user("user_1", "account:read");
        Answer cookieAlone =
                send(upgrade.with("Cookie", "gravity=" + reader.cookieValue().reveal()));
        assertThat(cookieAlone.status()).isEqualTo(401);
        assertThat(cookieAlone.body()).isEqualTo(TradingSuite.NOT_AUTHENTICATED);
        Answer refused = send(TradingApp.as(reader, upgrade));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo(TradingSuite.NOT_AUTHORIZED);
    }
}
