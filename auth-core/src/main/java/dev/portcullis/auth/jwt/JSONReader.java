package dev.portcullis.auth.jwt;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object (RFC 8259) from bytes in one pass, strictly: UTF-8 without a byte order mark and without
 * encoded or escaped lone surrogates, no duplicate member at any depth, nothing after the object but white space, and
 * bounds on depth and numbers. The size of the text is the caller's to bound.
 *
 * <p>Objects become maps in the order of their members, arrays lists, integers of up to 18 digits {@code Long} and all
 * other numbers {@link BigDecimal}; {@code null} becomes {@link JSONNull#NULL}.
 */
final class JSONReader {

    /** How deep objects and arrays may be nested. */
    static final int MAXIMUM_DEPTH = 32;

    /** How many characters a number may have. */
    static final int MAXIMUM_NUMBER = 100;

    /** How large or small the power of ten of a number may be: what an IEEE 754 double can hold, roughly. */
    static final int MAXIMUM_EXPONENT = 400;

    private final byte[] in;
    private final int end;
    private int at;

    private JSONReader(byte[] in, int end) {
        this.in = in;
        this.end = end;
    }

    /**
     * Reads an object.
     *
     * @param in the text
     * @param length how many of its bytes count
     * @return the members
     * @throws MalformedJSONException if the text is anything else
     */
    static Map<String, Object> readObject(byte[] in, int length) throws MalformedJSONException {
        JSONReader reader = new JSONReader(in, length);
        reader.skipSpace();
        if (reader.peek() != '{') {
            throw reader.malformed("Not an object");
        }
        Map<String, Object> members = reader.object(1);
        reader.skipSpace();
        if (reader.at != length) {
            throw reader.malformed("Text after the object");
        }
        return members;
    }

    private Map<String, Object> object(int depth) throws MalformedJSONException {
        at++;
        Map<String, Object> members = new LinkedHashMap<>();
        skipSpace();
        if (peek() == '}') {
            at++;
            return Collections.unmodifiableMap(members);
        }
        while (true) {
            if (peek() != '"') {
                throw malformed("No member name");
            }
            String name = name();
            skipSpace();
            expect(':');
            if (members.put(name, value(depth)) != null) {
                throw malformed("Duplicate member");
            }
            if (closes('}')) {
                return Collections.unmodifiableMap(members);
            }
        }
    }

    private List<Object> array(int depth) throws MalformedJSONException {
        at++;
        List<Object> elements = new ArrayList<>(4);
        skipSpace();
        if (peek() == ']') {
            at++;
            return Collections.unmodifiableList(elements);
        }
        while (true) {
            elements.add(value(depth));
            if (closes(']')) {
                return Collections.unmodifiableList(elements);
            }
        }
    }

    /** After a value: a comma, then there is another one; or the end of the object or array. */
    private boolean closes(char bracket) throws MalformedJSONException {
        skipSpace();
        int c = peek();
        at++;
        if (c == bracket) {
            return true;
        }
        if (c != ',') {
            throw malformed("Neither a comma nor an end");
        }
        skipSpace();
        return false;
    }

    private Object value(int depth) throws MalformedJSONException {
        skipSpace();
        return switch (peek()) {
            case '"' -> string();
            case '{' -> object(deeper(depth));
            case '[' -> array(deeper(depth));
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", JSONNull.NULL);
            default -> number();
        };
    }

    private int deeper(int depth) throws MalformedJSONException {
        if (depth >= MAXIMUM_DEPTH) {
            throw malformed("Nested too deeply");
        }
        return depth + 1;
    }

    private Object literal(String word, Object value) throws MalformedJSONException {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
        return value;
    }

    /** The grammar of RFC 8259 section 6. */
    private Object number() throws MalformedJSONException {
        int from = at;
        if (peek() == '-') {
            at++;
        }
        int digits = at;
        boolean zero = peek() == '0';
        long value = digits();
        if (zero && at - digits > 1) {
            throw malformed("A number with a leading zero");
        }
        boolean whole = true;
        if (peek() == '.') {
            at++;
            digits();
            whole = false;
        }
        if (peek() == 'e' || peek() == 'E') {
            exponent();
            whole = false;
        }
        if (at - from > MAXIMUM_NUMBER) {
            throw malformed("A number that is too long");
        }
        if (whole && at - digits <= 18) {
            return from == digits ? value : -value;
        }
        return new BigDecimal(new String(in, from, at - from, StandardCharsets.ISO_8859_1));
    }

    private long digits() throws MalformedJSONException {
        int from = at;
        long value = 0;
        for (int c = peek(); c >= '0' && c <= '9'; c = peek()) {
            value = value * 10 + (c - '0');
            at++;
        }
        if (at == from) {
            throw malformed("No digit");
        }
        return value;
    }

    private void exponent() throws MalformedJSONException {
        at++;
        if (peek() == '+' || peek() == '-') {
            at++;
        }
        int from = at;
        long power = digits();
        if (at - from > 6 || power > MAXIMUM_EXPONENT) {
            throw malformed("A number that is too large or too small");
        }
    }

    private String name() throws MalformedJSONException {
        String known = KnownNames.find(in, at + 1, end);
        if (known != null) {
            at += known.length() + 2;
            return known;
        }
        return string();
    }

    private String string() throws MalformedJSONException {
        at++;
        int from = at;
        while (at < end) {
            byte c = in[at];
            if (c == '"') {
                at++;
                return new String(in, from, at - 1 - from, StandardCharsets.ISO_8859_1);
            }
            if (c == '\\' || c < 0x20) {
                at = from;
                return new JSONText(this).read();
            }
            at++;
        }
        throw malformed("A string without end");
    }

    private void skipSpace() {
        while (at < end) {
            byte c = in[at];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            at++;
        }
    }

    private void expect(char c) throws MalformedJSONException {
        if (peek() != c) {
            throw malformed("Not the character that must stand here");
        }
        at++;
    }

    /** The byte here, or -1 at the end. Bytes of 0x80 and over are negative too: none of them is ever looked for. */
    private int peek() {
        return at < end ? in[at] : -1;
    }

    /** The next byte as 0 to 255. */
    int next() throws MalformedJSONException {
        if (at >= end) {
            throw malformed("A string without end");
        }
        return in[at++] & 0xff;
    }

    MalformedJSONException malformed(String problem) {
        return new MalformedJSONException(problem, at);
    }

    /** The names that most tokens have, so that no string is made for them. */
    private static final class KnownNames {

        private static final String[] NAMES = {
            "alg", "kid", "typ", "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "azp", "sid", "permissions", "scope"
        };

        static @Nullable String find(byte[] in, int from, int end) {
            for (String name : NAMES) {
                int length = name.length();
                if (from + length < end && in[from + length] == '"' && in[from] == name.charAt(0)) {
                    int i = 1;
                    while (i < length && in[from + i] == name.charAt(i)) {
                        i++;
                    }
                    if (i == length) {
                        return name;
                    }
                }
            }
            return null;
        }
    }
}
