package dev.portcullis.auth.signature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a dictionary of structured fields (RFC 9651 section 4.2), of which all that signatures need is taken: integers,
 * strings, tokens, byte sequences, booleans, and inner lists of these. Strict where the standard is not: a name that is
 * there twice is malformed, and so is what is longer or has more parts than any signature needs.
 */
final class StructuredField {

    /** The longest text that is read. */
    static final int LONGEST = 8 * 1024;

    private static final int MOST_MEMBERS = 32;
    private static final int MOST_DIGITS = 15;

    private final String text;
    private int at;

    /** A bare item with its parameters. */
    record Item(Object value, Map<String, Object> parameters) {}

    /** An inner list with its parameters. */
    record InnerList(List<Item> items, Map<String, Object> parameters) {}

    /** A word without quotes, which is another thing than the same word with quotes. */
    record Token(String word) {}

    /** A byte sequence, still in its base64. */
    record ByteSequence(String base64) {

        byte[] decoded() throws UnacceptableRequestException {
            byte[] bytes = Base64Text.decodePadded(base64);
            if (bytes == null) {
                throw UnacceptableRequestException.malformed();
            }
            return bytes;
        }
    }

    private StructuredField(String text) {
        this.text = text;
    }

    /**
     * Reads a dictionary.
     *
     * @return {@link Item}s and {@link InnerList}s by name, in their order; values are {@code Long}, {@code String},
     *     {@link Token}, {@link ByteSequence} and {@code Boolean}
     * @throws UnacceptableRequestException if it is malformed, or empty
     */
    static Map<String, Object> dictionary(String text) throws UnacceptableRequestException {
        if (text.length() > LONGEST) {
            throw UnacceptableRequestException.malformed();
        }
        return new StructuredField(text).dictionary();
    }

    private Map<String, Object> dictionary() throws UnacceptableRequestException {
        Map<String, Object> members = new LinkedHashMap<>();
        skipSpaces();
        while (true) {
            String name = key();
            Object member = isNext('=') ? member() : new Item(true, parameters());
            put(members, name, member);
            skipWhitespace();
            if (at == text.length()) {
                return members;
            }
            require(',');
            skipWhitespace();
        }
    }

    private Object member() throws UnacceptableRequestException {
        require('=');
        return isNext('(') ? innerList() : item();
    }

    private InnerList innerList() throws UnacceptableRequestException {
        List<Item> items = new ArrayList<>();
        require('(');
        skipSpaces();
        while (!isNext(')')) {
            items.add(item());
            check(items.size() <= MOST_MEMBERS && (isNext(' ') || isNext(')')));
            skipSpaces();
        }
        require(')');
        return new InnerList(items, parameters());
    }

    private Item item() throws UnacceptableRequestException {
        Object value = bareItem();
        return new Item(value, parameters());
    }

    private Map<String, Object> parameters() throws UnacceptableRequestException {
        Map<String, Object> parameters = new LinkedHashMap<>();
        while (isNext(';')) {
            require(';');
            skipSpaces();
            String name = key();
            Object value = true;
            if (isNext('=')) {
                require('=');
                value = bareItem();
            }
            put(parameters, name, value);
        }
        return parameters;
    }

    private static void put(Map<String, Object> members, String name, Object value)
            throws UnacceptableRequestException {
        check(members.put(name, value) == null && members.size() <= MOST_MEMBERS);
    }

    private String key() throws UnacceptableRequestException {
        int from = at;
        while (at < text.length() && isKey(text.charAt(at), at == from)) {
            at++;
        }
        check(at > from);
        return text.substring(from, at);
    }

    private static boolean isKey(char c, boolean first) {
        return (c >= 'a' && c <= 'z')
                || c == '*'
                || (!first && ((c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.'));
    }

    private Object bareItem() throws UnacceptableRequestException {
        check(at < text.length());
        char c = text.charAt(at);
        if (c == '"') {
            return string();
        }
        if (c == ':') {
            return byteSequence();
        }
        if (c == '?') {
            return bool();
        }
        return c == '-' || isDigit(c) ? integer() : token();
    }

    private String string() throws UnacceptableRequestException {
        StringBuilder string = new StringBuilder();
        require('"');
        while (!isNext('"')) {
            char c = next();
            if (c == '\\') {
                c = next();
                check(c == '"' || c == '\\');
            }
            check(c >= 0x20 && c < 0x7f);
            string.append(c);
        }
        require('"');
        return string.toString();
    }

    private ByteSequence byteSequence() throws UnacceptableRequestException {
        require(':');
        int end = text.indexOf(':', at);
        check(end >= 0);
        ByteSequence sequence = new ByteSequence(text.substring(at, end));
        check(sequence.base64()
                .chars()
                .allMatch(c -> isLetter((char) c) || isDigit((char) c) || "+/=".indexOf(c) >= 0));
        at = end + 1;
        return sequence;
    }

    private Boolean bool() throws UnacceptableRequestException {
        require('?');
        char c = next();
        check(c == '0' || c == '1');
        return c == '1';
    }

    /** No decimals: no field here has one. */
    private Long integer() throws UnacceptableRequestException {
        int from = at;
        if (isNext('-')) {
            at++;
        }
        int digits = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        check(at > digits && at - digits <= MOST_DIGITS && !isNext('.'));
        return Long.valueOf(text.substring(from, at));
    }

    private Token token() throws UnacceptableRequestException {
        int from = at;
        check(isLetter(text.charAt(at)) || text.charAt(at) == '*');
        while (at < text.length() && isToken(text.charAt(at))) {
            at++;
        }
        return new Token(text.substring(from, at));
    }

    private static boolean isToken(char c) {
        return isLetter(c) || isDigit(c) || "!#$%&'*+-.^_`|~:/".indexOf(c) >= 0;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean isNext(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private char next() throws UnacceptableRequestException {
        check(at < text.length());
        return text.charAt(at++);
    }

    private void require(char c) throws UnacceptableRequestException {
        check(next() == c);
    }

    private void skipSpaces() {
        while (isNext(' ')) {
            at++;
        }
    }

    private void skipWhitespace() {
        while (isNext(' ') || isNext('\t')) {
            at++;
        }
    }

    private static void check(boolean holds) throws UnacceptableRequestException {
        if (!holds) {
            throw UnacceptableRequestException.malformed();
        }
    }

    /** A string as RFC 9651 section 4.1.6 writes it. */
    static String quoted(String string) {
        return '"' + string.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
