package dev.portcullis.auth.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is not three parts of strict base64url with dots between (RFC 7515 section 7.1), and all other spellings. */
final class FormFaults {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final List<String> PARTS = List.of("header", "payload", "signature");

    /** What a lenient decoder skips, or takes for another character; some cannot be sent over HTTP. */
    private static final List<String> FOREIGN = List.of(
            " ",
            "\t",
            "\n",
            "\r\n",
            "\0",
            "\u000b",
            "+",
            "/",
            "!",
            "*",
            ",",
            ":",
            "\"",
            "%",
            "\u007f",
            "\u0085",
            "\u00a0",
            "\u00ad",
            "\u00e9",
            "\u00ff",
            "\u0130",
            "\u0410",
            "\u200b",
            "\u2028",
            "\u0141",
            "\uff21",
            "\ufeff",
            "\ud83d\udd11");

    /** By default a token may have 16 KiB. */
    private static final int MAXIMUM_LENGTH = 16 * 1024;

    private final Forge forge;
    private final Batch batch = new Batch("form");
    private final Members header;
    private final Members claims;
    private final String good;
    private final List<String> part;

    FormFaults(Forge forge) {
        this.forge = forge;
        this.header = withBitsLeftOver(forge.header());
        this.claims = withBitsLeftOver(forge.claims());
        this.good = forge.token(header, claims);
        this.part = List.of(good.split("\\.", -1));
    }

    /** Of such a length that the last character of its base64url has four bits that stand for nothing. */
    private static Members withBitsLeftOver(Members object) {
        Members padded = object.withText("x", "");
        for (int i = 0; Forge.utf8(padded.toString()).length % 3 != 1; i++) {
            padded = object.withText("x", "x".repeat(i));
        }
        return padded;
    }

    List<HostileToken> tokens() {
        addWrongNumberOfParts();
        addEmptyParts();
        addOtherSerializations();
        addWrappings();
        addSpellingsOfTheWhole();
        for (int i = 0; i < 3; i++) {
            addSpellings(i);
            addLastCharacters(i);
        }
        addOversize();
        return batch.tokens();
    }

    private void addWrongNumberOfParts() {
        batch.add("nothing", "", Words.NOTHING);
        for (String text : List.of(".", "...", "....", "x", "null", "undefined", "%00", "-", "=", "Bearer")) {
            batch.add("'" + text + "'", text, Words.TOKEN);
        }
        batch.add("one part", part.get(0), Words.TOKEN)
                .add("two parts", part.get(0) + "." + part.get(1), Words.TOKEN)
                .add("four parts", good + "." + part.get(2), Words.TOKEN)
                .add("a dot at the beginning", "." + good, Words.TOKEN)
                .add("a dot at the end", good + ".", Words.TOKEN)
                .add("two dots after the header", good.replaceFirst("\\.", ".."), Words.TOKEN)
                .add("two tokens with a comma", good + "," + good, Words.TOKEN)
                .add("two tokens with a dot", good + "." + good, Words.TOKEN)
                .add("two tokens with a space", good + " " + good, Words.SPACES);
    }

    /** Nothing at all is strict base64url, for no bytes. */
    private void addEmptyParts() {
        batch.add("three empty parts", "..", Words.TOKEN)
                .add("an empty header", forge.signed("." + part.get(1)), Words.TOKEN)
                .add("an empty payload", forge.signed(part.get(0) + "."), Words.TOKEN)
                .add("an empty signature", part.get(0) + "." + part.get(1) + ".", Words.SIGNATURE)
                .add("a detached payload", part.get(0) + ".." + part.get(2), Words.SIGNATURE);
    }

    /** RFC 7516 section 7.1 and RFC 7515 section 7.2. */
    private void addOtherSerializations() {
        String more = "." + "A".repeat(16) + "." + "A".repeat(64) + "." + "A".repeat(22);
        for (String alg : List.of("RSA-OAEP-256", "RSA1_5", "dir", "RS256")) {
            String jwe = Forge.base64("{\"alg\":\"" + alg + "\",\"enc\":\"A256GCM\"}");
            batch.add("JWE with " + alg, jwe + "." + (alg.equals("dir") ? "" : part.get(2)) + more, Words.TOKEN);
        }
        String signed = "\"protected\":\"" + part.get(0) + "\",\"signature\":\"" + part.get(2) + "\"";
        String payload = "\"payload\":\"" + part.get(1) + "\"";
        batch.add("flattened JSON", "{" + payload + "," + signed + "}", Words.TOKEN)
                .add("general JSON", "{" + payload + ",\"signatures\":[{" + signed + "}]}", Words.TOKEN)
                .add("a JSON string", "\"" + good + "\"", Words.TOKEN);
    }

    private void addWrappings() {
        for (String pair : List.of("''", "<>", "()", "[]", "{}", "``")) {
            batch.add("inside " + pair, pair.charAt(0) + good + pair.charAt(1), Words.TOKEN);
        }
        for (String before :
                List.of("Bearer:", "Bearer%20", "bearer=", "JWT:", "access_token=", "urn:ietf:params:", "+")) {
            batch.add("after " + before, before + good, Words.TOKEN);
        }
        for (String after : List.of(";", ",", "#", "?x=1", "&x=1", "~", "/", "%00", "%20", "%0a")) {
            batch.add("before " + after, good + after, Words.TOKEN);
        }
        batch.add("the scheme twice", "Bearer " + good, Words.SPACES);
        batch.add("the scheme twice with a tab", "Bearer\t" + good, Words.SPACES);
    }

    private void addSpellingsOfTheWhole() {
        Map<String, String> dots = new LinkedHashMap<>();
        dots.put("percent-encoded dots", "%2E");
        dots.put("escaped dots", "\\u002e");
        dots.put("entities for dots", "&#46;");
        dots.put("leader dots", "\u2024");
        dots.put("wide dots", "\uff0e");
        dots.put("middle dots", "\u00b7");
        dots.put("commas for dots", ",");
        dots.forEach((name, dot) -> batch.add(name, good.replace(".", dot), Words.TOKEN));
        batch.add("in lower case", good.toLowerCase(Locale.ROOT), Words.TOKEN)
                .add("in upper case", good.toUpperCase(Locale.ROOT), Words.TOKEN)
                .add("backwards", new StringBuilder(good).reverse().toString(), Words.TOKEN)
                .add("in base64url once more", Forge.base64(good), Words.TOKEN)
                .add("with a NUL after each character", good.replaceAll("(?s)(.)", "$1\0"), Words.TOKEN)
                .add("with a byte order mark", "\ufeff" + good, Words.TOKEN)
                .add("with a byte order mark of bytes", "\u00ef\u00bb\u00bf" + good, Words.TOKEN)
                .add("with a line feed at the end", good + "\n", Words.TOKEN)
                .add("with a line break at the end", good + "\r\n", Words.TOKEN)
                .add("with a NUL at the end", good + "\0", Words.TOKEN)
                .add("with a header line behind it", good + "\r\nX-Admin:1", Words.TOKEN);
    }

    /** "A second spelling of a token is never accepted", whether the issuer signed that very spelling or another. */
    private void addSpellings(int index) {
        String text = part.get(index);
        spellings(text).forEach((fault, other) -> {
            boolean spaced = other.indexOf(' ') >= 0 || other.indexOf('\t') >= 0;
            addSpelling(index, fault, other, spaced ? Words.SPACES : Words.TOKEN);
        });
    }

    private void addSpelling(int index, String fault, String other, String detail) {
        String name = PARTS.get(index) + " with " + fault;
        String head = index == 0 ? other : part.get(0);
        String body = index == 1 ? other : part.get(1);
        batch.add(name, head + "." + body + "." + (index == 2 ? other : part.get(2)), detail);
        if (index < 2) {
            batch.add(name + ", signed so", forge.signed(head + "." + body), detail);
        }
    }

    private static Map<String, String> spellings(String text) {
        Map<String, String> others = new LinkedHashMap<>();
        int middle = text.length() / 2;
        String left = text.substring(0, middle);
        String right = text.substring(middle);
        others.put("padding", text + "==");
        others.put("half the padding", text + "=");
        others.put("percent-encoded padding", text + "%3D%3D");
        others.put("padding in the middle", left + "==" + right);
        others.put("padding at the beginning", "=" + text);
        others.put("one character too many", text + "AAA");
        for (String foreign : FOREIGN) {
            others.put(String.format("U+%04X inside", foreign.codePointAt(0)), left + foreign + right);
        }
        others.put(
                "a character percent-encoded",
                left + String.format("%%%02X", (int) right.charAt(0)) + right.substring(1));
        return others;
    }

    /** RFC 4648 section 3.5: every other last character that a lenient decoder takes for the same bytes. */
    private void addLastCharacters(int index) {
        String text = part.get(index);
        String rest = text.substring(0, text.length() - 1);
        int value = ALPHABET.indexOf(text.charAt(text.length() - 1));
        for (int bits = 1; bits < 16; bits++) {
            addSpelling(index, "the left-over bits " + bits, rest + ALPHABET.charAt(value | bits), Words.TOKEN);
        }
    }

    private void addOversize() {
        int filler = (MAXIMUM_LENGTH - good.length()) * 3 / 4 - 10;
        String over = good;
        while (over.length() <= MAXIMUM_LENGTH) {
            over = forge.token(header, claims.withText("filler", "x".repeat(filler++)));
        }
        String large = Members.quoted("x".repeat(MAXIMUM_LENGTH));
        batch.add("just over 16 KiB", over, Words.TOKEN)
                .add("a header over 16 KiB", forge.token(header.with("x", large), claims), Words.TOKEN)
                .add("a payload over 16 KiB", forge.token(header, claims.with("x", large)), Words.TOKEN)
                .add("a signature over 16 KiB", good + "A".repeat(MAXIMUM_LENGTH), Words.TOKEN)
                .add("16,385 letters", "a".repeat(MAXIMUM_LENGTH + 1), Words.TOKEN)
                .add("16,385 dots", ".".repeat(MAXIMUM_LENGTH + 1), Words.TOKEN)
                .add("300,000 letters", "a".repeat(300_000), Words.TOKEN)
                .add("7,000 dots", ".".repeat(7_000), Words.TOKEN)
                .add("7,000 letters", "a".repeat(7_000), Words.TOKEN)
                .add("16 KiB of padding", good + "=".repeat(MAXIMUM_LENGTH), Words.TOKEN);
    }
}
