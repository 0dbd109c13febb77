package dev.portcullis.auth.example;

import java.util.List;

/** Who may do what where, and paths that try to get round it. */
final class RouteRows {

    private static final String LEAGUES = "/api/v1/leagues/";
    private static final String SOURCES = "/api/v1/sources/";
    private static final String LEAGUE = "{\"name\":\"Ligue 1\",\"country\":\"FR\",\"teams\":18}";
    private static final String SOURCE = "{\"name\":\"Press\",\"url\":\"https://press.example\",\"records\":3}";

    /** Sound to a server, but with more than one meaning. */
    private static final List<String> AMBIGUOUS = List.of(
            "/api/v1/leagues/..;/sources/",
            "/api/v1/leagues/../sources/",
            "/api/v1/leagues/%2e%2e/sources/",
            "/api/v1/leagues/%252e%252e/sources/",
            "/api/v1/./leagues/",
            "/api/v1//leagues/",
            "/api/v1/leagues//",
            "/api/v1/leagues;x=y/",
            "/api/v1/leagues/%3bx=y/",
            "/api/v1/leagues/%2f1",
            "/api/v1/leagues/%5c1",
            "/health/../api/v1/leagues/",
            "/health;/",
            "/API/v1/leagues/");

    /** Not even sound to a server. */
    private static final List<String> MALFORMED =
            List.of("/../api/v1/leagues/", "/api\\v1\\leagues\\", LEAGUES + "%00", LEAGUES + "%zz", "//../x");

    private final TourServers servers;
    private final TourTable table;
    private final String everything;

    RouteRows(TourServers servers, TourTable table) {
        this.servers = servers;
        this.table = table;
        this.everything = servers.token().sign();
    }

    void add() {
        table.section("The catalogue: read and write are apart");
        addRoutes(LEAGUES, LEAGUE, "catalog");
        table.section("The holdings: read and write are apart");
        addRoutes(SOURCES, SOURCE, "holdings");
        addDefaults();
        addOrder();
        addPaths();
    }

    private void addRoutes(String path, String body, String domain) {
        String read = domain + ":read";
        String write = domain + ":write";
        String reader = servers.keys.good(read);
        String writer = servers.keys.good(write);
        row(Ask.get(path).bearer(reader).about(read), Expected.status(200));
        row(Ask.of("HEAD", path).bearer(reader).about(read + ", HEAD is GET"), Expected.status(200));
        row(Ask.get(path + "1").bearer(reader).about(read), Expected.status(200));
        row(Ask.of("POST", path).bearer(writer).json(body).about(write), Expected.status(201));
        row(Ask.of("PUT", path + "1/").bearer(writer).json(body).about(write), Expected.status(200));
        row(Ask.of("PATCH", path + "1/").bearer(writer).json("{}").about(write), Expected.status(200));
        row(Ask.of("DELETE", path + "2/").bearer(writer).about(write), Expected.status(204));
        row(Ask.get(path).bearer(writer).about("write does not imply read"), Expected.missing(read));
        row(Ask.of("HEAD", path).bearer(writer).about("write does not imply read"), Expected.missing(read));
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            row(Ask.of(method, path + "1/").bearer(reader).about(read), Expected.missing(write));
        }
    }

    private void addDefaults() {
        table.section("What no rule names is open to nobody");
        row(Ask.get("/admin"), Expected.nothingSent());
        row(Ask.get("/admin").bearer(everything), Expected.notOpen());
        row(Ask.of("OPTIONS", LEAGUES), Expected.nothingSent());
        row(Ask.of("OPTIONS", LEAGUES).bearer(everything), Expected.notOpen());
        row(Ask.of("POST", "/health").bearer(everything), Expected.notOpen());
        row(Ask.of("get", LEAGUES).bearer(everything).about("methods have a case"), Expected.notOpen());
        row(Ask.of("FETCH", LEAGUES).bearer(everything), Expected.notOpen());
    }

    private void addOrder() {
        table.section("A bad credential is rejected first, on every route");
        String revoked = servers.keys.revoked();
        row(Ask.get("/health").bearer("abc").about("an open route"), Expected.rejected("Invalid token."));
        row(Ask.get("/health").key(revoked).about("an open route"), Expected.rejected("API key has been revoked."));
        row(Ask.get("/admin").key(revoked).about("no route"), Expected.rejected("API key has been revoked."));
    }

    private void addPaths() {
        table.section("Paths that can be read in two ways are open to nobody, with every permission");
        for (String path : AMBIGUOUS) {
            row(Ask.get(path).bearer(everything), Expected.notOpen());
        }
        row(Ask.get("/health/..;/api/v1/leagues/"), Expected.nothingSent());
        row(Ask.get("/health%2f..%2fapi/v1/leagues/"), Expected.nothingSent());
        table.section("Paths that the server itself refuses");
        for (String path : MALFORMED) {
            row(Ask.get(path).bearer(everything), Expected.status(400));
        }
        table.section("Paths with one meaning");
        row(Ask.get("/api/v1/leagues").bearer(everything).about("the slash is optional"), Expected.status(200));
        row(Ask.get("/api/v1/%6ceagues/").bearer(everything).about("an escaped letter"), Expected.status(200));
        row(Ask.get("/api/v1/leagues/?x=/../").bearer(everything).about("queries do not count"), Expected.status(200));
    }

    private void row(Ask ask, Expected expected) {
        table.row(servers.main, ask, expected);
    }
}
