package dev.portcullis.auth.servlet;

import dev.portcullis.auth.AuthRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** As the container has received it: a filter may have put a proxy's prefix before the path. */
    @Override
    public String target() {
        HttpServletRequest received = RequestTarget.asReceived(request);
        String query = received.getQueryString();
        return query == null ? received.getRequestURI() : received.getRequestURI() + "?" + query;
    }

    /** HTTP/2 has no {@code Host} field if the client has sent {@code :authority}: then the container knows. */
    @Override
    public @Nullable String authority() {
        if (!headers("host").isEmpty()) {
            return AuthRequest.super.authority();
        }
        int port = request.getServerPort();
        boolean usual = port == (request.isSecure() ? 443 : 80);
        return usual ? request.getServerName() : request.getServerName() + ":" + port;
    }

    @Override
    public byte @Nullable [] body(int most) throws IOException {
        return BufferedRequest.read(request, most);
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
