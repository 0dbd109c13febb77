package dev.portcullis.auth.example;

import dev.portcullis.auth.apikey.IssuedAPIKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One message for every trouble with a key, and how its owner finds out which one it is: what clients of the second kind
 * are told, and section 9 of what the first are told.
 */
final class TroubleRows {

    private static final String SELF = "/api/v1/api-keys/self/";
    private static final String ACCOUNT = "user_tour_trouble";
    private static final String OPAQUE =
            "{\"detail\": \"Your API Key is invalid or it does not have a permission for the requested action.\"}";
    private static final String REJECTED = "Bearer error=\"invalid_token\"";
    private static final String REFUSED = "Bearer error=\"insufficient_scope\"";
    private static final String PEPE = "{\"instrument\":\"PEPE_USDT_Perp\"}";

    private final TourServers servers;
    private final TourTable table;

    TroubleRows(TourServers servers, TourTable table) {
        this.servers = servers;
        this.table = table;
    }

    void add() {
        addExpiry();
        addPermissions();
        addStanding();
        addSelf();
        addRules();
        addCodes();
        addOutage();
    }

    private static Ask summary(String key) {
        return Ask.of("POST", SessionRows.SUMMARY).json("{}").bearer(key);
    }

    private static Ask order(String key, String body) {
        return Ask.of("POST", SessionRows.ORDER).json(body).bearer(key);
    }

    private IssuedAPIKey key(String... scopes) {
        return servers.keys.issued(ACCOUNT, List.of(), scopes);
    }

    /** The same request where the body tells nothing, and where it tells why. */
    private void both(Ask ask, Expected told) {
        boolean rejected = told.status() == 401;
        table.row(servers.opaque, ask, Expected.body(told.status(), OPAQUE).challenged(rejected ? REJECTED : REFUSED));
        table.row(servers.main, ask, told);
    }

    private void addExpiry() {
        table.section("Cause 1, an expired key: opaque, then told. Without an allow-list it lapses by itself");
        Expected expired = Expected.rejected("API key has expired.");
        both(summary(servers.keys.expired()).about("expired"), expired);
        both(summary(servers.keys.olderThan(Duration.ofDays(90))).about("no allow-list, 90 days old"), expired);
        both(summary(servers.keys.olderThan(Duration.ofDays(60))).about("no allow-list, 60 days unused"), expired);
        String tied = servers.keys.tiedAndOlderThan(Duration.ofDays(91));
        table.row(servers.main, summary(tied).about("91 days old, with an allow-list"), Expected.status(200));
        String soon = servers.keys.expiringIn(Duration.ofDays(3));
        table.row(
                servers.main,
                summary(soon).about("expires in 3 days"),
                Expected.status(200).with("X-Api-Key-Expires-At", "\\d{4}-.*Z"));
        table.row(
                servers.main,
                Ask.get(SELF).bearer(soon),
                Expected.status(200).withBody("\"status\":\"active\"").withBody("\"expires_reason\":\""));
        both(summary(servers.keys.revoked()).about("revoked"), Expected.rejected("API key has been revoked."));
        both(summary(servers.keys.deleted()).about("deleted"), Expected.rejected("Invalid API key."));
    }

    private void addPermissions() {
        table.section("Cause 2, wrong permissions: from read only to read and write, with the same key");
        IssuedAPIKey readOnly = key("account:read");
        Ask order = order(readOnly.plaintext(), "{}");
        both(order.about("account:read"), Expected.missing("trade:write"));
        table.row(
                servers.main,
                Ask.get(SELF).bearer(readOnly.plaintext()),
                Expected.status(200).withBody("\"permissions\":\\[\"account:read\"\\]"));
        String user = servers.token()
                .subject(ACCOUNT)
                .permissions("account:read", "trade:write")
                .sign();
        table.row(
                servers.main,
                Ask.of("PATCH", "/api/v1/api-keys/" + readOnly.key().id() + "/")
                        .bearer(user)
                        .json("{\"scopes\":[\"account:read\",\"trade:write\"]}"),
                Expected.status(200));
        table.row(servers.main, order.about("changed"), Expected.status(200));
    }

    private void addStanding() {
        table.section("Cause 3, the account: suspended, or to be verified again; and back");
        String key = key("account:read").plaintext();
        LoggedIn session = LoggedIn.by(table.row(servers.main, SessionRows.login(key), Expected.status(200)));
        Ask bySession = session.with(Ask.of("POST", SessionRows.SUMMARY).json("{}"));
        servers.kept.accounts().verify(ACCOUNT, Instant.now().minusSeconds(1));
        Expected unverified = Expected.forbidden("Account verification has expired.");
        both(summary(key).about("verification has expired"), unverified);
        table.row(servers.main, bySession.about("its session"), unverified);
        standing(key, "verification_expired");
        servers.kept.accounts().verify(ACCOUNT, null);
        table.row(servers.main, summary(key).about("verified"), Expected.status(200));
        servers.kept.accounts().suspend(ACCOUNT, true);
        Expected suspended = Expected.forbidden("Account is suspended.");
        both(summary(key).about("suspended"), suspended);
        table.row(servers.main, bySession.about("its session"), suspended);
        table.row(servers.main, SessionRows.login(key), Expected.failedLogin(403, "Account is suspended."));
        standing(key, "suspended");
        servers.kept.accounts().suspend(ACCOUNT, false);
        table.row(servers.main, summary(key).about("lifted"), Expected.status(200));
        table.row(servers.main, bySession.about("its session"), Expected.status(200));
        standing(key, "active");
    }

    private void standing(String key, String label) {
        table.row(
                servers.main,
                Ask.get(SELF).bearer(key),
                Expected.status(200).withBody("\"account_standing\":\"" + label + "\""));
    }

    private void addSelf() {
        table.section("Whatever proves itself is told about itself, and nothing else is");
        IssuedAPIKey key = key("account:read");
        LoggedIn session =
                LoggedIn.by(table.row(servers.main, SessionRows.login(key.plaintext()), Expected.status(200)));
        Ask self = Ask.get(SELF);
        String user = servers.token().subject(ACCOUNT).sign();
        self(self.bearer(user), "jwt");
        self(self.key(key.plaintext()), "api_key");
        self(session.with(self), "session");
        self(self.signed(servers.signer(ACCOUNT)), "signature");
        table.row(servers.main, self, Expected.nothingSent());
        table.row(servers.main, self.key(servers.keys.neverIssued()), Expected.rejected("Invalid API key."));
        table.row(servers.main, self.cookie(session.cookie()), Expected.rejected("Invalid session."));
    }

    private void self(Ask ask, String kind) {
        table.row(
                servers.main,
                ask,
                Expected.status(200)
                        .withBody("\"kind\":\"" + kind + "\"")
                        .withBody("\"subject\":\"" + ACCOUNT + "\"")
                        .withBody("\"server_time\":\""));
    }

    private void addRules() {
        table.section("Cause 4, the exchange's rules: a pair that is closed to keys, a feature for some sub-accounts");
        String key = key("account:read", "trade:write").plaintext();
        both(
                order(key, PEPE).about("PEPE"),
                Expected.forbidden("Trading of PEPE_USDT_Perp is not available to API keys."));
        Ask signed = Ask.of("POST", SessionRows.ORDER).json(PEPE).signed(servers.signer(ACCOUNT, "trade:write"));
        table.row(
                servers.main,
                signed.about("PEPE, signed"),
                Expected.forbidden("Trading of PEPE_USDT_Perp is not available to API keys."));
        String user = servers.token().permissions("trade:write").sign();
        table.row(servers.main, order(user, PEPE).about("a user"), Expected.status(200));
        both(
                order(key, "{\"is_rpi\":true}").about("RPI"),
                Expected.forbidden("RPI orders are not enabled for this sub-account."));
        table.row(
                servers.main,
                order(key, "{\"is_rpi\":true,\"sub_account_id\":\"2147050003876484\"}")
                        .about("RPI, listed"),
                Expected.status(200));
    }

    private void addCodes() {
        table.section("The same decisions as codes: 1000, 1001 and 1008");
        String readOnly = key("account:read").plaintext();
        String elsewhere = servers.keys
                .issued(ACCOUNT, List.of("192.0.2.1"), "account:read")
                .plaintext();
        Expected unknown = Expected.body(
                401,
                "{\"code\": 1000, \"message\": \"You need to authenticate prior to using this functionality\","
                        + " \"status\": 401}");
        Expected forbidden = Expected.body(
                403,
                "{\"code\": 1001, \"message\": \"You are not authorized to access this functionality\","
                        + " \"status\": 403}");
        coded(Ask.of("POST", SessionRows.SUMMARY).json("{}"), unknown.challenged("Bearer"));
        coded(
                summary(servers.keys.revoked()).about("revoked"),
                unknown.challenged(described("API key has been revoked")));
        coded(
                order(readOnly, "{}").about("account:read"),
                forbidden.challenged("Bearer error=\"insufficient_scope\", scope=\"trade:write\""));
        String trader = key("trade:write").plaintext();
        coded(order(trader, "{\"is_rpi\":true}").about("RPI"), forbidden);
        coded(summary(readOnly).host(Guard.AUTHENTICATION_HOST).about("the wrong host"), forbidden);
        coded(
                summary(elsewhere).about("tied to 192.0.2.1"),
                Expected.body(
                                401,
                                "{\"code\": 1008, \"message\": \"Your IP has not been whitelisted for access\","
                                        + " \"status\": 401}")
                        .challenged(described("IP is not whitelisted")));
        TourSocket refused = table.socket(
                servers.coded,
                Ask.get(SessionRows.STREAM).upgrade().bearer(trader).about("trade:write alone"),
                forbidden.challenged("Bearer error=\"insufficient_scope\", scope=\"account:read\""));
        if (refused != null) {
            refused.close();
        }
    }

    private static String described(String sentence) {
        return "Bearer error=\"invalid_token\", error_description=\"" + sentence + "\"";
    }

    private void coded(Ask ask, Expected expected) {
        table.row(servers.coded, ask, expected);
    }

    private void addOutage() {
        table.section("Cause 5, the exchange itself: 503, and never the client's fault");
        String key = key("account:read").plaintext();
        table.row(servers.withoutStore, summary(key), Expected.unavailable("API key store is unavailable."));
    }
}
