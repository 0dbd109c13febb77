package dev.portcullis.auth.benchmarks;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A response that keeps its status and its headers. */
final class LightResponse extends HttpServletResponseWrapper {

    private final Map<String, String> headers = new HashMap<>();
    private int status = SC_OK;

    LightResponse(HttpServletResponse everythingElse) {
        super(everythingElse);
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void setStatus(int sc) {
        this.status = sc;
    }

    @Override
    public boolean containsHeader(String name) {
        return headers.containsKey(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return headers.get(name);
    }

    @Override
    public void setHeader(String name, String value) {
        headers.put(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        headers.put(name, value);
    }

    @Override
    public boolean isCommitted() {
        return false;
    }
}
