package dev.portcullis.auth.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;

/**
 * All that is not one JSON object in UTF-8 without duplicate members (RFC 8259, RFC 3629, RFC 7493), though a lenient
 * reader would find a good object in most of it.
 */
final class JSONFaults {

    /** What is no value; the last ones are too long, too large or too small for a number that anybody needs. */
    private static final List<String> VALUES = List.of(
            "NaN",
            "Infinity",
            "-Infinity",
            "undefined",
            "True",
            "nul",
            "+1",
            "01",
            "-01",
            "1.",
            ".5",
            "-",
            "1e",
            "1e+",
            "0x10",
            "1_000",
            "1,2",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[1}",
            "]",
            "{\"a\":1,}",
            "{\"a\"}",
            "{a:1}",
            "'x'",
            "\"x",
            "\"\\x41\"",
            "\"\\u12\"",
            "\"\\u{41}\"",
            "\"\\U0041\"",
            "\"\\'\"",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\\ud800\\u0041\"",
            "\"\\udd11\\ud83d\"",
            "{\"a\":1,\"a\":1}",
            "[{\"a\":1,\"\\u0061\":2}]",
            "{\"b\":{\"\":0,\"\":0}}",
            "1e401",
            "-1E99999999",
            "1e-401");

    /** What is not UTF-8, in hexadecimal: overlong forms, surrogates, too large, cut short, other encodings. */
    private static final List<String> BYTES = List.of(
            "ff",
            "fe",
            "80",
            "bf",
            "e9",
            "c0af",
            "c0a2",
            "c080",
            "c1bf",
            "e080af",
            "e09fbf",
            "f08080af",
            "eda080",
            "edbfbf",
            "eda0bdedb491",
            "f4908080",
            "f5808080",
            "f888808080",
            "fc8480808080",
            "c3",
            "e282",
            "f09f98",
            "c328",
            "e28228");

    private final Members good;
    private final Map<String, byte[]> faults = new LinkedHashMap<>();

    private JSONFaults(Members good) {
        this.good = good;
    }

    /** Spoils an object in every way, each by its name. */
    static Map<String, byte[]> of(Members good) {
        JSONFaults all = new JSONFaults(good);
        all.addWhatIsNoObject();
        all.addWhatSurroundsIt();
        all.addPunctuation();
        all.addValues();
        all.addNesting();
        all.addDuplicates();
        all.addBytes();
        all.addEncodings();
        return all.faults;
    }

    private void add(String fault, String text) {
        faults.put(fault, Forge.utf8(text));
    }

    private void addMember(String fault, String value) {
        add(fault, good.open() + ",\"x\":" + value + "}");
    }

    private void addWhatIsNoObject() {
        add("nothing", "");
        add("white space alone", " \n");
        for (String value : List.of("null", "true", "7", "\"RS256\"", "[]", "x")) {
            add(value + " for an object", value);
        }
        add("an array around the object", "[" + good + "]");
        add("a string of the object", Members.quoted(good.toString()));
        add("the object in base64url once more", Forge.base64(good.toString()));
    }

    private void addWhatSurroundsIt() {
        add("a byte order mark", "\ufeff" + good);
        add("a NUL before", "\0" + good);
        add("a vertical tab before", "\u000b" + good);
        add("a no-break space before", "\u00a0" + good);
        add("a prefix against scripts", ")]}'\n" + good);
        add("a letter after", good + "x");
        add("a NUL after", good + "\0");
        add("a comma after", good + ",");
        add("a brace after", good + "}");
        add("the object twice", good + "" + good);
        add("the object on two lines", good + "\n" + good);
        add("a comment after", good + "//");
        add("no end", good.open());
        add("no beginning", good.toString().substring(1));
    }

    private void addPunctuation() {
        String text = good.toString();
        add("a comma before the end", good.open() + ",}");
        add("a comma at the beginning", "{," + text.substring(1));
        add("no comma", text.replaceFirst(",", " "));
        add("two commas", text.replaceFirst(",", ",,"));
        add("a semicolon", text.replaceFirst(",", ";"));
        add("no colon", text.replaceFirst(":", " "));
        add("two colons", text.replaceFirst(":", "::"));
        add("an equals sign", text.replaceFirst(":", "="));
        add("single quotes", text.replace('"', '\''));
        add("a name without quotes", text.replaceFirst("\"([a-z]+)\"", "$1"));
        add("a comment", text.replaceFirst(",", ",/**/"));
        add("a no-break space between", text.replaceFirst(",", ",\u00a0"));
        add("a number for a name", good.open() + ",1:1}");
        add("null for a name", good.open() + ",null:1}");
        add("a control character in a name", good.open() + ",\"\u0001\":1}");
    }

    private void addValues() {
        VALUES.forEach(value -> addMember("the value " + value, value));
        addMember("a number of 101 digits", "9".repeat(101));
        addMember("a line feed in a string", "\"a\nb\"");
        addMember("a tab in a string", "\"a\tb\"");
        addMember("a NUL in a string", "\"a\0b\"");
        addMember("no value", "");
    }

    private void addNesting() {
        addMember("arrays 33 deep", "[".repeat(32) + "]".repeat(32));
        addMember("objects 33 deep", "{\"a\":".repeat(32) + "1" + "}".repeat(32));
        addMember("arrays 2,000 deep", "[".repeat(2000) + "]".repeat(2000));
        addMember("objects 500 deep", "{\"a\":".repeat(500) + "1" + "}".repeat(500));
        add("3,000 arrays without end", "[".repeat(3000));
        add("700 objects without end", "{\"a\":".repeat(700));
    }

    private void addDuplicates() {
        for (String name : good.names()) {
            String escaped = String.format("\\u%04x", (int) name.charAt(0)) + name.substring(1);
            add(name + " twice", good.open() + ",\"" + name + "\":" + good.text(name) + "}");
            add(name + " twice, one escaped", good.open() + ",\"" + escaped + "\":" + good.text(name) + "}");
            add(
                    name + " twice, null first",
                    "{\"" + name + "\":null," + good.toString().substring(1));
        }
        add("an unknown member twice", good.open() + ",\"__proto__\":{},\"__proto__\":{}}");
        add("a member without a name twice", good.open() + ",\"\":1,\"\":2}");
    }

    private void addBytes() {
        byte[] before = Forge.utf8(good.open() + ",\"x\":\"");
        for (String hex : BYTES) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(before);
            bytes.writeBytes(HexFormat.of().parseHex(hex));
            bytes.writeBytes(Forge.utf8("\"}"));
            faults.put("the bytes " + hex, bytes.toByteArray());
        }
    }

    private void addEncodings() {
        for (String charset : List.of("UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE")) {
            faults.put("in " + charset, good.toString().getBytes(Charset.forName(charset)));
        }
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(Forge.utf8(good.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        faults.put("deflated", deflated.toByteArray());
    }
}
