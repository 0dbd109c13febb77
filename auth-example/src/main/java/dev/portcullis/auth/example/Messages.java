package dev.portcullis.auth.example;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer as Anthropic's messages have it. */
record Messages(Prompt prompt, String id) implements Inference.API {

    private static final String LIMIT = "max_tokens";

    static Messages of(JsonNode body) throws RequestProblem {
        Prompt prompt = Prompt.of(body, LIMIT);
        if (!body.hasNonNull(LIMIT)) {
            throw RequestProblem.badRequest("Field '" + LIMIT + "' is missing.");
        }
        return new Messages(prompt, "msg_" + UUID.randomUUID());
    }

    @Override
    public ObjectNode whole() {
        ObjectNode message = message(reason(), prompt.answer().size());
        message.putArray("content").addObject().put("type", "text").put("text", prompt.text());
        return message;
    }

    @Override
    public List<Inference.Event> events() {
        List<Inference.Event> events = new ArrayList<>();
        ObjectNode begin = message(null, 0);
        begin.putArray("content");
        ObjectNode start = typed("message_start");
        start.set("message", begin);
        events.add(event(start));
        ObjectNode block = typed("content_block_start").put("index", 0);
        block.putObject("content_block").put("type", "text").put("text", "");
        events.add(event(block));
        for (String word : prompt.answer()) {
            ObjectNode delta = typed("content_block_delta").put("index", 0);
            delta.putObject("delta").put("type", "text_delta").put("text", word);
            events.add(event(delta));
        }
        events.add(event(typed("content_block_stop").put("index", 0)));
        ObjectNode end = typed("message_delta");
        end.putObject("delta").put("stop_reason", reason()).putNull("stop_sequence");
        end.putObject("usage").put("output_tokens", prompt.answer().size());
        events.add(event(end));
        events.add(event(typed("message_stop")));
        return events;
    }

    private static ObjectNode typed(String type) {
        return Inference.object().put("type", type);
    }

    /** Each is named by its type. */
    private static Inference.Event event(ObjectNode data) {
        return new Inference.Event(data.path("type").asString(), JSON.text(data));
    }

    private ObjectNode message(@Nullable String reason, int answered) {
        ObjectNode message = Inference.object()
                .put("id", id)
                .put("type", "message")
                .put("role", "assistant")
                .put("model", prompt.model())
                .put("stop_reason", reason)
                .putNull("stop_sequence");
        message.putObject("usage").put("input_tokens", prompt.tokens()).put("output_tokens", answered);
        return message;
    }

    private String reason() {
        return prompt.isCut() ? "max_tokens" : "end_turn";
    }
}
