package dev.portcullis.auth.example;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What consumption keys open: a model that gives one answer, in the forms of the two APIs that clients know best. */
public enum Inference {
    /** As OpenAI's: {@code POST /v1/chat/completions}. */
    CHAT_COMPLETIONS {
        @Override
        API api(JsonNode body) throws RequestProblem {
            return ChatCompletions.of(body);
        }

        @Override
        ObjectNode problem(String type, String message) {
            ObjectNode problem = object();
            problem.putObject("error")
                    .put("message", message)
                    .put("type", type)
                    .putNull("param")
                    .putNull("code");
            return problem;
        }
    },

    /** As Anthropic's: {@code POST /v1/messages}. */
    MESSAGES {
        @Override
        API api(JsonNode body) throws RequestProblem {
            return Messages.of(body);
        }

        @Override
        ObjectNode problem(String type, String message) {
            ObjectNode problem = object().put("type", "error");
            problem.putObject("error").put("type", type).put("message", message);
            return problem;
        }
    };

    /** An answer in the form of one of the APIs. */
    interface API {

        /** What is answered. */
        Prompt prompt();

        /** All of it in one piece. */
        ObjectNode whole();

        /** The same as events, token by token. */
        List<Event> events();
    }

    /**
     * A server-sent event.
     *
     * @param name its name; null if it has none
     * @param data what it tells
     */
    record Event(@Nullable String name, String data) {

        static Event of(JsonNode data) {
            return new Event(null, JSON.text(data));
        }

        private byte[] bytes() {
            String text = (name == null ? "" : "event: " + name + "\n") + "data: " + data + "\n\n";
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    abstract API api(JsonNode body) throws RequestProblem;

    /** What is wrong, as the API's clients read it. */
    abstract ObjectNode problem(String type, String message);

    /**
     * Answers a request.
     *
     * @param request the request, of somebody who was let in
     * @param response its answer
     * @throws IOException if it cannot be received or sent
     */
    public void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (!request.getMethod().equals("POST")) {
                throw RequestProblem.methodNotAllowed("POST");
            }
            API api = api(JSON.read(request));
            if (api.prompt().isStreamed()) {
                stream(api.events(), response);
            } else {
                JSON.write(response, HttpServletResponse.SC_OK, api.whole());
            }
        } catch (RequestProblem problem) {
            response.setHeader("Allow", problem.allow());
            String message = String.valueOf(problem.getMessage());
            JSON.write(response, problem.status(), problem("invalid_request_error", message));
        }
    }

    private static void stream(List<Event> events, HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        for (Event event : events) {
            response.getOutputStream().write(event.bytes());
            response.flushBuffer();
        }
    }
}
