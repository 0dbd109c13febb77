package dev.portcullis.auth.example;

/** A signed-in user manages the keys of their own account; nobody else does. */
final class ManagementRows {

    private static final String KEYS = "/api/v1/api-keys/";
    private static final String USER = "user_tour_manager";
    private static final String NO_SUCH_KEY = "API key not found.";
    private static final String ONCE = "Idempotency-Key: tour-1";
    private static final String NAMED = "{\"name\":\"Tour\"}";
    private static final int LARGEST = 64 * 1024;

    private final TourServers servers;
    private final TourTable table;
    private final String user;

    ManagementRows(TourServers servers, TourTable table) {
        this.servers = servers;
        this.table = table;
        this.user = servers.token().subject(USER).sign();
    }

    void add() {
        addIssuing();
        addListing();
        addOneKey();
        addRotating();
        addCallers();
        addFaults();
        addRequests();
        addElsewhere();
    }

    private void addIssuing() {
        table.section("Keys are issued by signed-in users; a request can be repeated");
        String all = "{\"name\":\"Tour\",\"environment\":\"test\",\"scopes\":[\"catalog:read\"],"
                + "\"expires_at\":\"9999-01-01T00:00:00Z\"}";
        row(post(KEYS).json(NAMED).about("a name is enough"), Expected.status(201));
        row(post("/api/v1/api-keys").json(all).about("all that can be given"), Expected.status(201));
        row(post(KEYS).line(ONCE).json(all).about("with an Idempotency-Key"), Expected.status(201));
        row(post(KEYS).line(ONCE).json(all).about("repeated: the same key"), Expected.status(200));
        row(
                post(KEYS).line(ONCE).json(NAMED).about("another request with it"),
                Expected.refused(409, "Idempotency-Key was used with another request."));
        String full = servers.token().subject(servers.keys.fullAccount()).sign();
        row(
                Ask.of("POST", KEYS).bearer(full).json(NAMED).about("has 100 keys"),
                Expected.refused(409, "Too many API keys."));
    }

    private void addListing() {
        table.section("Keys and what was done to them are listed, page by page");
        row(get(KEYS), Expected.status(200));
        row(get(KEYS + "?limit=1"), Expected.status(200));
        row(get(KEYS + "audit/"), Expected.status(200));
        String limit = "The limit must be from 1 to 1000.";
        row(get(KEYS + "?limit=0"), Expected.invalid("limit", limit));
        row(get(KEYS + "audit/?limit=1001"), Expected.invalid("limit", limit));
        row(
                get(KEYS + "?cursor=1"),
                Expected.invalid("cursor", "The cursor must be one that a page before has given."));
        row(Ask.get(KEYS + "openapi.json").about("what there is, for anyone"), Expected.status(200));
    }

    private void addOneKey() {
        table.section("One key: shown, changed, revoked, deleted");
        String key = KEYS + servers.keys.ofAccount(USER) + "/";
        row(get(key), Expected.status(200));
        row(Ask.of("PATCH", key).bearer(user).json("{\"name\":\"Renamed\"}"), Expected.status(200));
        row(Ask.of("PATCH", key).bearer(user).json("{\"scopes\":[\"holdings:read\"]}"), Expected.status(200));
        row(post(key + "revoke/"), Expected.status(200));
        row(post(key + "revoke/").about("again: it keeps its time"), Expected.status(200));
        row(Ask.of("DELETE", key).bearer(user), Expected.status(204));
        row(Ask.of("DELETE", key).bearer(user).about("again"), Expected.refused(404, NO_SUCH_KEY));
        row(get(key).about("deleted"), Expected.refused(404, NO_SUCH_KEY));
    }

    private void addRotating() {
        table.section("A key is rotated once, and only while it works");
        String key = KEYS + servers.keys.ofAccount(USER) + "/";
        String at = key + "rotate/";
        String overlap = "The overlap must be from 0 seconds to 30 days.";
        row(
                post(at).json("{\"overlap_seconds\":2592001}").about("over 30 days"),
                Expected.invalid("overlap_seconds", overlap));
        row(post(at).json("{\"overlap_seconds\":60}"), Expected.status(201));
        row(post(at).about("again"), Expected.refused(409, "API key has already been rotated."));
        String revoked = KEYS + servers.keys.ofAccount(USER) + "/";
        row(post(revoked + "revoke/"), Expected.status(200));
        row(post(revoked + "rotate/").about("revoked"), Expected.refused(409, "API key is not active."));
    }

    private void addCallers() {
        table.section("Nobody else manages keys, and nobody manages others'");
        Expected user = Expected.forbidden("API key management requires a signed-in user.");
        row(Ask.get(KEYS), Expected.nothingSent());
        row(Ask.get(KEYS).bearer(servers.keys.good("catalog:read")).about("an API key"), user);
        row(Ask.of("POST", KEYS).key(servers.keys.good()).json(NAMED).about("an API key"), user);
        String nobody = servers.token().claim("sub", null).sign();
        row(Ask.get(KEYS).bearer(nobody).about("a token without sub"), user);
        row(Ask.get(KEYS).bearer(servers.keys.revoked()), Expected.rejected("API key has been revoked."));
        String others = KEYS + servers.keys.ofAccount("user_tour_other") + "/";
        row(get(others).about("another account's"), Expected.refused(404, NO_SUCH_KEY));
        row(post(others + "revoke/").about("another account's"), Expected.refused(404, NO_SUCH_KEY));
        row(get(KEYS + "019ac3f0-7c1e-7000-9a4b-3f1d2c5b6a79/").about("nobody's"), Expected.refused(404, NO_SUCH_KEY));
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
        row(
                post(KEYS).line("Idempotency-Key:").json(NAMED),
                Expected.invalid("Idempotency-Key", "The key must have 1 to 255 printable ASCII characters."));
    }

    private void fault(String body, String field, String message) {
        row(post(KEYS).json(body).about(body.length() > 60 ? "a long name" : body), Expected.invalid(field, message));
    }

    private void addRequests() {
        table.section("Requests that the endpoints cannot make anything of");
        row(Ask.of("PUT", KEYS).bearer(user).json("{}"), Expected.refused(405, "Method not allowed."));
        row(get(KEYS + "019ac3f0-7c1e-7000-9a4b-3f1d2c5b6a79/revoke/"), Expected.refused(405, "Method not allowed."));
        row(get(KEYS + "019ac3f0-7c1e-7000-9a4b-3f1d2c5b6a79/other/"), Expected.refused(404, "Not found."));
        row(
                post(KEYS).json(" ".repeat(LARGEST + 1)).about("over 64 KiB"),
                Expected.refused(413, "The body is too large."));
        row(
                post(KEYS).text("text/plain", NAMED).about("text/plain"),
                Expected.refused(415, "The body must be application/json in UTF-8."));
    }

    private void addElsewhere() {
        table.section("Keys behind other settings, and the page");
        Ask list = get(KEYS);
        Expected noStore = Expected.unavailable("API key store is unavailable.");
        table.row(servers.withoutStore, list.about("the store cannot be asked"), noStore);
        table.row(servers.withFailingStore, list.about("the store fails"), noStore);
        Ask none = get(KEYS + "1/").about("as a problem");
        table.row(servers.problems, none, Expected.refused(404, NO_SUCH_KEY).asProblem());
        row(Ask.get("/api-keys/").about("the page, for anyone"), Expected.status(200));
        row(Ask.get("/api-keys/page.js"), Expected.status(200));
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
