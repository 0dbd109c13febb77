package dev.portcullis.auth.example;

/** How credentials are sent: where they are read from, and what is wrong with the way of sending. */
final class HeaderRows {

    private static final String LEAGUES = "/api/v1/leagues/";
    private static final String TWICE = "Invalid Authorization header: sent more than once.";
    private static final String SEVERAL = "More than one credential was sent.";

    private final TourServers servers;
    private final TourTable table;
    private final String token;
    private final String key;

    HeaderRows(TourServers servers, TourTable table) {
        this.servers = servers;
        this.table = table;
        this.token = servers.token().sign();
        this.key = servers.keys.good("catalog:read");
    }

    void add() {
        table.section("Credentials that are accepted");
        Expected ok = Expected.status(200);
        row(Ask.get("/health"), ok);
        row(leagues().bearer(token).about("a JWT"), ok);
        row(leagues().bearer(key).about("an API key"), ok);
        row(leagues().key(key).about("an API key"), ok);
        row(leagues().bearer(key).key(key).about("the same key twice over"), ok);
        row(leagues().authorization("bEARER " + token, "bEARER ...").about("the scheme in any case, RFC 9110"), ok);
        row(leagues().key(" " + key + " ").about("white space around a value is HTTP's own"), ok);
        addMissing();
        addMisplaced();
    }

    private void addMissing() {
        table.section("401: nothing was sent, or nothing that is read");
        row(leagues(), Expected.nothingSent());
        row(leagues().authorization("Basic dXNlcjpwYXNz").about("another scheme"), Expected.nothingSent());
        row(leagues().authorization("Bearerx y").about("another scheme"), Expected.nothingSent());
        row(
                Ask.get(LEAGUES + "?access_token=" + token, LEAGUES + "?access_token=...")
                        .about("never from the query"),
                Expected.nothingSent());
        row(
                Ask.get(LEAGUES + "?x-api-key=" + key, LEAGUES + "?x-api-key=...")
                        .about("never from the query"),
                Expected.nothingSent());
        row(
                Ask.of("POST", LEAGUES)
                        .json("{\"access_token\":\"" + token + "\"}")
                        .about("never from the body"),
                Expected.nothingSent());
        row(Ask.of("HEAD", LEAGUES).about("HEAD: the same without a body"), Expected.nothingSent());
    }

    private void addMisplaced() {
        table.section("401: sent in a wrong way");
        row(
                leagues().authorization("Bearer"),
                Expected.rejected("Invalid Authorization header: no credentials provided."));
        row(
                leagues().authorization("Bearer a b"),
                Expected.rejected("Invalid Authorization header: token must not contain spaces."));
        row(leagues().bearer(token).bearer(token), Expected.rejected(TWICE));
        row(leagues().bearer(token).authorization("Basic dXNlcjpwYXNz"), Expected.rejected(TWICE));
        row(leagues().bearer(token).key(key), Expected.rejected(SEVERAL));
        row(leagues().key(key).key(key), Expected.rejected(SEVERAL));
        row(leagues().bearer(key).key(servers.keys.good()).about("two keys"), Expected.rejected(SEVERAL));
    }

    private static Ask leagues() {
        return Ask.get(LEAGUES);
    }

    private void row(Ask ask, Expected expected) {
        table.row(servers.main, ask, expected);
    }
}
