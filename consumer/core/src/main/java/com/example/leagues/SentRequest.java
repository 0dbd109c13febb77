package com.example.leagues;

import com.sun.net.httpserver.HttpExchange;
import dev.portcullis.auth.AuthRequest;
import java.util.List;

/** What decisions see of a request to the JDK's own server: everything as it was sent. */
record SentRequest(HttpExchange exchange) implements AuthRequest {

    @Override
    public String method() {
        return exchange.getRequestMethod();
    }

    @Override
    public List<String> headers(String name) {
        return exchange.getRequestHeaders().getOrDefault(name, List.of());
    }

    @Override
    public String remoteAddress() {
        return exchange.getRemoteAddress().getAddress().getHostAddress();
    }

    @Override
    public String target() {
        return exchange.getRequestURI().toString();
    }

    /** Cut out of the target: a URI takes what stands between two slashes and the next one for a host. */
    @Override
    public String path() {
        return target().split("\\?", 2)[0];
    }

    @Override
    public String query() {
        return exchange.getRequestURI().getRawQuery();
    }
}
