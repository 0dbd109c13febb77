package dev.portcullis.auth.example;

import java.util.Locale;

/** API keys: their shape, and what has become of them. */
final class KeyRows {

    private static final String MALFORMED = "Malformed API key.";
    private static final String INVALID = "Invalid API key.";
    private static final String REVOKED = "API key has been revoked.";
    private static final String EXPIRED = "API key has expired.";

    private final TourServers servers;
    private final TourTable table;

    KeyRows(TourServers servers, TourTable table) {
        this.servers = servers;
        this.table = table;
    }

    void add() {
        addShapes();
        addStates();
        addScopes();
    }

    private void addShapes() {
        table.section("401: grd_live_ or grd_test_, and 48 lower-case hexadecimal digits");
        String key = servers.keys.good("catalog:read");
        reject("grd_", "nothing more", MALFORMED);
        reject(key.substring(0, key.length() - 1), "a digit less", MALFORMED);
        reject(key + "0", "a digit more", MALFORMED);
        reject(key.toUpperCase(Locale.ROOT).replace("GRD_LIVE_", "grd_live_"), "upper case", MALFORMED);
        reject(key.replace("live", "prod"), "no such environment", MALFORMED);
        reject(key.substring(0, key.length() - 1) + "g", "no digit", MALFORMED);
        row(ask().key("abc").about("any x-api-key is a key"), MALFORMED);
        row(ask().key("Bearer " + key).about("a scheme in x-api-key"), MALFORMED);
        row(ask().key(""), MALFORMED);
    }

    private void addStates() {
        table.section("401: what has become of a key");
        reject(servers.keys.neverIssued(), "never issued", INVALID);
        reject(servers.keys.deleted(), "deleted", INVALID);
        reject(servers.keys.ofOtherEnvironment(), "a test key, where live keys alone are accepted", INVALID);
        reject(servers.keys.revoked(), "revoked", REVOKED);
        reject(servers.keys.revokedAndExpired(), "revoked, and expired since", REVOKED);
        reject(servers.keys.expired(), "expired a second ago", EXPIRED);
        reject(servers.keys.olderThan(TourServers.MAXIMUM_KEY_AGE), "older than any key may be", EXPIRED);
        row(ask().key(servers.keys.revoked()).about("revoked"), REVOKED);
    }

    private void addScopes() {
        table.section("403: a key's scopes are its permissions");
        Ask ask = ask().bearer(servers.keys.good("holdings:read"));
        table.row(servers.main, ask.about("holdings:read alone"), Expected.missing("catalog:read"));
        table.row(servers.main, ask().bearer(servers.keys.good()).about("none"), Expected.missing("catalog:read"));
    }

    private static Ask ask() {
        return Ask.get("/api/v1/leagues/");
    }

    private void reject(String key, String about, String detail) {
        row(ask().bearer(key).about(about), detail);
    }

    private void row(Ask ask, String detail) {
        table.row(servers.main, ask, Expected.rejected(detail));
    }
}
