package dev.portcullis.auth.example;

import dev.portcullis.auth.testkit.TokenIssuer;

/** The API behind other settings, and behind what has failed. */
final class SettingRows {

    private static final String LEAGUES = "/api/v1/leagues/";
    private static final String SOURCES = "/api/v1/sources/";
    private static final String OTHER_KIND = "This endpoint does not accept this kind of credential.";
    private static final String SIGNATURE = "Invalid signature.";

    private final TourServers servers;
    private final TourTable table;
    private final String token;
    private final String key;

    SettingRows(TourServers servers, TourTable table) {
        this.servers = servers;
        this.table = table;
        this.token = servers.token().sign();
        this.key = servers.keys.good("catalog:read", "holdings:read");
    }

    void add() {
        addOutages();
        addKinds();
        addProblems();
        addLoosened();
        addSeveralIssuers();
        addRotation();
    }

    private void addOutages() {
        table.section("503: the server's own trouble is not the client's bad token");
        Expected noKeys = Expected.unavailable("Signing keys are unavailable.");
        Expected noStore = Expected.unavailable("API key store is unavailable.");
        int port = servers.withoutIssuer;
        table.row(port, Ask.get(LEAGUES).bearer(token).about("its issuer was never reached"), noKeys);
        table.row(port, Ask.get(LEAGUES).bearer("abc").about("that shows without keys"), rejected("Invalid token."));
        table.row(port, Ask.get("/health"), Expected.status(200));
        table.row(servers.withoutStore, Ask.get(LEAGUES).bearer(key).about("its store cannot be asked"), noStore);
        table.row(servers.withoutStore, Ask.get(LEAGUES).key(key).about("its store cannot be asked"), noStore);
        table.row(servers.withFailingStore, Ask.get(LEAGUES).key(key).about("its store fails"), noStore);
        table.row(
                servers.withoutStore,
                Ask.get(LEAGUES).key("grd_").about("no need to ask"),
                rejected("Malformed API key."));
    }

    private void addKinds() {
        table.section("403: routes that name the kinds of credential they accept; rules with several permissions");
        int port = servers.kinds;
        Ask one = Ask.get(LEAGUES + "1/");
        table.row(port, Ask.get(LEAGUES).bearer(token).about("tokens alone"), Expected.status(200));
        table.row(port, Ask.get(LEAGUES).bearer(key).about("tokens alone"), Expected.forbidden(OTHER_KIND));
        table.row(port, Ask.get(SOURCES).key(key).about("keys alone"), Expected.status(200));
        table.row(port, Ask.get(SOURCES).bearer(token).about("keys alone"), Expected.forbidden(OTHER_KIND));
        Ask nothing = Ask.get(LEAGUES).key(servers.keys.good()).about("the kind is decided before permissions");
        table.row(port, nothing, Expected.forbidden(OTHER_KIND));
        table.row(port, one.bearer(key).about("the more literal rule counts"), Expected.status(200));
        String half = servers.keys.good("catalog:read");
        table.row(port, one.key(half).about("one of two"), Expected.missing("catalog:read holdings:read"));
    }

    private void addProblems() {
        table.section("The same decisions as application/problem+json (RFC 9457), with a realm");
        int port = servers.problems;
        Expected nothing = Expected.nothingSent().asProblem();
        table.row(port, Ask.get(LEAGUES), nothing.inRealm(TourServers.REALM));
        table.row(
                port, Ask.get(LEAGUES).bearer("abc"), rejected("Invalid token.").asProblem());
        Ask missing = Ask.get(LEAGUES).key(servers.keys.good());
        table.row(port, missing, Expected.missing("catalog:read").asProblem());
        table.row(port, Ask.get("/admin").bearer(token), Expected.notOpen().asProblem());
    }

    private void addLoosened() {
        table.section(
                "Loosened by name: bad credentials on open routes, callers on other routes, permissions in scope");
        int port = servers.loose;
        String scope = servers.token().claim("scope", "catalog:read").sign();
        table.row(port, Ask.get("/health").bearer("abc").about("ignored here"), Expected.status(200));
        table.row(port, Ask.get(LEAGUES).bearer("abc").about("but not here"), rejected("Invalid token."));
        table.row(port, Ask.get("/admin"), Expected.nothingSent());
        table.row(port, Ask.get("/admin").bearer(token).about("let in; nothing is there"), Expected.status(404));
        table.row(port, Ask.get(LEAGUES).bearer(scope).about("scope"), Expected.status(200));
        table.row(port, Ask.get(LEAGUES).bearer(token).about("permissions"), Expected.missing("catalog:read"));
    }

    private void addSeveralIssuers() {
        table.section("Two issuers: iss chooses the keys, and nothing else");
        int port = servers.severalIssuers;
        TokenIssuer other = servers.otherIssuer;
        String claimed =
                TourServers.token(other).issuer(servers.issuer.issuer()).sign();
        String unknown = servers.token().issuer("https://issuer.example").sign();
        table.row(port, Ask.get(LEAGUES).bearer(token).about("the one"), Expected.status(200));
        table.row(
                port,
                Ask.get(LEAGUES).bearer(TourServers.token(other).sign()).about("the other"),
                Expected.status(200));
        table.row(port, Ask.get(LEAGUES).bearer(claimed).about("the one, signed by the other"), rejected(SIGNATURE));
        table.row(port, Ask.get(LEAGUES).bearer(unknown).about("neither"), rejected("Invalid issuer."));
    }

    /** Comes last, for the other issuer is another one afterwards. */
    private void addRotation() {
        table.section("Keys that come and go");
        int port = servers.otherIssuerAlone;
        TokenIssuer other = servers.otherIssuer;
        String first = other.keyId();
        String before = TourServers.token(other).sign();
        String unnamed = TourServers.token(other).withoutKeyId().sign();
        table.row(port, Ask.get(LEAGUES).bearer(before).about("its first key"), Expected.status(200));
        table.row(port, Ask.get(LEAGUES).bearer(unnamed).about("no kid, and one key"), Expected.status(200));
        other.rotate();
        other.withdraw(first);
        String after = TourServers.token(other).sign();
        table.row(port, Ask.get(LEAGUES).bearer(after).about("a new key: fetched at once"), Expected.status(200));
        table.row(port, Ask.get(LEAGUES).bearer(before).about("let in before, its key withdrawn"), rejected(SIGNATURE));
        table.row(port, Ask.get(LEAGUES).bearer(unnamed).about("no kid, another key"), rejected(SIGNATURE));
    }

    private static Expected rejected(String detail) {
        return Expected.rejected(detail);
    }
}
