package dev.portcullis.auth.apikey;

import dev.portcullis.auth.AuthRequest;
import java.util.ArrayList;
import java.util.List;

/** A request that is nothing but its headers. */
final class HeadersOnly implements AuthRequest {

    private final List<String> authorization = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();

    static HeadersOnly none() {
        return new HeadersOnly();
    }

    static HeadersOnly bearer(String token) {
        return none().authorization("Bearer " + token);
    }

    static HeadersOnly header(String key) {
        return none().key(key);
    }

    HeadersOnly authorization(String value) {
        authorization.add(value);
        return this;
    }

    HeadersOnly key(String value) {
        keys.add(value);
        return this;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public List<String> headers(String name) {
        return switch (name) {
            case "authorization" -> authorization;
            case "x-api-key" -> keys;
            default -> List.of();
        };
    }
}
