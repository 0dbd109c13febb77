package dev.portcullis.auth.testkit;

import dev.portcullis.auth.AuthRequest;
import java.util.List;

/** A request that bears a key and nothing else. */
final class BearerHeader implements AuthRequest {

    private final List<String> values;

    BearerHeader(String key) {
        values = List.of("Bearer " + key);
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public List<String> headers(String name) {
        return name.equals("authorization") ? values : List.of();
    }
}
