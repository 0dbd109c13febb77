package dev.portcullis.auth.example;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a model is asked, and what it answers: always the same, for there is none. A word counts as a token.
 *
 * @param model the name of the model, as the client has it
 * @param tokens how many tokens the question has
 * @param answer the answer's tokens, which are written one after the other
 * @param isCut whether the answer would have more tokens
 * @param isStreamed whether the tokens are to be sent one by one
 */
record Prompt(String model, long tokens, List<String> answer, boolean isCut, boolean isStreamed) {

    private static final List<String> WORDS =
            List.of("You", " are", " let", " in.", " There", " is", " no", " model", " behind", " this", " example.");

    private static final Field MODEL = Field.text("model");
    private static final Field ROLE = Field.text("role");

    /**
     * Reads what both APIs have in common.
     *
     * @param limit the name of the member that says how many tokens the answer may have
     */
    static Prompt of(JsonNode body, String limit) throws RequestProblem {
        if (!body.isObject()) {
            throw RequestProblem.badRequest("The body must be a JSON object.");
        }
        String model = String.valueOf(MODEL.valueIn(body));
        @Nullable JsonNode most = body.get(limit);
        long count = most == null || most.isNull()
                ? WORDS.size()
                : (long) Field.number(limit, 1, Integer.MAX_VALUE).valueIn(body);
        int words = (int) Math.min(WORDS.size(), count);
        return new Prompt(
                model,
                count(body.path("messages")),
                WORDS.subList(0, words),
                words < WORDS.size(),
                body.path("stream").asBoolean(false));
    }

    /** All of the answer. */
    String text() {
        return String.join("", answer);
    }

    private static long count(JsonNode messages) throws RequestProblem {
        if (!messages.isArray() || messages.isEmpty()) {
            throw RequestProblem.badRequest("Field 'messages' must be an array of messages.");
        }
        long count = 0;
        for (JsonNode message : messages) {
            ROLE.valueIn(message);
            count += countIn(message.path("content"));
        }
        return count;
    }

    /** Content is text, or parts of which some are text. */
    private static long countIn(JsonNode content) throws RequestProblem {
        if (content.isString()) {
            return Stream.of(content.stringValue().split("\\s+"))
                    .filter(word -> !word.isEmpty())
                    .count();
        }
        if (!content.isArray()) {
            throw RequestProblem.badRequest("Field 'content' must be a string, or an array of parts.");
        }
        long count = 0;
        for (JsonNode part : content) {
            JsonNode text = part.path("text");
            count += text.isString() ? countIn(text) : 0;
        }
        return count;
    }
}
