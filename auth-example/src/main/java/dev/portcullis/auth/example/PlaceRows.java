package dev.portcullis.auth.example;

import dev.portcullis.auth.apikey.IssuedAPIKey;
import java.util.List;

/** Where requests come from, and where they go to: sections 4, 5 and 6 of what clients are told. */
final class PlaceRows {

    private static final String NOT_WHITELISTED = "IP is not whitelisted.";
    private static final String LOCATION = "Access from this location is not allowed.";
    private static final String OTHER_HOST = "This endpoint is not served on this host.";
    private static final String KEYS = "/api/v1/api-keys/";
    private static final String SELF = KEYS + "self/";

    private final TourServers servers;
    private final TourTable table;

    PlaceRows(TourServers servers, TourTable table) {
        this.servers = servers;
        this.table = table;
    }

    void add() {
        addAddresses();
        addProxies();
        addCountries();
        addHosts();
    }

    private static Ask summary(String key) {
        return Ask.of("POST", SessionRows.SUMMARY).json("{}").bearer(key);
    }

    private static Ask from(Ask ask, String address) {
        return ask.shownLine("X-Forwarded-For: " + address);
    }

    private IssuedAPIKey tied(String... addresses) {
        return servers.keys.issued("user_tour_tied", List.of(addresses), "account:read");
    }

    private void addAddresses() {
        table.section("A key that is tied to addresses works from there alone, at the login and afterwards");
        String here = tied("127.0.0.0/8").plaintext();
        String there = tied("192.0.2.1").plaintext();
        row(summary(here).about("tied to 127.0.0.0/8"), Expected.status(200));
        row(SessionRows.login(here).about("tied to 127.0.0.0/8"), Expected.status(200));
        Expected refused = Expected.forbidden(NOT_WHITELISTED);
        row(summary(there).about("tied to 192.0.2.1"), refused);
        row(SessionRows.login(there), Expected.failedLogin(401, "IP is not whitelisted"));
        row(from(summary(there), "192.0.2.1").about("nobody's proxy says so"), refused);
        row(
                Ask.get(SELF).bearer(there).about("tells all the same"),
                Expected.status(200)
                        .withBody("\"ip_allowlist\":\\[\"192.0.2.1\"\\]")
                        .withBody("\"your_ip\":\"127.0.0.1\"")
                        .withBody("\"your_ip_allowed\":false"));
        String user = servers.token().subject("user_tour_tied").sign();
        Ask issue = Ask.of("POST", KEYS).bearer(user);
        String six = "\"192.0.2.1\",\"192.0.2.2\",\"192.0.2.3\",\"192.0.2.4\",\"192.0.2.5\",\"192.0.2.6\"";
        row(issue.json(named("\"2001:db8::/32\"")), Expected.status(201).withBody("2001:db8::/32"));
        row(issue.json(named(six)).about("six addresses"), invalid());
        row(issue.json(named("\"010.0.0.1\"")).about("two meanings"), invalid());
        row(issue.json(named("\"localhost\"")).about("a name"), invalid());
    }

    private static String named(String addresses) {
        return "{\"name\":\"Tour\",\"ip_allowlist\":[" + addresses + "]}";
    }

    private static Expected invalid() {
        return Expected.status(400).withBody("\"errors\":\\{\"ip_allowlist\":\\[");
    }

    private void addProxies() {
        table.section("Behind a trusted proxy: the address is the client's, and IPv4 and IPv6 are told apart");
        String four = tied("192.0.2.7", "198.51.100.7").plaintext();
        String six = tied("198.51.100.7", "2001:db8:2::/48").plaintext();
        Expected refused = Expected.forbidden(NOT_WHITELISTED);
        placed(from(summary(four), "198.51.100.7"), Expected.status(200));
        placed(from(summary(four), "198.51.100.8"), refused);
        placed(from(summary(four), "2001:db8:2::1").about("it sends from IPv6"), refused);
        placed(from(summary(six), "2001:db8:2::1").about("that was added"), Expected.status(200));
        placed(from(summary(four), "::ffff:198.51.100.7").about("the same IPv4 address"), Expected.status(200));
        placed(from(summary(four), "198.51.100.7, 198.51.100.8").about("the left one anybody can write"), refused);
        placed(from(summary(four), "fe80::1%eth0").about("a zone"), Expected.forbidden(LOCATION));
        placed(summary(four).shownLine("Forwarded: for=198.51.100.7").about("RFC 7239"), Expected.status(200));
    }

    private void addCountries() {
        table.section("From US, GB and CN nobody is let in, also with a good key and an address on its list");
        String key = tied("192.0.2.7", "198.51.100.7", "2001:db8:1::/48").plaintext();
        Expected refused = Expected.forbidden(LOCATION);
        placed(from(summary(key), "192.0.2.7").about("US"), refused);
        placed(from(summary(key), "2001:db8:1::1").about("GB"), refused);
        placed(from(summary(key), "198.51.100.7").about("CH"), Expected.status(200));
        placed(from(SessionRows.login(key), "192.0.2.7").about("US"), Expected.failedLogin(403, LOCATION));
        placed(
                from(SessionRows.login(servers.keys.neverIssued()), "192.0.2.7").about("the key is judged first"),
                Expected.failedLogin(401, "api_key not found"));
        placed(from(Ask.get("/health"), "192.0.2.7").about("US, an open route"), refused);
        placed(from(Ask.get(SELF).bearer(key), "192.0.2.7").about("US"), refused);
        int port = servers.byCountryHeader;
        String untied = tied().plaintext();
        table.row(port, summary(untied).shownLine("CF-IPCountry: CN"), refused);
        table.row(port, summary(untied).shownLine("CF-IPCountry: CH"), Expected.status(200));
        row(summary(untied).shownLine("CF-IPCountry: CN").about("nobody's proxy says so"), Expected.status(200));
    }

    private void addHosts() {
        table.section("The right path on the wrong host is 403; every other name serves all");
        String key = servers.keys
                .issued("user_tour_hosts", List.of(), "account:read")
                .plaintext();
        Expected refused = Expected.forbidden(OTHER_HOST);
        row(summary(key).host(Guard.AUTHENTICATION_HOST).about("the login's host"), refused);
        row(summary(key).host(Guard.MARKET_HOST), refused);
        row(summary(key).host(Guard.TRADING_HOST), Expected.status(200));
        row(summary(key).host("TRADES.localhost.:8080").about("the same name"), Expected.status(200));
        row(summary(key).host("example.localhost"), Expected.status(200));
        row(SessionRows.login(key).host(Guard.TRADING_HOST), refused);
        Ask instrument = Ask.of("POST", "/full/v1/instrument").json("{}");
        row(instrument.host(Guard.TRADING_HOST).about("for anyone, but elsewhere"), refused);
        row(instrument.host(Guard.MARKET_HOST), Expected.status(200));
    }

    private void row(Ask ask, Expected expected) {
        table.row(servers.main, ask, expected);
    }

    private void placed(Ask ask, Expected expected) {
        table.row(servers.placed, ask, expected);
    }
}
