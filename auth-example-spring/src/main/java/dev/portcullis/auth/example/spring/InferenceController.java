package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.Inference;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A model for consumption keys. That it takes an API key stands in {@code application.yaml}. */
@RestController
class InferenceController {

    @PostMapping({"/v1/chat/completions", "/v1/chat/completions/"})
    void complete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Inference.CHAT_COMPLETIONS.serve(request, response);
    }

    @PostMapping({"/v1/messages", "/v1/messages/"})
    void message(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Inference.MESSAGES.serve(request, response);
    }
}
