package dev.portcullis.auth.example;

import dev.portcullis.auth.testkit.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What verified tokens say, in the order in which it is decided, and what they grant. */
final class ClaimRows {

    private static final String INVALID = "Invalid token.";
    private static final String EARLY = "Token is not yet valid.";
    private static final String AUDIENCE = "Invalid audience.";
    private static final String ISSUER = "Invalid issuer.";
    private static final String PARTY = "Invalid authorized party.";

    private final TourServers servers;
    private final TourTable table;
    private final Instant now = Instant.now();

    ClaimRows(TourServers servers, TourTable table) {
        this.servers = servers;
        this.table = table;
    }

    void add() {
        addPayloads();
        addTimes();
        addNames();
        addPermissions();
    }

    private void addPayloads() {
        table.section("401: payloads");
        String unexpired = TourServers.unexpired();
        rejectText("nothing", "no JSON");
        rejectText("[]", "an array");
        rejectText(servers.payload(unexpired + ",\"iss\":\"x\""), "a member twice");
        rejectText(servers.payload(unexpired + ",\"x\":" + "[".repeat(40) + "]".repeat(40)), "nested too deeply");
        rejectText(servers.payload(""), "no exp");
        rejectText(servers.payload("\"exp\":\"tomorrow\""), "exp is a string");
        rejectText(servers.payload("\"exp\":253402300800"), "exp in the year 10000");
        reject(with("sub", 7), "sub is a number", INVALID);
        reject(with("aud", Map.of("x", "y")), "aud is an object", INVALID);
        reject(with("cnf", Map.of("jkt", "x")), "bound to a key, RFC 7800", INVALID);
        accept(with("sub", null), "no sub: allowed");
    }

    private void addTimes() {
        table.section("401: times, in seconds; exp has no grace, nbf and iat five seconds");
        reject(good().expiresIn(Duration.ofSeconds(-1)), "expired a second ago", "Token has expired.");
        reject(good().expiresIn(Duration.ZERO), "expires now", "Token has expired.");
        reject(good().notBefore(now.plusSeconds(60)), "nbf in a minute", EARLY);
        reject(good().issuedAt(now.plusSeconds(60)), "iat in a minute", EARLY);
        accept(good().notBefore(now.plusSeconds(2)), "nbf within the skew");
        accept(with("exp", now.getEpochSecond() + 300.5), "a fraction of a second");
    }

    private void addNames() {
        table.section("401: for whom, by whom, for which party");
        reject(good().audience("other-api"), "another API", AUDIENCE);
        reject(good().audience("other-api", "third-api"), "other APIs", AUDIENCE);
        reject(with("aud", null), "no aud", AUDIENCE);
        accept(good().audience("other-api", TourServers.AUDIENCE), "this API among others");
        reject(good().issuer("https://issuer.example"), "another issuer", ISSUER);
        reject(good().issuer(servers.issuer.issuer() + "/"), "a slash more", ISSUER);
        reject(with("iss", null), "no iss", ISSUER);
        reject(good().authorizedParty("https://evil.example"), "another party", PARTY);
        reject(with("azp", List.of(TourServers.PARTY)), "no string", PARTY);
        reject(with("azp", null), "no azp", PARTY);
        reject(
                good().expiresIn(Duration.ofSeconds(-1)).audience("other-api"),
                "expiry is decided first",
                "Token has expired.");
        reject(good().audience("other-api").issuer("https://issuer.example"), "then the audience", AUDIENCE);
    }

    private void addPermissions() {
        table.section("403: permissions are exact strings");
        for (String other :
                List.of("catalog.read", "Catalog:Read", "catalog:*", "catalog:read ", "catalog:reads", "")) {
            missing(good().permissions(other), "only '" + other + "'");
        }
        missing(good().permissions(), "an empty list");
        missing(with("permissions", null), "no claim");
        missing(with("permissions", Map.of("catalog:read", true)), "an object");
        missing(with("permissions", null).claim("scope", "catalog:read"), "in scope, which is not configured");
        accept(with("permissions", "catalog:read holdings:read"), "one string, separated by spaces");
        accept(with("permissions", List.of(7, "catalog:read")), "an entry that is no string grants nothing");
    }

    private TokenBuilder good() {
        return servers.token();
    }

    private TokenBuilder with(String claim, @Nullable Object value) {
        return good().claim(claim, value);
    }

    private void rejectText(String payload, String about) {
        row(servers.forge.signed(payload), about, Expected.rejected(INVALID));
    }

    private void reject(TokenBuilder token, String about, String detail) {
        row(token.sign(), about, Expected.rejected(detail));
    }

    private void missing(TokenBuilder token, String about) {
        row(token.sign(), about, Expected.missing("catalog:read"));
    }

    private void accept(TokenBuilder token, String about) {
        row(token.sign(), about, Expected.status(200));
    }

    private void row(String token, String about, Expected expected) {
        table.row(servers.main, Ask.get("/api/v1/leagues/").bearer(token).about(about), expected);
    }
}
