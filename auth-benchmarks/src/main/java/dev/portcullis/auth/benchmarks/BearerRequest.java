package dev.portcullis.auth.benchmarks;

import dev.portcullis.auth.AuthRequest;
import java.util.List;

/** A request with nothing but an {@code Authorization} header field, made before the clock starts. */
final class BearerRequest implements AuthRequest {

    private final List<String> authorization;

    BearerRequest(String credential) {
        this.authorization = List.of("Bearer " + credential);
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public List<String> headers(String name) {
        return name.equals("authorization") ? authorization : List.of();
    }
}
