package dev.portcullis.auth.jwt;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a token, each read as far as it can be, to be shown to a person. Whether the token is one of the strict
 * profile is for {@link UnverifiedToken} to say.
 */
final class TokenParts {

    private static final List<String> NAMES = List.of("header", "payload", "signature");

    private final @Nullable Map<String, Object> header;
    private final @Nullable Map<String, Object> payload;
    private final @Nullable String formProblem;
    private final @Nullable String payloadProblem;

    private TokenParts(
            @Nullable Map<String, Object> header,
            @Nullable Map<String, Object> payload,
            @Nullable String formProblem,
            @Nullable String payloadProblem) {
        this.header = header;
        this.payload = payload;
        this.formProblem = formProblem;
        this.payloadProblem = payloadProblem;
    }

    static TokenParts of(String token) {
        String[] parts = token.split("\\.", -1);
        String form = parts.length == NAMES.size() ? null : count(parts.length);
        for (int i = 0; i < NAMES.size() && form == null; i++) {
            form = textProblem(NAMES.get(i), parts[i]);
        }
        Part header = Part.of("header", parts[0]);
        Part payload = parts.length > 1 ? Part.of("payload", parts[1]) : new Part(null, null);
        return new TokenParts(
                header.members(), payload.members(), form == null ? header.problem() : form, payload.problem());
    }

    private static String count(int parts) {
        String encrypted = parts == 5 ? ": an encrypted token (JWE), which is never taken" : "";
        return "it has " + parts + (parts == 1 ? " part" : " parts") + ", separated by dots, and not 3" + encrypted;
    }

    /** Why a part is not base64url in its one spelling, or null if it is. */
    private static @Nullable String textProblem(String name, String part) {
        byte[] text = ascii(part);
        if (Base64URL.decode(text, 0, text.length, new byte[Base64URL.decodedLength(text.length)]) >= 0) {
            return null;
        }
        String problem = "its last character has bits that stand for nothing";
        if (part.chars().anyMatch(Character::isWhitespace)) {
            problem = "it holds white space";
        } else if (part.indexOf('=') >= 0) {
            problem = "it is padded with =";
        } else if (part.indexOf('+') >= 0 || part.indexOf('/') >= 0) {
            problem = "it holds + or /, which stand for - and _ in the other alphabet";
        } else if (!part.chars().allMatch(TokenParts::isInAlphabet)) {
            problem = "it holds a foreign character";
        } else if (part.length() % 4 == 1) {
            problem = "a character is missing or too many";
        }
        return "its " + name + " is not base64url: " + problem;
    }

    private static boolean isInAlphabet(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** One part as the JSON object that it must be, or why it is none. */
    private record Part(
            @Nullable Map<String, Object> members, @Nullable String problem) {

        static Part of(String name, String part) {
            byte[] text = ascii(part);
            byte[] json = new byte[Base64URL.decodedLength(text.length)];
            int length = Base64URL.decode(text, 0, text.length, json);
            try {
                return length < 0 ? new Part(null, null) : new Part(JSONReader.readObject(json, length), null);
            } catch (MalformedJSONException e) {
                return new Part(null, "its " + name + " is not a JSON object as it must be: " + e.getMessage());
            }
        }
    }

    /** The members of the header, or null if they cannot be read. */
    @Nullable
    Map<String, Object> header() {
        return header;
    }

    /** The members of the payload, or null if they cannot be read. */
    @Nullable
    Map<String, Object> payload() {
        return payload;
    }

    /** What is wrong with the form or the header, as far as can be told. */
    @Nullable
    String formProblem() {
        return formProblem;
    }

    /** What is wrong with the payload, as far as can be told. */
    @Nullable
    String payloadProblem() {
        return payloadProblem;
    }

    /** For showing: JSON's null as Java's. */
    static Map<String, @Nullable Object> shown(Map<?, ?> members) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        members.forEach((name, value) -> shown.put((String) name, shownValue(value)));
        return shown;
    }

    private static @Nullable Object shownValue(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            return shown(members);
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(TokenParts::shownValue).toList();
        }
        return value == JSONNull.NULL ? null : value;
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "TokenParts[redacted]";
    }
}
