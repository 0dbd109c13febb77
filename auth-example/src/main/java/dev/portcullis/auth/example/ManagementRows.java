package dev.portcullis.auth.example;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A signed-in user manages the keys of their own account: what they can do, and what comes back. */
final class ManagementRows {

    private static final String KEYS = "/api/v1/api-keys/";
    private static final String USER = "user_tour_manager";
    private static final String NO_SUCH_KEY = "API key not found.";
    private static final String ONCE = "Idempotency-Key: tour-1";
    private static final String NAMED = "{\"name\":\"Tour\"}";
    private static final String SECRETS = "(\"plaintext\"|hash|grd_live_[0-9a-f]{9})";

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
        addRepeating();
        addListing();
        addOneKey();
        addChanging();
        addRotating();
        addLosers();
        addElsewhere();
    }

    private void addIssuing() {
        table.section("Keys are issued by signed-in users, and shown this once");
        String all = "{\"name\":\"Tour\",\"environment\":\"test\",\"scopes\":[\"catalog:read\"],"
                + "\"expires_at\":\"9999-01-01T00:00:00Z\"}";
        row(
                post(KEYS).json(NAMED).about("a name is enough"),
                issued("live").withBody("\"scopes\":\\[\\]").withBody("\"expires_at\":null"));
        row(
                post("/api/v1/api-keys").json(all).about("all that can be given, no slash at the end"),
                issued("test").withBody("\"scopes\":\\[\"catalog:read\"\\]").withBody("\"expires_at\":\"9999-"));
        String full = servers.token().subject(servers.keys.fullAccount()).sign();
        row(
                Ask.of("POST", KEYS).bearer(full).json(NAMED).about("has 100 keys"),
                Expected.refused(409, "Too many API keys."));
    }

    /** What was issued: the key's fields, the key itself, and a warning. */
    private static Expected issued(String environment) {
        return Expected.status(201)
                .with("Location", KEYS + "[0-9a-f-]{36}/")
                .with("Cache-Control", "no-store")
                .withBody("\"plaintext\":\"grd_" + environment + "_[0-9a-f]{48}\"")
                .withBody("\"environment\":\"" + environment + "\"")
                .withBody("\"warning\":\"")
                .withBodyWithout("hash");
    }

    private void addRepeating() {
        table.section("Issuing can be repeated, with an Idempotency-Key");
        Answer first = row(post(KEYS).line(ONCE).json(NAMED).about("with an Idempotency-Key"), issued("live"));
        row(
                post(KEYS).line(ONCE).json(NAMED).about("again: the same key, not shown"),
                Expected.status(200)
                        .withBody("\"id\":\"" + found("\"id\":\"([^\"]*)\"", first) + "\"")
                        .withBody("\"plaintext\":null"));
        row(
                post(KEYS).line(ONCE).json("{\"name\":\"Other\"}").about("another request with it"),
                Expected.refused(409, "Idempotency-Key was used with another request."));
        String other = servers.token().subject("user_tour_other").sign();
        row(Ask.of("POST", KEYS).bearer(other).line(ONCE).json(NAMED).about("another user's own"), issued("live"));
    }

    private void addListing() {
        table.section("Keys and what was done to them are listed, page by page");
        String lister = "user_tour_lister";
        String token = servers.token().subject(lister).sign();
        List<String> ids =
                List.of(servers.keys.ofAccount(lister), servers.keys.ofAccount(lister), servers.keys.ofAccount(lister));
        row(
                Ask.get(KEYS).bearer(token).about("newest first"),
                Expected.status(200)
                        .withBody(ids.get(2) + ".*" + ids.get(1) + ".*" + ids.get(0))
                        .withBodyWithout(SECRETS));
        Answer first = row(
                Ask.get(KEYS + "?limit=2").bearer(token).about("the next page is in Link"),
                Expected.status(200)
                        .with("Link", "<\\?limit=2&cursor=[^>]*>; rel=\"next\"")
                        .withBodyWithout(ids.get(0)));
        servers.keys.ofAccount(lister);
        String link = first == null ? null : first.header("Link");
        String next = link == null || link.indexOf('>') < 0 ? "" : link.substring(1, link.indexOf('>'));
        row(
                Ask.get(KEYS + next, KEYS + "?limit=2&cursor=...")
                        .bearer(token)
                        .about("the next page; a key was added"),
                Expected.status(200).withBody("^\\[\\{[^{}]*" + ids.get(0) + "[^{}]*\\}\\]$"));
        row(Ask.of("HEAD", KEYS).bearer(token), Expected.status(200).with("Content-Type", "application/json"));
        row(Ask.get(KEYS + "audit/?limit=2").bearer(token), Expected.status(200).with("Link", "<\\?limit=2&.*"));
        row(Ask.get(KEYS + "openapi.json").about("what there is, for anyone"), Expected.status(200));
    }

    private void addOneKey() {
        table.section("One key: shown, revoked, deleted");
        String key = KEYS + servers.keys.ofAccount(USER) + "/";
        row(get(key), Expected.status(200).withBody("\"is_active\":true").withBodyWithout(SECRETS));
        row(get(key.substring(0, key.length() - 1)).about("no slash at the end"), Expected.status(200));
        Answer revoked = row(
                post(key + "revoke/"),
                Expected.status(200).withBody("\"is_active\":false").withBodyWithout(SECRETS));
        row(
                post(key + "revoke/").about("again: it keeps its time"),
                Expected.status(200).withBody(Pattern.quote(found("(\"revoked_at\":\"[^\"]*\")", revoked))));
        row(Ask.of("DELETE", key).bearer(user), Expected.status(204));
        row(Ask.of("DELETE", key).bearer(user).about("again"), Expected.refused(404, NO_SUCH_KEY));
        row(get(key).about("deleted"), Expected.refused(404, NO_SUCH_KEY));
    }

    private void addChanging() {
        table.section("One key: its name and scopes are changed, in force at once");
        Answer issued = row(post(KEYS).json("{\"name\":\"Tour\",\"scopes\":[\"holdings:read\"]}"), issued("live"));
        String key = KEYS + found("\"id\":\"([^\"]*)\"", issued) + "/";
        Ask use = Ask.get("/api/v1/leagues/").bearer(found("\"plaintext\":\"([^\"]*)\"", issued));
        row(use.about("holdings:read alone"), Expected.missing("catalog:read"));
        row(
                patch(key).json("{\"name\":\"Renamed\"}"),
                Expected.status(200).withBody("\"name\":\"Renamed\"").withBodyWithout(SECRETS));
        row(
                patch(key).json("{\"scopes\":[\"catalog:read\"]}"),
                Expected.status(200).withBody("\"scopes\":\\[\"catalog:read\"\\]"));
        row(use.about("catalog:read now"), Expected.status(200));
        row(
                patch(key).json("{\"scopes\":[\"catalog:everything\"]}"),
                Expected.invalid("scopes", "There is no such scope."));
        row(
                Ask.of("PATCH", key)
                        .bearer(reader())
                        .json("{\"scopes\":[\"holdings:read\"]}")
                        .about("holds catalog:read alone"),
                Expected.invalid("scopes", "A key cannot have a scope that you do not hold."));
    }

    private String reader() {
        return servers.token().subject(USER).permissions("catalog:read").sign();
    }

    private void addRotating() {
        table.section("A key is rotated once, and gains nothing by it");
        Answer issued = row(post(KEYS).json("{\"name\":\"Tour\",\"scopes\":[\"catalog:read\"]}"), issued("live"));
        String at = KEYS + found("\"id\":\"([^\"]*)\"", issued) + "/rotate/";
        Ask old = Ask.get("/api/v1/leagues/").bearer(found("\"plaintext\":\"([^\"]*)\"", issued));
        row(
                post(at).json("{\"overlap_seconds\":2592001}").about("over 30 days"),
                Expected.invalid("overlap_seconds", "The overlap must be from 0 seconds to 30 days."));
        row(
                Ask.of("POST", at)
                        .bearer(servers.token()
                                .subject(USER)
                                .permissions("holdings:read")
                                .sign())
                        .about("holds no more what the key does"),
                Expected.invalid("scopes", "A key cannot have a scope that you do not hold."));
        row(
                post(at).json("{\"expires_at\":\"2020-01-01T00:00:00Z\"}").about("in the past"),
                Expected.invalid("expires_at", "The time must lie in the future."));
        Answer successor = row(
                post(at).json("{\"overlap_seconds\":60}").about("a minute of overlap"),
                issued("live").withBody("\"scopes\":\\[\"catalog:read\"\\]"));
        row(old.about("the old one, within the overlap"), Expected.status(200));
        row(post(at).about("again"), Expected.refused(409, "API key has already been rotated."));
        Ask younger = Ask.get("/api/v1/leagues/").bearer(found("\"plaintext\":\"([^\"]*)\"", successor));
        row(younger.about("its successor"), Expected.status(200));
        row(
                post(KEYS + found("\"id\":\"([^\"]*)\"", successor) + "/rotate").json("{\"overlap_seconds\":0}"),
                issued("live"));
        row(younger.about("no overlap"), Expected.rejected("API key has expired."));
    }

    private void addLosers() {
        Expected inactive = Expected.refused(409, "API key is not active.");
        String revoked = KEYS + servers.keys.ofAccount(USER) + "/";
        row(post(revoked + "revoke/"), Expected.status(200));
        row(post(revoked + "rotate/").about("revoked"), inactive);
        row(post(KEYS + servers.keys.expiredOfAccount(USER) + "/rotate/").about("expired"), inactive);
    }

    private void addElsewhere() {
        table.section("Keys behind other settings, and the page");
        Ask list = get(KEYS);
        Expected noStore = Expected.unavailable("API key store is unavailable.");
        table.row(servers.withoutStore, list.about("the store cannot be asked"), noStore);
        table.row(servers.withFailingStore, list.about("the store fails"), noStore);
        Ask none = get(KEYS + "1/").about("as a problem");
        table.row(servers.problems, none, Expected.refused(404, NO_SUCH_KEY).asProblem());
        row(
                Ask.get("/api-keys/").about("the page, for anyone"),
                Expected.status(200).with("Content-Security-Policy", "default-src 'none'; .*"));
        row(Ask.get("/api-keys/page.js"), Expected.status(200));
    }

    /** What an answer holds, so that the next request can name it; nothing, if it is not there. */
    private static String found(String form, @Nullable Answer answer) {
        Matcher found = Pattern.compile(form).matcher(answer == null ? "" : answer.body());
        return found.find() ? found.group(1) : "none";
    }

    private Ask get(String target) {
        return Ask.get(target).bearer(user);
    }

    private Ask post(String target) {
        return Ask.of("POST", target).bearer(user);
    }

    private Ask patch(String target) {
        return Ask.of("PATCH", target).bearer(user);
    }

    private @Nullable Answer row(Ask ask, Expected expected) {
        return table.row(servers.main, ask, expected);
    }
}
