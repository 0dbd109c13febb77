package dev.portcullis.auth.blackbox;

import static dev.portcullis.auth.blackbox.BlackBox.assertRefused;
import static dev.portcullis.auth.blackbox.BlackBox.assertSeen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.session.OpenedSession;
import dev.portcullis.auth.session.SessionTransport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract sections 2, 5, 6, 7 and 9, over the wire. */
interface TradingSuite extends BlackBox {

    String JSON = "application/json";
    String NOT_AUTHENTICATED =
            "{\"code\": 1000, \"message\": \"You need to authenticate prior to using this functionality\","
                    + " \"status\": 401}";
    String NOT_AUTHORIZED =
            "{\"code\": 1001, \"message\": \"You are not authorized to access this functionality\", \"status\": 403}";
    String NOT_WHITELISTED =
            "{\"code\": 1008, \"message\": \"Your IP has not been whitelisted for access\", \"status\": 401}";
    String OPAQUE =
            "{\"detail\": \"Your API Key is invalid or it does not have a permission for the requested action.\"}";

    TradingApp app();

    private Answer send(Ask ask) {
        return ask(app(), ask);
    }

    private static String rejected(String detail) {
        return "Bearer error=\"invalid_token\", error_description=\"" + detail.substring(0, detail.length() - 1) + "\"";
    }

    private void invalidSession(Ask ask) {
        assertRefused(send(ask), 401, "Invalid session.", rejected("Invalid session."));
    }

    // Sessions

    @Test
    default void aSessionNeedsBothItsHalves() {
        OpenedSession opened = app().user("user_1", "account:read");
        assertSeen(send(TradingApp.as(opened, Ask.get("/me"))), "principal=user_1");
        String cookie = "gravity=" + opened.cookieValue().reveal();
        invalidSession(Ask.get("/me").with("Cookie", cookie));
        invalidSession(Ask.get("/health").with("Cookie", cookie));
        invalidSession(Ask.get("/me").with("X-Grvt-Account-Id", "user_1"));
        invalidSession(Ask.get("/me").with("Cookie", cookie).with("X-Grvt-Account-Id", "user_2"));
        invalidSession(Ask.get("/me")
                .with("Cookie", SessionTransport.usual().cookieFor(opened))
                .with("X-Grvt-Account-Id", "user_1"));
    }

    /** A form of another site sends the cookie, and nothing else of ours. */
    @Test
    default void aCrossSiteFormWithTheCookieAloneDoesNothing() {
        OpenedSession opened = app().user("user_1", "trade:write");
        Ask form = Ask.of("POST", "/full/v1/create_order")
                .with("Cookie", "gravity=" + opened.cookieValue().reveal())
                .with("Origin", "https://evil.example")
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with("Content-Length", "5")
                .withBody("a=b&c");
        assertRefused(send(form), 401, JSON, NOT_AUTHENTICATED, rejected("Invalid session."));
    }

    @Test
    default void aSessionDiesWithItsKey() {
        IssuedAPIKey key = app().key("user_1");
        OpenedSession opened = app().login(key);
        assertSeen(send(TradingApp.as(opened, Ask.get("/me"))), "principal=user_1");
        app().revoke(key);
        invalidSession(TradingApp.as(opened, Ask.get("/me")));
    }

    @Test
    default void aBearerTokenBeatsTheCookie() {
        OpenedSession opened = app().user("user_1");
        Ask both = TradingApp.as(opened, Ask.get("/me"));
        assertSeen(send(both.bearer(app().key("user_2").plaintext())), "principal=user_2");
        assertRefused(send(both.bearer("grd_live_x")), 401, "Malformed API key.", rejected("Malformed API key."));
    }

    // Addresses

    @Test
    default void aKeyTiedToAddressesWorksFromThereAlone() {
        IssuedAPIKey here = app().key("user_1", "127.0.0.0/8");
        IssuedAPIKey there = app().key("user_1", "192.0.2.1");
        assertSeen(send(Ask.get("/me").bearer(here.plaintext())), "principal=user_1");
        assertRefused(send(Ask.get("/me").bearer(there.plaintext())), 403, "IP is not whitelisted.", null);
        assertRefused(send(Ask.get("/health").bearer(there.plaintext())), 403, "IP is not whitelisted.", null);
        Ask forwarded = Ask.get("/me").with("X-Forwarded-For", "192.0.2.1");
        assertSeen(send(forwarded.bearer(there.plaintext())), "principal=user_1");
        assertRefused(send(forwarded.bearer(here.plaintext())), 403, "IP is not whitelisted.", null);
        assertRefused(
                send(forwarded.with("X-Forwarded-For", "192.0.2.9").bearer(there.plaintext())),
                403,
                "IP is not whitelisted.",
                null);
        assertSeen(
                send(Ask.get("/me")
                        .with("Forwarded", "for=192.0.2.1;proto=https")
                        .bearer(there.plaintext())),
                "principal=user_1");
    }

    @Test
    default void aSessionIsTiedToItsKeysAddresses() {
        OpenedSession opened = app().login(app().key("user_1", "192.0.2.1"));
        Ask ask = TradingApp.as(opened, Ask.get("/me"));
        assertRefused(send(ask), 403, "IP is not whitelisted.", null);
        assertSeen(send(ask.with("X-Forwarded-For", "192.0.2.1")), "principal=user_1");
    }

    // Countries

    @Test
    default void nobodyIsLetInFromADeniedCountry() {
        String key = app().key("user_1").plaintext();
        String detail = "Access from this location is not allowed.";
        assertRefused(send(Ask.get("/me").bearer(key).with("X-Country", "US")), 403, detail, null);
        assertRefused(send(Ask.get("/health").with("X-Country", "gb")), 403, detail, null);
        assertSeen(send(Ask.get("/me").bearer(key).with("X-Country", "CH")), "principal=user_1");
        assertSeen(send(Ask.get("/health")), "principal=null");
        Ask bad = Ask.get("/me").bearer("grd_live_x").with("X-Country", "US");
        assertRefused(send(bad), 401, "Malformed API key.", rejected("Malformed API key."));
    }

    @Test
    default void theListenerIsToldWhoWasNotLetIn() {
        server().witness().takeAll();
        send(Ask.get("/me").bearer(app().key("user_1", "192.0.2.1").plaintext()));
        assertThat(server().witness().takeAll())
                .extracting(AuthEvent::type, AuthEvent::reason, AuthEvent::subject)
                .containsExactly(tuple(AuthEvent.Type.DENIED, Reason.ADDRESS_NOT_ALLOWED, "user_1"));
    }

    // Accounts

    @Test
    default void whateverActsForASuspendedAccountStopsAndComesBack() {
        String key = app().key("user_9").plaintext();
        OpenedSession opened = app().user("user_9");
        app().accounts.suspend("user_9", true);
        List<Ask> both = List.of(Ask.get("/me").bearer(key), TradingApp.as(opened, Ask.get("/me")));
        both.forEach(ask -> assertRefused(send(ask), 403, "Account is suspended.", null));
        app().accounts.suspend("user_9", false);
        both.forEach(ask -> assertSeen(send(ask), "principal=user_9"));
        app().accounts.verify("user_9", Instant.EPOCH);
        both.forEach(ask -> assertRefused(send(ask), 403, "Account verification has expired.", null));
        app().accounts.verify("user_9", null);
    }

    // Hosts

    @Test
    default void theRightPathOnTheWrongHostIsRefused() {
        OpenedSession trader = app().user("user_1", "trade:write");
        Ask order = TradingApp.as(trader, Ask.post("/full/v1/create_order"));
        assertSeen(send(order.with("Host", "trades.localhost:8080")), "principal=user_1");
        assertSeen(send(order), "principal=user_1");
        assertRefused(send(order.with("Host", "market-data.localhost")), 403, JSON, NOT_AUTHORIZED, null);
        Ask instrument = Ask.post("/full/v1/instrument");
        assertSeen(send(instrument.with("Host", "market-data.localhost")), "principal=null");
        assertRefused(send(instrument.with("Host", "TRADES.localhost.")), 403, JSON, NOT_AUTHORIZED, null);
    }

    // The application's own rules, in each format

    @Test
    default void aResourceRuleAnswersInItsOwnWords() {
        String key = app().key("user_1").plaintext();
        OpenedSession opened = app().user("user_1");
        for (String path : List.of("/pairs/PEPE", "/pairs/PEPE/", "/pairs/%50EPE", "/p%61irs/PEP%45/")) {
            assertRefused(send(Ask.get(path).bearer(key)), 403, TradingApp.PAIR_CLOSED, null);
        }
        assertSeen(send(Ask.get("/pairs/BTC").bearer(key)), "principal=user_1");
        assertSeen(send(TradingApp.as(opened, Ask.get("/pairs/PEPE"))), "principal=user_1");
        assertRefused(
                send(Ask.get("/problem/PEPE").bearer(key)),
                403,
                "application/problem+json",
                "{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,\"detail\":\""
                        + TradingApp.PAIR_CLOSED + "\"}",
                null);
        assertRefused(send(Ask.get("/full/v1/pairs/PEPE").bearer(key)), 403, JSON, NOT_AUTHORIZED, null);
    }

    // Bodies: "coded" and "opaque"

    @Test
    default void theCodedBodyHasThreeKeysAndNoMore() {
        assertRefused(send(Ask.get("/full/v1/pairs/BTC")), 401, JSON, NOT_AUTHENTICATED, "Bearer realm=\"trading\"");
        assertRefused(
                send(Ask.get("/full/v1/pairs/BTC").bearer("grd_x")),
                401,
                JSON,
                NOT_AUTHENTICATED,
                rejected("Malformed API key."));
        assertRefused(
                send(Ask.post("/full/v1/create_order")
                        .bearer(app().key("user_1").plaintext())),
                403,
                JSON,
                NOT_AUTHORIZED,
                "Bearer error=\"insufficient_scope\", scope=\"trade:write\"");
        assertRefused(
                send(Ask.get("/full/v1/pairs/BTC")
                        .bearer(app().key("a", "192.0.2.1").plaintext())),
                401,
                JSON,
                NOT_WHITELISTED,
                rejected("IP is not whitelisted."));
        assertRefused(send(Ask.get("/full/v1/pairs/BTC").with("X-Country", "CN")), 403, JSON, NOT_AUTHORIZED, null);
        Answer down = send(Ask.get("/full/v1/pairs/BTC").bearer(TradingApp.down()));
        assertThat(down.status()).isEqualTo(503);
        assertThat(down.header("Retry-After")).isEqualTo("3");
        assertThat(down.body())
                .isEqualTo("{\"code\": 1009, \"message\": \"We are temporarily deactivating this API endpoint,"
                        + " please try again later\", \"status\": 503}");
    }

    /** "only the status … still separates 401 from 403" */
    @Test
    default void theOpaqueBodyTellsNothingButTheStatus() {
        String rejected = "Bearer error=\"invalid_token\"";
        String refused = "Bearer error=\"insufficient_scope\"";
        String key = app().key("user_1").plaintext();
        String elsewhere = app().key("user_1", "192.0.2.1").plaintext();
        assertRefused(send(Ask.get("/opaque/x")), 401, JSON, OPAQUE, "Bearer realm=\"trading\"");
        assertRefused(send(Ask.get("/opaque/x").bearer("grd_x")), 401, JSON, OPAQUE, rejected);
        assertRefused(send(Ask.get("/opaque/x").with("X-Grvt-Account-Id", "a")), 401, JSON, OPAQUE, rejected);
        for (Ask ask : List.of(
                Ask.get("/opaque/trade").bearer(key),
                Ask.get("/opaque/me").bearer(key),
                Ask.get("/opaque/PEPE").bearer(key),
                Ask.get("/opaque/x/y").bearer(key),
                Ask.get("/opaque/x").bearer(elsewhere),
                Ask.get("/opaque/x").bearer(key).with("X-Country", "US"))) {
            assertRefused(send(ask), 403, JSON, OPAQUE, refused);
        }
        Answer down = send(Ask.get("/opaque/x").bearer(TradingApp.down()));
        assertThat(down.status()).isEqualTo(503);
        assertThat(down.body()).isEqualTo("{\"detail\":\"API key store is unavailable.\"}");
        assertThat(down.header("WWW-Authenticate")).isNull();
    }
}
