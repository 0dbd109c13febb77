package dev.portcullis.auth.servlet;

import dev.portcullis.auth.AuthRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/** What authentication sees of a servlet request. */
final class ServletAuthRequest implements AuthRequest {

    private final HttpServletRequest request;

    ServletAuthRequest(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public List<String> headers(String name) {
        Enumeration<String> values = request.getHeaders(name);
        if (values == null || !values.hasMoreElements()) {
            return List.of();
        }
        String first = values.nextElement();
        return values.hasMoreElements() ? several(first, values) : List.of(first);
    }

    private static List<String> several(String first, Enumeration<String> others) {
        List<String> all = new ArrayList<>();
        all.add(first);
        while (others.hasMoreElements()) {
            all.add(others.nextElement());
        }
        return all;
    }
}
