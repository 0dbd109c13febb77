package dev.portcullis.auth.example.spring;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says that the application runs, to anyone. */
@RestController
class HealthController {

    @GetMapping({"/health", "/health/"})
    Map<String, String> health() {
        return Map.of("status", "ok");
    }
}
