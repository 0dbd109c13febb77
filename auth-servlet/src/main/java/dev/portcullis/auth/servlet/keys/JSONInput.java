package dev.portcullis.auth.servlet.keys;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads small JSON documents as their endpoints need them: an object of plain values, or an array of such objects. What
 * is nested deeper is passed over; a document that is no JSON, or no UTF-8, is refused as a whole. The size of the text
 * is the caller's to bound.
 */
final class JSONInput {

    /** Stands for {@code null}. */
    static final Object NULL = new Object();

    /** Stands for a value that no endpoint takes: a number with a fraction, a literal, an object, an array of others. */
    static final Object OTHER = new Object();

    private static final int DEEPEST = 16;
    private static final int MOST_DIGITS = 18;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private JSONInput() {}

    /**
     * An object. A name that is there more than once has all of its values.
     *
     * @return the values by name: strings, {@code Long}, lists of strings, {@link #NULL} or {@link #OTHER}; null if the
     *     document is not exactly one object
     */
    static @Nullable Map<String, List<Object>> object(byte[] document) {
        try (JsonParser parser = parser(document)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, List<Object>> members = members(parser);
            return parser.nextToken() == null ? members : null;
        } catch (JacksonException | CharacterCodingException e) {
            return null;
        }
    }

    /**
     * An array of objects.
     *
     * @return their values by name, as of {@link #object}; null if the document is not exactly one array of objects
     */
    static @Nullable List<Map<String, List<Object>>> objects(byte[] document) {
        try (JsonParser parser = parser(document)) {
            parser.nextToken();
            List<Map<String, List<Object>>> objects = elements(parser);
            return parser.nextToken() == null ? objects : null;
        } catch (JacksonException | CharacterCodingException e) {
            return null;
        }
    }

    /**
     * An array of objects that is a member of an object, whatever else that holds.
     *
     * @return their values by name, as of {@link #object}; null if there is no such array
     */
    static @Nullable List<Map<String, List<Object>>> objectsIn(String member, byte[] document) {
        try (JsonParser parser = parser(document)) {
            List<Map<String, List<Object>>> objects = null;
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean found = parser.currentName().equals(member);
                parser.nextToken();
                if (found) {
                    objects = elements(parser);
                } else {
                    parser.skipChildren();
                }
            }
            return parser.nextToken() == null ? objects : null;
        } catch (JacksonException | CharacterCodingException e) {
            return null;
        }
    }

    /** The elements of the array at whose start the parser stands; null if it is none, or holds anything else. */
    private static @Nullable List<Map<String, List<Object>>> elements(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return null;
        }
        List<Map<String, List<Object>>> objects = new ArrayList<>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            objects.add(members(parser));
        }
        return parser.currentToken() == JsonToken.END_ARRAY ? objects : null;
    }

    /** The text is decoded first: the parser itself guesses encodings, and does not mind all malformed UTF-8. */
    private static JsonParser parser(byte[] document) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(document))
                .toString();
        return JSON.createParser(ObjectReadContext.empty(), text);
    }

    private static Map<String, List<Object>> members(JsonParser parser) {
        Map<String, List<Object>> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.computeIfAbsent(name, none -> new ArrayList<>(1)).add(value(parser));
        }
        return members;
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NULL -> NULL;
            case VALUE_NUMBER_INT -> integer(parser.getString());
            case START_ARRAY -> strings(parser);
            default -> {
                parser.skipChildren();
                yield OTHER;
            }
        };
    }

    /** A number that is too large for anything is as large as can be. */
    private static Long integer(String digits) {
        if (digits.length() <= MOST_DIGITS) {
            return Long.parseLong(digits);
        }
        return digits.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static Object strings(JsonParser parser) {
        List<String> strings = new ArrayList<>();
        boolean others = false;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                strings.add(parser.getString());
            } else {
                others = true;
                parser.skipChildren();
            }
        }
        return others ? OTHER : strings;
    }
}
