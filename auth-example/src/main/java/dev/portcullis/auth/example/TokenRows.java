package dev.portcullis.auth.example;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens up to their signature: form, header, key. */
final class TokenRows {

    private static final String INVALID = "Invalid token.";
    private static final String ALGORITHM = "Invalid signing algorithm.";
    private static final String SIGNATURE = "Invalid signature.";
    private static final int LONGEST = 16 * 1024;

    private final TourServers servers;
    private final TourTable table;
    private final Forge forge;
    private final String payload;
    private final String token;

    TokenRows(TourServers servers, TourTable table) {
        this.servers = servers;
        this.table = table;
        this.forge = servers.forge;
        this.payload = servers.payload(TourServers.unexpired());
        this.token = servers.token().sign();
    }

    void add() {
        addForms();
        addHeaders();
        addAlgorithms();
        addSignatures();
        addKeys();
    }

    private void addForms() {
        table.section("401: a token has one form, and one spelling");
        reject("abc", "one part", INVALID);
        reject(token.substring(0, token.lastIndexOf('.')), "two parts", INVALID);
        reject(token + ".", "four parts", INVALID);
        reject(token + "=", "padding", INVALID);
        reject(token.replace('.', ','), "commas", INVALID);
        reject(token.substring(0, 20) + "+" + token.substring(21), "a foreign character", INVALID);
        reject(otherSpelling(), "non-zero trailing bits", INVALID);
        reject(token + "a".repeat(LONGEST), "longer than 16 KiB", INVALID);
        reject(token + "a".repeat(2 * LONGEST), "longer than 32 KiB", INVALID);
        reject(forge.signed("[\"alg\"]", payload), "a header that is an array", INVALID);
        reject(forge.signed("{\"alg\":\"RS256\",\"alg\":\"RS256\"}", payload), "a member twice", INVALID);
        byte[] latin = "{\"alg\":\"RS256\",\"x\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        reject(forge.signed(latin, payload), "a header not in UTF-8", INVALID);
    }

    /** 256 bytes leave four bits in the last character that mean nothing: here one of them is set. */
    private String otherSpelling() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        return token.substring(0, token.length() - 1) + alphabet.charAt(last + 1);
    }

    private void addAlgorithms() {
        table.section("401: RS256 and nothing else, decided before any key is looked up");
        reject(forge.unsigned("{\"alg\":\"none\"}", payload), "alg none, no signature", ALGORITHM);
        reject(forge.signed("{\"alg\":\"none\"}", payload), "alg none, a signature", ALGORITHM);
        reject(forge.symmetric(payload), "HS256 with the published key as secret", ALGORITHM);
        reject(servers.token().header("alg", "rs256").sign(), "another case", ALGORITHM);
        reject(servers.token().header("alg", "RS512").sign(), "RS512", ALGORITHM);
        reject(servers.token().header("alg", 256).sign(), "no string", ALGORITHM);
        reject(servers.token().header("alg", null).sign(), "no alg", ALGORITHM);
        reject(forge.signed("{\"alg\":\"none\",\"crit\":[]}", payload), "before crit", ALGORITHM);
    }

    private void addHeaders() {
        table.section("401: headers that change what a token means");
        reject(header("crit", List.of("exp")), "crit", INVALID);
        reject(header("b64", true), "b64", INVALID);
        reject(header("zip", "DEF"), "zip", INVALID);
        reject(header("cty", "JWT"), "a nested token", INVALID);
        reject(header("typ", "dpop+jwt"), "another type", INVALID);
        accept(header("typ", "application/at+jwt"), "an access token, RFC 9068");
        accept(header("typ", null), "no typ");
    }

    private String header(String name, @Nullable Object value) {
        return servers.token().header(name, value).sign();
    }

    private void addSignatures() {
        table.section("401: the signature");
        int middle = token.lastIndexOf('.') + 100;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';
        reject(token.substring(0, middle) + other + token.substring(middle + 1), "one character changed", SIGNATURE);
        String changed = servers.token().subject("user_admin").sign();
        String stolen = changed.substring(0, changed.lastIndexOf('.')) + token.substring(token.lastIndexOf('.'));
        reject(stolen, "another token's signature", SIGNATURE);
        reject(token.substring(0, token.lastIndexOf('.') + 1), "an empty one", SIGNATURE);
        reject(by(servers.issuer.keyId()), "by another key under this name", SIGNATURE);
        reject(servers.token().keyId("nobody").sign(), "a kid that names no key", SIGNATURE);
        reject(
                servers.token().expiresIn(Duration.ofHours(-1)).keyId("nobody").sign(),
                "expired too: claims come after",
                SIGNATURE);
    }

    private void addKeys() {
        table.section("401: keys that are never used, and one that is");
        accept(forge.signed(payload), "a usable key among unusable ones");
        reject(forge.signedTooShort(payload), "an RSA key of 1024 bits", SIGNATURE);
        reject(by(Forge.ENCRYPTION), "use is enc", SIGNATURE);
        reject(by(Forge.OTHER_ALGORITHM), "alg of the key is RS512", SIGNATURE);
        reject(by(Forge.TWINS), "two keys with one kid", SIGNATURE);
        reject(servers.token().withoutKeyId().sign(), "no kid, several keys", SIGNATURE);
        String jwk = "{\"alg\":\"RS256\",\"jwk\":" + forge.goodKey() + ",\"kid\":\"mine\"}";
        reject(forge.signed(jwk, payload), "it brings its key in jwk", SIGNATURE);
        String jku = "{\"alg\":\"RS256\",\"jku\":\"" + servers.issuer.jwks() + "\",\"kid\":\"mine\"}";
        reject(forge.signed(jku, payload), "it names a key set in jku", SIGNATURE);
    }

    private String by(String kid) {
        return forge.signed(Forge.header(kid), payload);
    }

    private void reject(String bad, String about, String detail) {
        table.row(servers.main, ask(bad, about), Expected.rejected(detail));
    }

    private void accept(String good, String about) {
        table.row(servers.main, ask(good, about), Expected.status(200));
    }

    private static Ask ask(String credential, String about) {
        return Ask.get("/api/v1/leagues/").bearer(credential).about(about);
    }
}
