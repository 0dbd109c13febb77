package dev.portcullis.auth.example;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer as OpenAI's chat completions have it. */
record ChatCompletions(Prompt prompt, boolean isUsageStreamed, String id, long created) implements Inference.API {

    static ChatCompletions of(JsonNode body) throws RequestProblem {
        String limit = body.hasNonNull("max_tokens") ? "max_tokens" : "max_completion_tokens";
        return new ChatCompletions(
                Prompt.of(body, limit),
                body.path("stream_options").path("include_usage").asBoolean(false),
                "chatcmpl-" + UUID.randomUUID(),
                Instant.now().getEpochSecond());
    }

    @Override
    public ObjectNode whole() {
        ObjectNode completion = head("chat.completion");
        ObjectNode choice = completion.putArray("choices").addObject().put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", prompt.text())
                .putNull("refusal");
        choice.putNull("logprobs").put("finish_reason", reason());
        completion.set("usage", usage());
        return completion;
    }

    @Override
    public List<Inference.Event> events() {
        List<Inference.Event> events = new ArrayList<>();
        ObjectNode begin = Inference.object().put("role", "assistant").put("content", "");
        events.add(chunk(begin, false));
        prompt.answer().forEach(word -> events.add(chunk(Inference.object().put("content", word), false)));
        events.add(chunk(Inference.object(), true));
        if (isUsageStreamed) {
            ObjectNode last = head("chat.completion.chunk");
            last.putArray("choices");
            last.set("usage", usage());
            events.add(Inference.Event.of(last));
        }
        events.add(new Inference.Event(null, "[DONE]"));
        return events;
    }

    private Inference.Event chunk(ObjectNode delta, boolean isLast) {
        ObjectNode chunk = head("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", isLast ? reason() : null);
        return Inference.Event.of(chunk);
    }

    private ObjectNode head(String object) {
        return Inference.object()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", prompt.model());
    }

    private String reason() {
        return prompt.isCut() ? "length" : "stop";
    }

    private ObjectNode usage() {
        int answered = prompt.answer().size();
        return Inference.object()
                .put("prompt_tokens", prompt.tokens())
                .put("completion_tokens", answered)
                .put("total_tokens", prompt.tokens() + answered);
    }
}
