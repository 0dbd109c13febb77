package dev.portcullis.auth.testkit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Well-signed tokens with claims that are no claims, or the wrong ones (RFC 7519 section 4.1). */
final class ClaimFaults {

    private static final List<String> TEXTS = List.of("iss", "sub", "jti");
    private static final List<String> DATES = List.of("exp", "nbf", "iat");

    /** Before 1970, after 9999, or more than any number holds. */
    private static final List<String> NO_DATES = List.of(
            "-1",
            "-0.001",
            "-1e9",
            "253402300800",
            "253402300800.0",
            "99999999999999999999",
            "1e12",
            "1e300",
            "1e400",
            "1e999");

    /** Longer than any test takes. */
    private static final Duration DAY = Duration.ofDays(1);

    /** What {@code nbf} and {@code iat} may lie ahead by default. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private final Forge forge;
    private final Members claims;

    ClaimFaults(Forge forge) {
        this.forge = forge;
        this.claims = forge.claims();
    }

    private String token(Members spoiled) {
        return forge.token(forge.header(), spoiled);
    }

    List<HostileToken> texts() {
        Batch batch = new Batch("payload");
        byte[] header = Forge.utf8(forge.header().toString());
        JSONFaults.of(claims).forEach((fault, text) -> batch.add(fault, forge.token(header, text), Words.TOKEN));
        batch.add("a token in the token", forge.token(header, Forge.utf8(forge.good())), Words.TOKEN);
        return batch.tokens();
    }

    List<HostileToken> types() {
        Batch batch = new Batch("type");
        for (String value : List.of("null", "7", "true", "[]", "[\"x\"]", "{}")) {
            TEXTS.forEach(name -> batch.add(name + " " + value, token(claims.with(name, value)), Words.TOKEN));
        }
        String exp = claims.text("exp");
        for (String value :
                List.of("null", "\"\"", "\"" + exp + "\"", "true", "[" + exp + "]", "{}", "\"2030-01-01T00:00:00Z\"")) {
            DATES.forEach(name -> batch.add(name + " " + value, token(claims.with(name, value)), Words.TOKEN));
        }
        addAudienceTypes(batch);
        return batch.tokens();
    }

    private void addAudienceTypes(Batch batch) {
        String audience = Members.quoted(forge.audience());
        for (String value : List.of(
                "null",
                "7",
                "false",
                "{}",
                "{" + audience + ":true}",
                "[null]",
                "[7]",
                "[[" + audience + "]]",
                "[" + audience + ",null]",
                "[7," + audience + "]",
                "[{}," + audience + "]")) {
            batch.add("aud " + value, token(claims.with("aud", value)), Words.TOKEN);
        }
    }

    List<HostileToken> dates() {
        Batch batch = new Batch("date");
        batch.add("no exp", token(claims.without("exp")), Words.TOKEN);
        batch.add("exp of another case", token(claims.without("exp").with("EXP", claims.text("exp"))), Words.TOKEN);
        for (String value : NO_DATES) {
            batch.add("exp " + value, token(claims.with("exp", value)), Words.TOKEN);
        }
        String milliseconds = Long.toString(forge.millis(DAY));
        batch.add("exp in milliseconds", token(claims.with("exp", milliseconds)), Words.TOKEN);
        expired().forEach((fault, value) -> batch.add(fault, token(claims.with("exp", value)), Words.EXPIRED));
        for (String name : List.of("nbf", "iat")) {
            for (String value : List.of(forge.seconds(DAY), "253402300799", "1e11", "1e300", milliseconds)) {
                batch.add(name + " " + value, token(claims.with(name, value)), Words.NOT_YET);
            }
        }
        return batch.tokens();
    }

    /** "exp has no grace": no later than now, also by a fraction of a second, however it is written. */
    private Map<String, String> expired() {
        Map<String, String> expired = new LinkedHashMap<>();
        long now = forge.millis(Duration.ZERO);
        expired.put("exp now", forge.seconds(Duration.ZERO));
        expired.put("exp now in milliseconds with an exponent", now + "e-3");
        expired.put("exp now with zeros", forge.seconds(Duration.ZERO) + "000000");
        expired.put("exp now with a large exponent", "0." + "0".repeat(10) + now + "E+" + 20);
        expired.put("exp this second", Long.toString(now / 1000));
        expired.put("exp a millisecond ago", forge.seconds(Duration.ofMillis(-1)));
        expired.put("exp a second ago", forge.seconds(Duration.ofSeconds(-1)));
        expired.put("exp five seconds ago", forge.seconds(Duration.ofSeconds(-5)));
        expired.put("exp a minute ago", forge.seconds(Duration.ofMinutes(-1)));
        expired.put("exp a year ago", forge.seconds(Duration.ofDays(-365)));
        expired.put("exp 0", "0");
        expired.put("exp -0", "-0");
        expired.put("exp 0.5", "0.5");
        expired.put("exp 1e-400", "1e-400");
        return expired;
    }

    /** Right only while the clock stands still. */
    List<HostileToken> atTheSkew() {
        Batch batch = new Batch("skew");
        for (String name : List.of("nbf", "iat")) {
            for (Duration over : List.of(
                    Duration.ofMillis(1), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(55))) {
                String value = forge.seconds(SKEW.plus(over));
                batch.add(name + " over by " + over, token(claims.with(name, value)), Words.NOT_YET);
            }
            String exponent = forge.millis(SKEW.plusMillis(1)) + "E-3";
            batch.add(name + " over, with an exponent", token(claims.with(name, exponent)), Words.NOT_YET);
        }
        return batch.tokens();
    }

    List<HostileToken> audiences() {
        Batch batch = new Batch("aud");
        batch.add("missing", token(claims.without("aud")), Words.AUDIENCE)
                .add(
                        "of another case",
                        token(claims.withText("AUD", forge.audience()).without("aud")),
                        Words.AUDIENCE);
        for (String other : others(forge.audience())) {
            String quoted = Members.quoted(other);
            batch.add(quoted, token(claims.with("aud", quoted)), Words.AUDIENCE);
            batch.add("[" + quoted + "]", token(claims.with("aud", "[" + quoted + "]")), Words.AUDIENCE);
        }
        batch.add("[]", token(claims.with("aud", "[]")), Words.AUDIENCE)
                .add("two others", token(claims.with("aud", "[\"x\",\"y\"]")), Words.AUDIENCE)
                .add(
                        "a thousand others",
                        token(claims.with("aud", "[" + "\"x\",".repeat(999) + "\"x\"]")),
                        Words.AUDIENCE);
        return batch.tokens();
    }

    List<HostileToken> issuers(String attacker) {
        Batch batch = new Batch("iss");
        String name = forge.issuer();
        batch.add("missing", token(claims.without("iss")), Words.ISSUER)
                .add("of another case", token(claims.without("iss").withText("ISS", name)), Words.ISSUER)
                .add("another issuer", token(claims.withText("iss", attacker)), Words.ISSUER)
                .add("https", token(claims.withText("iss", name.replace("http:", "https:"))), Words.ISSUER)
                .add("no scheme", token(claims.withText("iss", name.replace("http://", ""))), Words.ISSUER)
                .add("user information", token(claims.withText("iss", name.replace("://", "://a@"))), Words.ISSUER)
                .add(
                        "another spelling",
                        token(claims.withText("iss", name.replace("127.0.0.1", "127.1"))),
                        Words.ISSUER)
                .add(
                        "a name for the address",
                        token(claims.withText("iss", name.replace("127.0.0.1", "localhost"))),
                        Words.ISSUER);
        for (String other : others(name)) {
            batch.add(Members.quoted(other), token(claims.withText("iss", other)), Words.ISSUER);
        }
        return batch.tokens();
    }

    List<HostileToken> parties(String party) {
        Batch batch = new Batch("azp");
        batch.add("missing", token(claims), Words.PARTY)
                .add("of another case", token(claims.withText("AZP", party)), Words.PARTY)
                .add("client_id", token(claims.withText("client_id", party)), Words.PARTY);
        for (String other : others(party)) {
            batch.add(Members.quoted(other), token(claims.withText("azp", other)), Words.PARTY);
        }
        String quoted = Members.quoted(party);
        for (String value : List.of("null", "7", "true", "{}", "[]", "[" + quoted + "]", "{" + quoted + ":1}")) {
            batch.add("value " + value, token(claims.with("azp", value)), Words.PARTY);
        }
        Members wrong = claims.withText("azp", "x");
        batch.add("and another issuer", token(wrong.withText("iss", "x")), Words.ISSUER)
                .add("and another audience", token(wrong.withText("aud", "x")), Words.AUDIENCE)
                .add("and expired", token(wrong.with("exp", "1")), Words.EXPIRED)
                .add("and not yet valid", token(wrong.with("nbf", forge.seconds(DAY))), Words.NOT_YET);
        return batch.tokens();
    }

    /** What is like a name and is not it: compared as an exact string, a name is nothing but itself. */
    private static List<String> others(String name) {
        return Stream.of(
                        "",
                        "*",
                        name.toUpperCase(Locale.ROOT),
                        name.toLowerCase(Locale.ROOT),
                        name + "/",
                        name + " ",
                        " " + name,
                        name + "\0",
                        name + "\n",
                        name + "\u200b",
                        "\ufeff" + name,
                        name + "#",
                        name + "," + name,
                        name + " " + name,
                        name.substring(1),
                        name.substring(0, name.length() - 1),
                        name + ".evil.example",
                        "[" + Members.quoted(name) + "]",
                        "%" + name)
                .distinct()
                .filter(other -> !other.equals(name))
                .toList();
    }

    List<HostileToken> bound() {
        Batch batch = new Batch("cnf");
        for (String value : List.of(
                "{\"jkt\":\"" + "A".repeat(43) + "\"}",
                "{\"x5t#S256\":\"" + "A".repeat(43) + "\"}",
                "{\"kid\":\"x\"}",
                "{\"jwk\":{}}",
                "{}",
                "null",
                "true",
                "\"\"",
                "[]")) {
            batch.add(value, token(claims.with("cnf", value)), Words.TOKEN);
        }
        return batch.tokens();
    }
}
