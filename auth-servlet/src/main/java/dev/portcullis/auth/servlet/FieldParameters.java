package dev.portcullis.auth.servlet;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The parameters of a header field (RFC 9110 section 5.6.6), such as {@code form-data; name="a"}. */
final class FieldParameters {

    private final String text;
    private int at;

    private FieldParameters(String text) {
        this.text = text;
    }

    /** By name in lower case; of one that is there twice the first. A quote is escaped by a backslash, nothing else is. */
    static Map<String, String> of(String field) {
        FieldParameters reader = new FieldParameters(field);
        reader.until(';', ';');
        Map<String, String> parameters = new HashMap<>();
        while (reader.at < field.length()) {
            reader.at++;
            String name = reader.until('=', ';').strip().toLowerCase(Locale.ROOT);
            if (reader.isAt('=')) {
                reader.at++;
                parameters.putIfAbsent(name, reader.value());
            }
        }
        return parameters;
    }

    private boolean isAt(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private String until(char one, char other) {
        int from = at;
        while (at < text.length() && !isAt(one) && !isAt(other)) {
            at++;
        }
        return text.substring(from, at);
    }

    private String value() {
        while (isAt(' ') || isAt('\t')) {
            at++;
        }
        if (!isAt('"')) {
            return until(';', ';').strip();
        }
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && !isAt('"'); at++) {
            if (isAt('\\') && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                at++;
            }
            value.append(text.charAt(at));
        }
        until(';', ';');
        return value.toString();
    }
}
