package dev.portcullis.auth.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@code Forwarded} field from left to right (RFC 7239 section 4), for a quoted string hides what is in it. A
 * field that is not well formed says nothing at all: a client may have begun a quotation into which the proxy's own words
 * fell.
 */
final class ForwardedField {

    private static final String TOKEN = "!#$%&'*+-.^_`|~";

    private final String field;
    private final List<String> nodes = new ArrayList<>();
    private int at;

    private ForwardedField(String field) {
        this.field = field;
    }

    /**
     * The {@code for} of each element, in order; the empty string for one that has none. Null if the field is malformed.
     */
    static @Nullable List<String> nodes(String field) {
        ForwardedField reader = new ForwardedField(field);
        return reader.readAll() ? reader.nodes : null;
    }

    private boolean readAll() {
        do {
            skipSpace();
            if (isAtEndOfElement()) {
                continue; // an empty element of a list is none (RFC 9110 section 5.6.1.2)
            }
            if (!readElement()) {
                return false;
            }
        } while (skip(','));
        return at == field.length();
    }

    private boolean isAtEndOfElement() {
        return at == field.length() || field.charAt(at) == ',';
    }

    private boolean readElement() {
        String node = null;
        do {
            skipSpace();
            String name = readToken();
            if (name.isEmpty()) {
                continue; // as in "for=192.0.2.1;"
            }
            String value = skip('=') ? readValue() : null;
            if (value == null) {
                return false;
            }
            if (name.toLowerCase(Locale.ROOT).equals("for")) {
                if (node != null) {
                    return false; // each parameter stands once
                }
                node = value;
            }
            skipSpace();
        } while (skip(';'));
        nodes.add(node == null ? "" : node);
        return isAtEndOfElement();
    }

    private @Nullable String readValue() {
        if (!skip('"')) {
            String token = readToken();
            return token.isEmpty() ? null : token;
        }
        StringBuilder text = new StringBuilder();
        while (at < field.length()) {
            char c = field.charAt(at++);
            if (c == '"') {
                return text.toString();
            }
            if (c == '\\') {
                if (at == field.length()) {
                    return null;
                }
                c = field.charAt(at++);
            }
            text.append(c);
        }
        return null;
    }

    private String readToken() {
        int start = at;
        while (at < field.length() && isTokenCharacter(field.charAt(at))) {
            at++;
        }
        return field.substring(start, at);
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || TOKEN.indexOf(c) >= 0;
    }

    private void skipSpace() {
        while (at < field.length() && (field.charAt(at) == ' ' || field.charAt(at) == '\t')) {
            at++;
        }
    }

    private boolean skip(char c) {
        if (at < field.length() && field.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }
}
