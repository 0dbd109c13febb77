package dev.portcullis.auth.example;

import java.util.List;

/** Requests about keys that are refused: from whom, about whose, and what is wrong with them. */
final class ManagementRefusalRows {

    private static final String KEYS = "/api/v1/api-keys/";
    private static final String USER = "user_tour_faults";
    private static final String NO_SUCH_KEY = "API key not found.";
    private static final String NAMED = "{\"name\":\"Tour\"}";
    private static final String NOBODYS = "019ac3f0-7c1e-7000-9a4b-3f1d2c5b6a79/";
    private static final int LARGEST = 64 * 1024;

    private final TourServers servers;
    private final TourTable table;
    private final String user;

    ManagementRefusalRows(TourServers servers, TourTable table) {
        this.servers = servers;
        this.table = table;
        this.user = servers.token().subject(USER).sign();
    }

    void add() {
        addCallers();
        addOthersKeys();
        addFaults();
        addRequests();
        row(
                get(KEYS).about("nothing of all this was stored"),
                Expected.status(200).withBody("^\\[\\]$"));
    }

    /** One request for each thing that can be asked, about one key. */
    private static List<Ask> everything(String key) {
        return List.of(
                Ask.get(KEYS),
                Ask.of("POST", KEYS).json(NAMED),
                Ask.get(KEYS + "audit/"),
                Ask.get(key),
                Ask.of("PATCH", key).json("{\"name\":\"Mine\"}"),
                Ask.of("POST", key + "revoke/"),
                Ask.of("POST", key + "rotate/"),
                Ask.of("DELETE", key));
    }

    private void addCallers() {
        table.section("Nobody but a signed-in user manages keys");
        Expected person = Expected.forbidden("API key management requires a signed-in user.");
        String key = servers.keys.good("catalog:read", "catalog:write", "holdings:read", "holdings:write");
        for (Ask ask : everything(KEYS + NOBODYS)) {
            row(ask, Expected.nothingSent());
            row(ask.bearer(key).about("an API key"), person);
        }
        row(Ask.of("POST", KEYS).key(key).json(NAMED).about("an API key"), person);
        String nobody = servers.token().claim("sub", null).sign();
        row(Ask.get(KEYS).bearer(nobody).about("a token without sub"), person);
        row(Ask.get(KEYS).line("Cookie: session=" + user).about("a cookie is no credential"), Expected.nothingSent());
        row(Ask.get(KEYS).bearer(servers.keys.revoked()), Expected.rejected("API key has been revoked."));
    }

    private void addOthersKeys() {
        table.section("Another account's key and a missing one look the same");
        Expected none = Expected.refused(404, NO_SUCH_KEY);
        for (String id : List.of(servers.keys.ofAccount("user_tour_other") + "/", NOBODYS)) {
            List<Ask> asks = everything(KEYS + id);
            for (Ask ask : asks.subList(3, asks.size())) {
                row(ask.bearer(user).about(id.equals(NOBODYS) ? "nobody's" : "another account's"), none);
            }
        }
        row(get(KEYS + "1/").about("no identifier"), none);
    }

    private void addFaults() {
        table.section("400: what is wrong is told by its field, and nothing is stored");
        fault("{}", "name", "This field is required.");
        fault("{\"name\":\" \"}", "name", "The name must not be blank.");
        fault("{\"name\":\"" + "a".repeat(101) + "\"}", "name", "The name must have at most 100 characters.");
        fault("{\"name\":\"a\\u0000\"}", "name", "The name must not hold control characters.");
        fault("{\"name\":7}", "name", "This value has the wrong type.");
        fault("{\"name\":\"a\",\"name\":\"b\"}", "name", "This must not be given more than once.");
        fault("{\"name\":\"a\",\"colour\":1}", "colour", "There is no such field.");
        fault("{\"name\":\"a\",\"environment\":\"x\"}", "environment", "The environment must be live or test.");
        fault("{\"name\":\"a\",\"scopes\":[\"x:y\"]}", "scopes", "There is no such scope.");
        fault(
                "{\"name\":\"a\",\"expires_at\":\"tomorrow\"}",
                "expires_at",
                "The time must be written as in RFC 3339, such as 2030-01-31T12:00:00Z.");
        fault(
                "{\"name\":\"a\",\"expires_at\":\"2020-01-01T00:00:00Z\"}",
                "expires_at",
                "The time must lie in the future.");
        fault("{", "body", "The body must be one JSON object in UTF-8.");
        String reader =
                servers.token().subject(USER).permissions("catalog:read").sign();
        row(
                Ask.of("POST", KEYS)
                        .bearer(reader)
                        .json("{\"name\":\"a\",\"scopes\":[\"catalog:write\"]}")
                        .about("holds catalog:read alone"),
                Expected.invalid("scopes", "A key cannot have a scope that you do not hold."));
        addHeaderFaults();
    }

    private void addHeaderFaults() {
        Expected once = Expected.invalid("Idempotency-Key", "The key must have 1 to 255 printable ASCII characters.");
        row(post(KEYS).line("Idempotency-Key:").json(NAMED), once);
        row(post(KEYS).line("Idempotency-Key: " + "k".repeat(256)).json(NAMED).about("256 characters"), once);
        row(
                post(KEYS)
                        .line("Idempotency-Key: a")
                        .line("Idempotency-Key: a")
                        .json(NAMED)
                        .about("two of them"),
                Expected.invalid("Idempotency-Key", "This must not be given more than once."));
        Expected limit = Expected.invalid("limit", "The limit must be from 1 to 1000.");
        row(get(KEYS + "?limit=0"), limit);
        row(get(KEYS + "audit/?limit=1001"), limit);
        row(
                get(KEYS + "?cursor=1"),
                Expected.invalid("cursor", "The cursor must be one that a page before has given."));
    }

    private void fault(String body, String field, String message) {
        row(post(KEYS).json(body).about(body.length() > 60 ? "a long name" : body), Expected.invalid(field, message));
    }

    private void addRequests() {
        table.section("Requests that the endpoints cannot make anything of");
        row(
                Ask.of("PUT", KEYS).bearer(user).json("{}"),
                Expected.refused(405, "Method not allowed.").with("Allow", "GET, HEAD, POST"));
        row(
                get(KEYS + NOBODYS + "revoke/"),
                Expected.refused(405, "Method not allowed.").with("Allow", "POST"));
        row(get(KEYS + NOBODYS + "other/"), Expected.refused(404, "Not found."));
        for (String path : List.of(
                "/api-keys;x=y/", "/x/../api-keys/", "//api-keys/", "/./api-keys/page.js", "/api/v1/api-keys;x=y/")) {
            row(Ask.get(path), Expected.nothingSent());
            row(get(path), Expected.notOpen());
        }
        row(Ask.get("/api-key%73/").about("encoded for no reason"), Expected.status(200));
        row(
                post(KEYS).json(" ".repeat(LARGEST + 1)).about("over 64 KiB"),
                Expected.refused(413, "The body is too large."));
        row(
                post(KEYS).text("text/plain", NAMED).about("text/plain"),
                Expected.refused(415, "The body must be application/json in UTF-8."));
    }

    private Ask get(String target) {
        return Ask.get(target).bearer(user);
    }

    private Ask post(String target) {
        return Ask.of("POST", target).bearer(user);
    }

    private void row(Ask ask, Expected expected) {
        table.row(servers.main, ask, expected);
    }
}
