package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.testkit.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Real credentials that are rejected: a row for each way of being wrong, with the contract's words for it. */
final class Credentials {

    private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"raw\"}";

    private final Trust trust;
    private final List<Row> rows = new ArrayList<>();

    /**
     * One way of being wrong.
     *
     * @param what in which way
     * @param headers header lines
     * @param detail the exact words
     */
    record Row(String what, List<String> headers, String detail) {

        Ask on(Ask ask) {
            Ask with = ask;
            for (String line : headers) {
                with = with.withLine(line);
            }
            return with;
        }
    }

    private Credentials(Trust trust) {
        this.trust = trust;
    }

    /** All rows, with fresh credentials. */
    static List<Row> rejected(Trust trust) {
        Credentials all = new Credentials(trust);
        all.presentation();
        all.form();
        all.header();
        all.signature();
        all.payload();
        all.expiry();
        all.times();
        all.claims();
        all.keys();
        return all.rows;
    }

    private void row(String detail, String what, String... headers) {
        rows.add(new Row(what, List.of(headers), detail));
    }

    private void token(String detail, String what, String token) {
        row(detail, what, "Authorization: Bearer " + token);
    }

    private void key(String detail, String what, String key) {
        row(detail, what + ", as Bearer", "Authorization: Bearer " + key);
        row(detail, what + ", in x-api-key", "x-api-key: " + key);
    }

    private void presentation() {
        String token = trust.token().sign();
        String key = trust.key();
        row("Invalid Authorization header: no credentials provided.", "no token", "Authorization: Bearer ");
        String spaces = "Invalid Authorization header: token must not contain spaces.";
        row(spaces, "two tokens", "Authorization: Bearer " + token + " " + token);
        row(spaces, "two keys", "Authorization: Bearer " + key + " " + key);
        String twice = "Invalid Authorization header: sent more than once.";
        row(twice, "one token twice", "Authorization: Bearer " + token, "Authorization: Bearer " + token);
        row(twice, "a token and another scheme", "Authorization: Bearer " + token, "authorization: Basic YTpi");
        String more = "More than one credential was sent.";
        row(more, "a token and a key", "Authorization: Bearer " + token, "x-api-key: " + key);
        row(more, "two keys in two headers", "Authorization: Bearer " + trust.key(), "x-api-key: " + key);
        row(more, "a key twice in x-api-key", "x-api-key: " + key, "X-API-Key: " + key);
        row(more, "a wrong token and a key", "x-api-key: " + key, "Authorization: Bearer a.b.c");
    }

    private void form() {
        String token = trust.token().sign();
        String invalid = "Invalid token.";
        for (String text : List.of("a", "a.b", "..", "a.b.c", "a.b.c.d.e", token + ".", "." + token, token + ".x")) {
            token(invalid, "not three parts: " + text.length(), text);
        }
        token(invalid, "padding", token + "=");
        token(invalid, "foreign characters", token.replaceFirst("\\.", ".\u00e9"));
        token(invalid, "base64 instead of base64url", token.substring(0, token.length() - 5) + "+/+/A");
        token(invalid, "non-zero trailing bits", token.substring(0, token.length() - 1) + "B");
        token(invalid, "over the size limit", token + "A".repeat(16 * 1024 + 1 - token.length()));
        token(invalid, "a header that is no object", trust.rawKey().sign("[\"RS256\"]", claims("")));
        token(invalid, "a header that is no JSON", trust.rawKey().sign("{alg:RS256}", claims("")));
        token(
                invalid,
                "a header that is not UTF-8",
                trust.rawKey().sign("{\"alg\":\"RS256\",\"x\":\"\u00e9\"}", claims("")));
        token(
                invalid,
                "duplicate members in the header",
                trust.rawKey().sign("{\"alg\":\"RS256\",\"kid\":\"raw\",\"alg\":\"RS256\"}", claims("")));
    }

    private void header() {
        String algorithm = "Invalid signing algorithm.";
        for (String name : List.of("none", "HS256", "rs256", "RS384", "RS512", "PS256", "ES256", "", "RS256 ")) {
            token(algorithm, "alg " + name, trust.token().header("alg", name).sign());
        }
        token(algorithm, "no alg", trust.token().header("alg", null).sign());
        token(
                algorithm,
                "alg is no string",
                trust.token().header("alg", List.of("RS256")).sign());
        String none = trust.token().header("alg", "none").keyId("nobody's").sign();
        token(algorithm, "alg none without a signature", none.substring(0, none.lastIndexOf('.') + 1));
        String invalid = "Invalid token.";
        token(invalid, "crit", trust.token().header("crit", List.of("exp")).sign());
        token(invalid, "b64", trust.token().header("b64", true).sign());
        token(invalid, "zip", trust.token().header("zip", "DEF").sign());
        token(invalid, "a nested token", trust.token().header("cty", "JWT").sign());
        for (String type : List.of("JWE", "dpop+jwt", "logout+jwt", "application/json", "")) {
            token(invalid, "typ " + type, trust.token().header("typ", type).sign());
        }
    }

    private void signature() {
        String wrong = "Invalid signature.";
        token(
                wrong,
                "a key that is not published",
                trust.token().keyId("unknown").sign());
        token(wrong, "signed by another key", trust.token().keyId(RawKey.ID).sign());
        token(
                wrong,
                "without kid, and there are two keys",
                trust.token().withoutKeyId().sign());
        String token = trust.token().sign();
        String other = trust.token().subject("admin").sign();
        token(
                wrong,
                "another token's claims",
                token.substring(0, token.indexOf('.'))
                        + other.substring(other.indexOf('.'), other.lastIndexOf('.'))
                        + token.substring(token.lastIndexOf('.')));
        token(wrong, "no signature", token.substring(0, token.lastIndexOf('.') + 1));
        token(
                wrong,
                "a key in the header",
                trust.token().header("jwk", Map.of("kty", "RSA")).keyId("jwk").sign());
    }

    private void payload() {
        String invalid = "Invalid token.";
        token(invalid, "claims that are no object", trust.rawKey().sign(HEADER, "[]"));
        token(invalid, "claims that are no JSON", trust.rawKey().sign(HEADER, claims("") + "}"));
        token(invalid, "claims that are not UTF-8", trust.rawKey().sign(HEADER, claims(",\"name\":\"\u00e9\"")));
        token(invalid, "duplicate claims", trust.rawKey().sign(HEADER, claims(",\"exp\":9999999999")));
        token(
                invalid,
                "claims nested too deeply",
                trust.rawKey().sign(HEADER, claims(",\"x\":" + "[".repeat(500) + "]".repeat(500))));
        for (String name : List.of("iss", "sub", "aud", "exp", "nbf", "iat")) {
            token(
                    invalid,
                    name + " of the wrong type",
                    trust.token().claim(name, Map.of()).sign());
            token(
                    invalid,
                    name + " is a boolean",
                    trust.token().claim(name, true).sign());
        }
    }

    private void expiry() {
        String invalid = "Invalid token.";
        token(invalid, "no exp", trust.token().claim("exp", null).sign());
        token(
                invalid,
                "exp as a string",
                trust.token().claim("exp", "9999999999").sign());
        token(
                invalid,
                "exp beyond the year 9999",
                trust.token().claim("exp", 253402300800L).sign());
        token(invalid, "exp before 1970", trust.token().claim("exp", -1).sign());
        token(
                invalid,
                "bound to a key",
                trust.token().claim("cnf", Map.of("jkt", "x")).sign());
    }

    /** A raw token's claims, good ones unless more of them are added. */
    private String claims(String more) {
        return "{\"iss\":\"" + trust.issuer() + "\",\"aud\":\"" + Trust.AUDIENCE + "\",\"azp\":\"" + Trust.PARTY
                + "\",\"exp\":" + Instant.now().plusSeconds(300).getEpochSecond() + more + "}";
    }

    private void times() {
        TokenBuilder expired = trust.token().expiresIn(Duration.ofSeconds(-1));
        token("Token has expired.", "expired", expired.sign());
        token(
                "Token has expired.",
                "expired, and wrong in every later way",
                expired.audience("x").issuer("x").sign());
        Instant later = Instant.now().plusSeconds(60);
        token(
                "Token is not yet valid.",
                "nbf in the future",
                trust.token().notBefore(later).sign());
        token(
                "Token is not yet valid.",
                "iat in the future",
                trust.token().issuedAt(later).sign());
    }

    private void claims() {
        for (String audience : List.of("other", "Catalogue", "catalogue ", "")) {
            token(
                    "Invalid audience.",
                    "aud " + audience,
                    trust.token().audience(audience).sign());
        }
        token("Invalid audience.", "no aud", trust.token().claim("aud", null).sign());
        token(
                "Invalid audience.",
                "aud without ours",
                trust.token().audience("a", "b").sign());
        for (String issuer : List.of(trust.issuer() + "/", "https://issuer.example", "")) {
            token(
                    "Invalid issuer.",
                    "iss " + issuer.length(),
                    trust.token().issuer(issuer).sign());
        }
        token("Invalid issuer.", "no iss", trust.token().claim("iss", null).sign());
        for (String party : List.of("https://app.example/", "https://other.example", "")) {
            token(
                    "Invalid authorized party.",
                    "azp " + party,
                    trust.token().authorizedParty(party).sign());
        }
        token(
                "Invalid authorized party.",
                "no azp",
                trust.token().claim("azp", null).sign());
    }

    private void keys() {
        String malformed = "Malformed API key.";
        String key = trust.key();
        for (String text : List.of(
                "grd_",
                "grd_live_",
                key + "0",
                key.substring(0, key.length() - 1),
                key.substring(0, 9) + key.substring(9).replaceAll("[0-9a-f]", "A"),
                key.replace("live", "prod"),
                key.replace("live", "LIVE"),
                key.substring(0, key.length() - 1) + "\u00e9")) {
            key(malformed, "malformed, " + text.length(), text);
        }
        row(malformed, "no key of ours", "x-api-key: " + trust.token().sign());
        row(malformed, "nothing in x-api-key", "x-api-key:");
        String unknown = "Invalid API key.";
        key(unknown, "never issued", "grd_live_" + "0".repeat(48));
        key(unknown, "of an environment that is not accepted", trust.key(Environment.TEST, Duration.ZERO, null));
        key(unknown, "of the other environment by its name alone", key.replace("live", "test"));
        String revoked = "API key has been revoked.";
        Duration day = Duration.ofDays(1);
        key(revoked, "revoked", trust.revokedKey(Duration.ZERO, null));
        key(revoked, "revoked and expired", trust.revokedKey(day, Duration.ofHours(1)));
        key("API key has expired.", "expired", trust.key(Environment.LIVE, day, Duration.ofHours(1)));
    }

    /** What is wrong only where keys have a greatest age. */
    static List<Row> tooOld(Trust trust) {
        Credentials all = new Credentials(trust);
        all.key("API key has expired.", "too old", trust.key(Environment.LIVE, Trust.OLDEST_KEY.plusSeconds(1), null));
        return all.rows;
    }

    /** Credentials that are let in as {@code user-1} or {@code account-1}, with one permission. */
    static List<Row> good(Trust trust, @Nullable String permission) {
        Credentials all = new Credentials(trust);
        String[] permissions = permission == null ? new String[0] : new String[] {permission};
        all.token("", "a token", trust.token().permissions(permissions).sign());
        all.token(
                "",
                "a token with other names",
                trust.token()
                        .permissions(permissions)
                        .audience("a", Trust.AUDIENCE)
                        .header("typ", "application/AT+JWT")
                        .issuedAt(Instant.now().plusSeconds(3))
                        .sign());
        all.token(
                "",
                "permissions in a string",
                trust.token()
                        .claim("permissions", String.join(" ", permissions))
                        .sign());
        String key = trust.key(permissions);
        all.key("", "a key", key);
        all.row("", "a key in both headers", "Authorization: bearer   " + key + " ", "X-API-KEY:\t" + key);
        return all.rows;
    }
}
