package dev.portcullis.auth.testkit;

import dev.portcullis.auth.AuthRequest;
import java.util.List;

/** A request with a Bearer token and nothing else. */
record BearerRequest(String sent) implements AuthRequest {

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public List<String> headers(String name) {
        return name.equals("authorization") ? List.of("Bearer " + sent) : List.of();
    }
}
