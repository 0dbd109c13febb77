package dev.portcullis.auth.testkit;

import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys that the token brings along, points to, or names, and that the issuer does not publish. */
final class KeyFaults {

    /** Where a {@code kid} ends up when a careless server looks it up: paths, queries, commands, templates, logs. */
    private static final List<String> NAMES = List.of(
            "",
            "0",
            "*",
            "%",
            "null",
            "undefined",
            "../../../../../../dev/null",
            "/dev/null",
            "/proc/sys/kernel/ostype",
            "..\\..\\windows\\win.ini",
            "file:///dev/null",
            "http://169.254.169.254/latest/meta-data/",
            "x' UNION SELECT 'secret'-- ",
            "' OR '1'='1",
            "1; DROP TABLE keys",
            "| id",
            "`id`",
            "$(id)",
            "${jndi:ldap://127.0.0.1/a}",
            "{{7*7}}",
            "<script>alert(1)</script>",
            "\r\nX-Admin: 1",
            "a\nERROR forged line",
            "\u001b[31m",
            "\u202e",
            "\0",
            "__proto__",
            "constructor",
            "\ud83d\udd11",
            "AAAA".repeat(1000));

    private final Forge forge;
    private final Members header;
    private final Members claims;
    private final TokenIssuer attacker;
    private final IssuerKey attackersKey;

    KeyFaults(Forge forge, TokenIssuer attacker) {
        this.forge = forge;
        this.header = forge.header();
        this.claims = forge.claims();
        this.attacker = attacker;
        this.attackersKey = attacker.key(attacker.keyId());
    }

    private String byAttacker(Members forgedHeader, Members forgedClaims) {
        String input = Forge.input(forgedHeader, forgedClaims);
        return input + "." + IssuerKey.sign(attackersKey.privateKey(), input);
    }

    List<HostileToken> foreign() {
        Batch batch = new Batch("key");
        Members othersClaims = claims.withText("iss", attacker.issuer());
        batch.add("of another issuer", byAttacker(header, claims), Words.SIGNATURE)
                .add("of another issuer, without kid", byAttacker(header.without("kid"), claims), Words.SIGNATURE)
                .add(
                        "of another issuer, by a kid of its own",
                        byAttacker(header.withText("kid", "theirs"), claims),
                        Words.SIGNATURE)
                .add("of another issuer, which it names", byAttacker(header, othersClaims), Words.SIGNATURE)
                .add(
                        "of another issuer, alg alone",
                        byAttacker(Members.none().withText("alg", "RS256"), claims),
                        Words.SIGNATURE);
        parameters().forEach((fault, parameter) -> addBrought(batch, fault, parameter));
        return batch.tokens();
    }

    private void addBrought(Batch batch, String fault, String parameter) {
        Members brought = header.with(fault.substring(0, fault.indexOf(' ')), parameter);
        batch.add(fault, byAttacker(brought, claims), Words.SIGNATURE)
                .add(fault + ", without kid", byAttacker(brought.without("kid"), claims), Words.SIGNATURE)
                .add(
                        fault + ", by a kid of its own",
                        byAttacker(brought.withText("kid", "theirs"), claims),
                        Words.SIGNATURE);
    }

    /** RFC 7515 sections 4.1.2 to 4.1.8: never followed. */
    private Map<String, String> parameters() {
        String url = attacker.jwks().toString();
        String jwk = attackersKey.published().toJSONString();
        String der = Base64.getEncoder().encodeToString(attackersKey.publicKey().getEncoded());
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("jku of the attacker", Members.quoted(url));
        parameters.put("jku behind the issuer's name", Members.quoted(behindIssuersName()));
        parameters.put("jku with the issuer in its query", Members.quoted(url + "?" + forge.issuer()));
        parameters.put("jku with data", Members.quoted("data:application/json,{\"keys\":[" + jwk + "]}"));
        parameters.put("jku of a list", "[" + Members.quoted(url) + "]");
        parameters.put("x5u of the attacker", Members.quoted(url));
        parameters.put("jwk of the attacker", jwk);
        parameters.put("jwk of a key set", "{\"keys\":[" + jwk + "]}");
        parameters.put("jwk of a symmetric key", "{\"kty\":\"oct\",\"k\":\"AA\"}");
        parameters.put("x5c of the attacker", "[\"" + der + "\"]");
        parameters.put("x5t of the attacker", Members.quoted("A".repeat(27)));
        parameters.put("x5t#S256 of the attacker", Members.quoted("A".repeat(43)));
        return parameters;
    }

    private String behindIssuersName() {
        URI to = attacker.jwks();
        return "http://" + URI.create(forge.issuer()).getHost() + "@" + to.getAuthority() + to.getPath();
    }

    /** The right key signs, but what names it is another name: nothing is guessed. */
    List<HostileToken> names() {
        Batch batch = new Batch("kid");
        String known = forge.key().keyId();
        for (String name : NAMES) {
            String shown = name.length() < 100 ? Members.quoted(name) : name.length() + " characters";
            batch.add(shown, forge.token(header.withText("kid", name), claims), Words.SIGNATURE);
        }
        for (String near : near(known)) {
            String kid = Members.quoted(near);
            batch.add("near " + kid, forge.token(header.with("kid", kid), claims), Words.SIGNATURE);
        }
        for (String value : List.of("null", "7", "-1", "1.5", "true", "[]", "{}", "[" + Members.quoted(known) + "]")) {
            batch.add("value " + value, forge.token(header.with("kid", value), claims), Words.SIGNATURE);
        }
        batch.add(
                "the attacker's URL",
                byAttacker(header.withText("kid", attacker.jwks().toString()), claims),
                Words.SIGNATURE);
        return batch.tokens();
    }

    private static List<String> near(String known) {
        return List.of(
                known + " ",
                " " + known,
                known + "\0",
                known + "\n",
                known + "/",
                "./" + known,
                known + "\u200b",
                "\ufeff" + known,
                known + "," + known,
                known + "' OR '1'='1");
    }
}
