package dev.portcullis.auth.example;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** Decides nothing: what two filters cost that stand in a container at all, one of which hands on a request of its own. */
final class IdleFilter implements Filter {

    /** Whether there are to be any. */
    static final boolean ARE_ASKED_FOR = Boolean.getBoolean("idle");

    private final boolean wraps;

    /**
     * A filter.
     *
     * @param wraps whether it hands on another request, as a filter must that says who is calling
     */
    IdleFilter(boolean wraps) {
        this.wraps = wraps;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(wraps ? new HttpServletRequestWrapper((HttpServletRequest) request) : request, response);
    }

    @Override
    public String toString() {
        return wraps ? "idle-wrapping" : "idle";
    }
}
