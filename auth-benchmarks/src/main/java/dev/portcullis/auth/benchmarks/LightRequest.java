package dev.portcullis.auth.benchmarks;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@code GET} with an {@code Authorization} field: cheap to make, for one is made for each call. */
final class LightRequest extends HttpServletRequestWrapper {

    private final String uri;
    private final String authorization;
    private final Map<String, Object> attributes = new HashMap<>();

    /**
     * A request.
     *
     * @param everythingElse what answers the questions that do not differ between requests
     * @param uri the path
     * @param authorization the value of the field
     */
    LightRequest(HttpServletRequest everythingElse, String uri, String authorization) {
        super(everythingElse);
        this.uri = uri;
        this.authorization = authorization;
    }

    @Override
    public String getRequestURI() {
        return uri;
    }

    @Override
    public String getServletPath() {
        return uri;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equalsIgnoreCase("authorization") ? authorization : null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return name.equalsIgnoreCase("authorization")
                ? Collections.enumeration(List.of(authorization))
                : Collections.emptyEnumeration();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }
}
