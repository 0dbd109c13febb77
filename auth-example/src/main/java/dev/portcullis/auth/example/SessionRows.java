package dev.portcullis.auth.example;

import dev.portcullis.auth.apikey.IssuedAPIKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Logging in with a key, and what becomes of the session: sections 1, 2, 3, 8 and 9 of what clients are told. */
final class SessionRows {

    static final String SUMMARY = "/full/v1/account_summary";
    static final String ORDER = "/full/v1/create_order";
    static final String STREAM = "/ws/full";
    private static final String LOGIN = "/auth/api_key/login";
    private static final String SESSIONS = "/auth/sessions/";
    private static final String INVALID = "Invalid session.";
    private static final int ENDED = 4401;

    private final TourServers servers;
    private final TourTable table;
    private final IssuedAPIKey key;
    private final LoggedIn session;

    SessionRows(TourServers servers, TourTable table) {
        this.servers = servers;
        this.table = table;
        this.key = servers.keys.issued("user_tour_trader", List.of(), "account:read", "trade:write");
        table.section("Log in with a key at edge.localhost, then send cookie and account to trades.localhost");
        Ask login = login(key.plaintext()).host(Guard.AUTHENTICATION_HOST);
        this.session =
                LoggedIn.by(row(login, opened(Duration.ofDays(1)).with("X-Grvt-Account-Id", "user_tour_trader")));
    }

    static Ask login(String key) {
        return Ask.of("POST", LOGIN).json("{\"api_key\": \"" + key + "\"}");
    }

    /** Exactly one cookie, with {@code Expires} in IMF-fixdate; the account in its header and not in the body. */
    private static Expected opened(Duration lifetime) {
        Instant end = Instant.now().plus(lifetime);
        String days = day(end.minusSeconds(60)) + "|" + day(end.plusSeconds(60));
        return Expected.status(200)
                .with(
                        "Set-Cookie",
                        "gravity=[A-Za-z0-9_-]{43}; Path=/; Expires=(" + days
                                + ") \\d\\d:\\d\\d:\\d\\d GMT; HttpOnly; Secure; SameSite=Lax")
                .with("Cache-Control", "no-store")
                .withBody("\"status\": \"success\"")
                .withBody("\"expires_at\": \"")
                .withBodyWithout("user_tour");
    }

    private static String day(Instant time) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC)
                .format(time);
    }

    void add() {
        addUse();
        addHalves();
        addSockets();
        addLogins();
        addUsers();
        addEnds();
    }

    private static Ask summary() {
        return Ask.of("POST", SUMMARY).host(Guard.TRADING_HOST).json("{}");
    }

    private void addUse() {
        row(session.with(summary()), Expected.status(200).withBody("\"main_account_id\":\"user_tour_trader\""));
        Ask order = Ask.of("POST", ORDER).host(Guard.TRADING_HOST).json("{\"instrument\":\"BTC_USDT_Perp\"}");
        row(session.with(order), Expected.status(200).withBody("\"order_id\":"));
        row(
                Ask.of("POST", "/full/v1/instrument")
                        .host(Guard.MARKET_HOST)
                        .json("{\"instrument\":\"BTC_USDT_Perp\"}"),
                Expected.status(200).withBody("\"instrument\":\"BTC_USDT_Perp\""));
    }

    private void addHalves() {
        table.section("401: half a session, or not just the pair of the cookie");
        Ask ask = summary();
        row(ask, Expected.nothingSent());
        row(ask.cookie(session.cookie()).about("without the account"), rejected(INVALID));
        row(ask.shownLine("X-Grvt-Account-Id: " + session.account()).about("without the cookie"), rejected(INVALID));
        row(
                ask.cookie(session.wholeField())
                        .shownLine("X-Grvt-Account-Id: " + session.account())
                        .about("all of Set-Cookie"),
                rejected(INVALID));
        row(
                ask.cookie(session.cookie())
                        .shownLine("X-Grvt-Account-Id: user_tour_other")
                        .about("another account"),
                rejected(INVALID));
        row(
                ask.cookie("gravity=" + "A".repeat(43))
                        .shownLine("X-Grvt-Account-Id: " + session.account())
                        .about("made up"),
                rejected(INVALID));
        row(
                Ask.of("POST", ORDER)
                        .cookie(session.cookie())
                        .text("application/x-www-form-urlencoded", "a=b")
                        .about("a form of another site"),
                rejected(INVALID));
        row(servers.expiredSession().with(ask).about("its time is over"), rejected("Session has expired."));
    }

    private void addSockets() {
        table.section("WebSockets: the upgrade is judged like every request, and closed when its session or key dies");
        Ask upgrade = Ask.get(STREAM).host(Guard.TRADING_HOST).upgrade();
        socket(upgrade.about("nothing sent"), Expected.nothingSent());
        socket(upgrade.cookie(session.cookie()).about("without the account"), rejected(INVALID));
        socket(upgrade.cookie(session.wholeField()).about("all of Set-Cookie"), rejected(INVALID));
        IssuedAPIKey other = servers.keys.issued("user_tour_trader", List.of(), "trade:write");
        socket(upgrade.bearer(other.plaintext()).about("trade:write alone"), Expected.missing("account:read"));
        LoggedIn ended = loggedIn(key.plaintext());
        IssuedAPIKey dying = servers.keys.issued("user_tour_trader", List.of(), "account:read");
        try (TourSocket one = table.socket(servers.main, ended.with(upgrade), Expected.status(101));
                TourSocket two = table.socket(servers.main, upgrade.bearer(dying.plaintext()), Expected.status(101))) {
            row(ended.with(Ask.of("POST", "/auth/logout").host(Guard.AUTHENTICATION_HOST)), loggedOut());
            table.closed(one, "the socket of a session that was logged out: closed", ENDED);
            servers.keys.revoke(dying);
            table.closed(two, "the socket of a key that was revoked: closed", ENDED);
        }
    }

    private void socket(Ask ask, Expected expected) {
        TourSocket socket = table.socket(servers.main, ask, expected);
        if (socket != null) {
            socket.close();
        }
    }

    private static Expected loggedOut() {
        return Expected.status(204).with("Set-Cookie", "gravity=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT.*");
    }

    private LoggedIn loggedIn(String plaintext) {
        return LoggedIn.by(row(login(plaintext), opened(Duration.ofDays(1))));
    }

    private void addLogins() {
        table.section("Logins that fail, in a form of their own whatever --errors says");
        String malformed = "Request could not be processed due to malformed syntax";
        row(Ask.of("POST", LOGIN).json("{\"api_key\":"), Expected.failedLogin(400, malformed));
        row(Ask.of("POST", LOGIN).json("{}").about("no key"), Expected.failedLogin(400, malformed));
        String notFound = "api_key not found";
        row(login(servers.keys.neverIssued()).about("never issued"), Expected.failedLogin(401, notFound));
        row(login(servers.keys.deleted()).about("deleted"), Expected.failedLogin(401, notFound));
        row(
                login(servers.keys.ofOtherEnvironment()).about("a test key, where live ones alone are accepted"),
                Expected.failedLogin(401, notFound));
        row(login(servers.keys.expired()).about("expired"), Expected.failedLogin(401, "api_key has expired"));
        row(login(servers.keys.revoked()).about("revoked"), Expected.failedLogin(401, "api_key has been revoked"));
        String guessed = servers.keys.neverIssued();
        for (int i = 0; i < TourServers.LOGINS_WITH_ONE_KEY; i++) {
            row(login(guessed).about("guessing"), Expected.failedLogin(401, notFound));
        }
        row(
                login(guessed).about("once too often"),
                Expected.failedLogin(429, "You have surpassed the allocated rate limit for your tier"));
    }

    private void addUsers() {
        table.section("Signed-in users open sessions for the web and for mobile applications");
        String user = servers.token()
                .subject("user_tour_web")
                .permissions("account:read")
                .sign();
        Ask web = Ask.of("POST", "/auth/web/login").host(Guard.AUTHENTICATION_HOST);
        LoggedIn opened = LoggedIn.by(row(web.bearer(user), opened(Duration.ofDays(7))));
        row(Ask.of("POST", "/auth/mobile/login").bearer(user), opened(Duration.ofDays(90)));
        row(web.bearer(key.plaintext()).about("a key"), Expected.forbidden(TourServers.OTHER_KIND));
        row(opened.with(web).about("a session"), Expected.forbidden(TourServers.OTHER_KIND));
        row(web, Expected.nothingSent());
        row(opened.with(summary()), Expected.status(200));
        row(
                opened.with(summary()).bearer(key.plaintext()).about("a Bearer token beats the cookie"),
                Expected.status(200).withBody("user_tour_trader"));
        row(
                opened.with(Ask.get(SESSIONS)),
                Expected.status(200).withBody("\"login_type\":\"web\"").withBody("\"login_type\":\"mobile\""));
    }

    private void addEnds() {
        table.section("Sessions are listed and ended by their owner, and die with their key");
        IssuedAPIKey own = servers.keys.issued("user_tour_ends", List.of(), "account:read");
        LoggedIn first = loggedIn(own.plaintext());
        LoggedIn second = loggedIn(own.plaintext());
        Answer listed = row(first.with(Ask.get(SESSIONS)), Expected.status(200).withBody("\"is_current\":true"));
        String other = idOfAnother(listed);
        row(first.with(Ask.of("DELETE", SESSIONS + other + "/")), Expected.status(204));
        row(second.with(summary()).about("ended"), rejected(INVALID));
        row(first.with(Ask.of("DELETE", SESSIONS + other + "/")).about("gone"), Expected.status(404));
        row(
                session.with(Ask.get(SESSIONS)).about("another account's"),
                Expected.status(200).withBodyWithout(other));
        LoggedIn third = loggedIn(own.plaintext());
        row(third.with(Ask.of("POST", "/auth/logout")), loggedOut());
        row(third.with(summary()).about("logged out"), rejected(INVALID));
        servers.keys.revoke(own);
        row(first.with(summary()).about("its key was revoked"), rejected(INVALID));
        IssuedAPIKey gone = servers.keys.issued("user_tour_ends", List.of(), "account:read");
        LoggedIn last = loggedIn(gone.plaintext());
        servers.keys.delete(gone);
        row(last.with(summary()).about("its key was deleted"), rejected(INVALID));
    }

    private static String idOfAnother(@Nullable Answer listed) {
        Matcher other = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"[^}]*\"is_current\":false")
                .matcher(listed == null ? "" : listed.body());
        return other.find() ? other.group(1) : "none";
    }

    private static Expected rejected(String detail) {
        return Expected.rejected(detail);
    }

    private @Nullable Answer row(Ask ask, Expected expected) {
        return table.row(servers.main, ask, expected);
    }
}
