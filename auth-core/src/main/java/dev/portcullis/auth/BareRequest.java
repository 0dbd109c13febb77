package dev.portcullis.auth;

import java.util.List;

/**
 * A request of which nothing is known but what it asks for.
 *
 * @param method the request method as sent
 * @param path the path as sent
 */
record BareRequest(String method, String path) implements AuthRequest {

    @Override
    public List<String> headers(String name) {
        return List.of();
    }
}
