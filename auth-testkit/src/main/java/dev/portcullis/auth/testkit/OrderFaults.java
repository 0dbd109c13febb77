package dev.portcullis.auth.testkit;

import java.util.List;

/** Tokens with two faults or more: the contract's earlier row wins. */
final class OrderFaults {

    private static final String NEVER = "253402300799";

    private final Forge forge;
    private final Members header;
    private final Members claims;
    private final Batch batch = new Batch("order");

    OrderFaults(Forge forge) {
        this.forge = forge;
        this.header = forge.header();
        this.claims = forge.claims();
    }

    List<HostileToken> tokens() {
        addForm();
        addAlgorithm();
        addParameters();
        addSignature();
        addClaims();
        return batch.tokens();
    }

    private String unsigned(Members head, Members body) {
        return Forge.input(head, body) + "." + Forge.base64(new byte[256]);
    }

    private void addForm() {
        Members none = header.withText("alg", "none");
        String text = none.open();
        batch.add("four parts before alg", Forge.input(none, claims) + "..", Words.TOKEN)
                .add("padding before alg", Forge.input(none, claims) + ".=", Words.TOKEN)
                .add("a payload that is no base64url before alg", Forge.base64(none.toString()) + ".!.", Words.TOKEN)
                .add("spaces before all", Forge.input(none, claims) + " .", Words.SPACES)
                .add("size before alg", Forge.input(none, claims) + "." + "A".repeat(16 * 1024), Words.TOKEN)
                .add(
                        "a duplicate before alg",
                        forge.token(Forge.utf8(text + ",\"typ\":\"JWT\"}"), new byte[0]),
                        Words.TOKEN)
                .add(
                        "text behind the header before alg",
                        forge.token(Forge.utf8(none + "x"), new byte[0]),
                        Words.TOKEN);
    }

    private void addAlgorithm() {
        Members none = header.withText("alg", "none");
        batch.add("alg before crit", unsigned(none.with("crit", "[\"x\"]"), claims), Words.ALGORITHM)
                .add("alg before typ", unsigned(none.withText("typ", "x"), claims), Words.ALGORITHM)
                .add("alg before zip", unsigned(none.withText("zip", "DEF"), claims), Words.ALGORITHM)
                .add("alg before kid", unsigned(none.withText("kid", "x"), claims), Words.ALGORITHM)
                .add("alg before the payload", Forge.base64(none.toString()) + ".AAAA.", Words.ALGORITHM)
                .add("alg before exp", unsigned(none, claims.with("exp", "1")), Words.ALGORITHM)
                .add(
                        "alg before everything",
                        unsigned(none.with("crit", "1").with("kid", "1"), Members.none()),
                        Words.ALGORITHM);
    }

    private void addParameters() {
        batch.add("crit before kid", unsigned(header.with("crit", "[\"x\"]").withText("kid", "x"), claims), Words.TOKEN)
                .add("typ before the signature", unsigned(header.withText("typ", "x"), claims), Words.TOKEN)
                .add("b64 before the signature", unsigned(header.with("b64", "false"), claims), Words.TOKEN)
                .add("cty before exp", unsigned(header.withText("cty", "JWT"), claims.with("exp", "1")), Words.TOKEN)
                .add(
                        "zip before the payload",
                        Forge.base64(header.withText("zip", "DEF").toString()) + ".AAAA.",
                        Words.TOKEN);
    }

    /** "Nothing about a token's claims is told before its signature has been verified." */
    private void addSignature() {
        Members unknown = header.withText("kid", "x");
        batch.add("kid before exp", forge.token(unknown, claims.with("exp", "1")), Words.SIGNATURE)
                .add("kid before iss", forge.token(unknown, claims.withText("iss", "x")), Words.SIGNATURE)
                .add(
                        "kid before the payload",
                        forge.signed(Forge.base64(unknown.toString()) + ".AAAA"),
                        Words.SIGNATURE)
                .add("signature before the payload", Forge.base64(header.toString()) + ".AAAA.AAAA", Words.SIGNATURE)
                .add("signature before a payload of nothing", unsigned(header, Members.none()), Words.SIGNATURE)
                .add("signature before types", unsigned(header, claims.with("sub", "1")), Words.SIGNATURE)
                .add("signature before exp", unsigned(header, claims.with("exp", "1")), Words.SIGNATURE)
                .add("signature before nbf", unsigned(header, claims.with("nbf", NEVER)), Words.SIGNATURE)
                .add("signature before aud", unsigned(header, claims.without("aud")), Words.SIGNATURE)
                .add("signature before iss", unsigned(header, claims.withText("iss", "x")), Words.SIGNATURE)
                .add("signature before cnf", unsigned(header, claims.with("cnf", "{}")), Words.SIGNATURE);
    }

    private void addClaims() {
        Members expired = claims.with("exp", "1");
        Members early = claims.with("nbf", NEVER);
        add("types before exp", expired.with("jti", "1"), Words.TOKEN);
        add("no exp before nbf", early.without("exp"), Words.TOKEN);
        add("types before nbf", early.with("aud", "[1]"), Words.TOKEN);
        add("types before aud", claims.withText("aud", "x").with("iat", "\"\""), Words.TOKEN);
        add("types before iss", claims.withText("iss", "x").with("sub", "null"), Words.TOKEN);
        add("exp before nbf", expired.with("nbf", NEVER), Words.EXPIRED);
        add("exp before iat", expired.with("iat", NEVER), Words.EXPIRED);
        add("exp before aud", expired.without("aud"), Words.EXPIRED);
        add("exp before iss", expired.without("iss"), Words.EXPIRED);
        add("nbf before aud", early.withText("aud", "x"), Words.NOT_YET);
        add("iat before aud", claims.with("iat", NEVER).with("aud", "[]"), Words.NOT_YET);
        add("nbf before iss", early.withText("iss", "x"), Words.NOT_YET);
        add("aud before iss", claims.without("aud").without("iss"), Words.AUDIENCE);
        add("exp before everything", expired.with("nbf", NEVER).without("aud").without("iss"), Words.EXPIRED);
    }

    private void add(String fault, Members spoiled, String detail) {
        batch.add(fault, forge.token(header, spoiled), detail);
    }
}
