package dev.portcullis.auth.testkit;

import java.util.List;

/** Headers that are no JSON object, or change what the token means. */
final class HeaderFaults {

    /** Each a name and a value: RFC 7515 section 4.1, RFC 7516 section 4.1.3, RFC 7797, RFC 8725 section 3.11. */
    private static final String PARAMETERS = """
            crit []
            crit ["exp"]
            crit ["b64"]
            crit ["alg"]
            crit [""]
            crit ["x","x"]
            crit "exp"
            crit null
            crit {}
            crit 7
            b64 false
            b64 true
            b64 null
            b64 "false"
            b64 0
            zip "DEF"
            zip ""
            zip "none"
            zip null
            zip []
            cty "JWT"
            cty "jwt"
            cty "application/jwt"
            cty "Application/JWT"
            cty null
            cty 5
            cty ["json"]
            cty {}
            typ ""
            typ "JWE"
            typ "JOSE"
            typ "JOSE+JSON"
            typ "dpop+jwt"
            typ "id+jwt"
            typ "logout+jwt"
            typ "secevent+jwt"
            typ "kb+jwt"
            typ "entity-statement+jwt"
            typ "at+jwt;v=1"
            typ "JWT "
            typ " JWT"
            typ "JWT\\u0000"
            typ "application/"
            typ "application/application/jwt"
            typ "text/jwt"
            typ "at +jwt"
            typ "at%2Bjwt"
            typ "J\u017aT"
            typ "\uff2aWT"
            typ "\u212aWT"
            typ null
            typ 7
            typ true
            typ ["JWT"]
            typ {}
            """;

    private final Forge forge;
    private final Members header;
    private final Members claims;

    HeaderFaults(Forge forge) {
        this.forge = forge;
        this.header = forge.header();
        this.claims = forge.claims();
    }

    List<HostileToken> texts() {
        Batch batch = new Batch("header");
        byte[] payload = Forge.utf8(claims.toString());
        JSONFaults.of(header).forEach((fault, text) -> batch.add(fault, forge.token(text, payload), Words.TOKEN));
        batch.add("none behind RS256", token("{\"alg\":\"RS256\",\"alg\":\"none\"}"), Words.TOKEN)
                .add("RS256 behind none", token("{\"alg\":\"none\",\"alg\":\"RS256\"}"), Words.TOKEN)
                .add("two kids", token(header.open() + ",\"kid\":\"other\"}"), Words.TOKEN);
        return batch.tokens();
    }

    private String token(String text) {
        return forge.token(Forge.utf8(text), Forge.utf8(claims.toString()));
    }

    List<HostileToken> parameters() {
        Batch batch = new Batch("parameter");
        PARAMETERS.lines().forEach(parameter -> {
            int space = parameter.indexOf(' ');
            Members spoiled = header.with(parameter.substring(0, space), parameter.substring(space + 1));
            batch.add(parameter, forge.token(spoiled, claims), Words.TOKEN);
        });
        Members b64 = header.with("b64", "false").with("crit", "[\"b64\"]");
        batch.add("RFC 7797", forge.token(b64, claims), Words.TOKEN);
        String plain = Forge.base64(b64.toString()) + "." + "claims";
        batch.add("RFC 7797 with a payload that is not encoded", forge.signed(plain), Words.TOKEN);
        return batch.tokens();
    }
}
