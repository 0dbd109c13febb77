package dev.portcullis.auth.example;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A field of a resource.
 *
 * @param name its name
 * @param rule what it must be, for the client that sends something else
 * @param accepts whether a value is that
 */
record Field(String name, String rule, Predicate<JsonNode> accepts) {

    private static final int LONGEST_TEXT = 100;

    /** Text of 1 to 100 characters, none of them a control character. */
    static Field text(String name) {
        return new Field(name, "a string of 1 to " + LONGEST_TEXT + " characters", value -> isText(value));
    }

    private static boolean isText(JsonNode value) {
        if (!value.isString()) {
            return false;
        }
        String text = value.stringValue();
        int length = text.codePointCount(0, text.length());
        return length >= 1
                && length <= LONGEST_TEXT
                && !text.isBlank()
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    /** Text of one form. */
    static Field matching(String name, String rule, Pattern form) {
        return new Field(
                name,
                rule,
                value -> value.isString() && form.matcher(value.stringValue()).matches());
    }

    /** A whole number. */
    static Field number(String name, long least, long most) {
        return new Field(
                name,
                "a whole number from " + least + " to " + most,
                value -> value.isIntegralNumber()
                        && value.canConvertToLong()
                        && value.longValue() >= least
                        && value.longValue() <= most);
    }

    /** The field's value in an object. */
    Object valueIn(JsonNode object) throws RequestProblem {
        @Nullable JsonNode value = object.get(name);
        if (value == null || !accepts.test(value)) {
            throw RequestProblem.badRequest("Field '" + name + "' must be " + rule + ".");
        }
        return value.isString() ? value.stringValue() : (Object) value.longValue();
    }
}
