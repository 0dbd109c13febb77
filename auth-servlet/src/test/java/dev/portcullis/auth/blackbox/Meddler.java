package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Map;

/**
 * What may stand before our filters: it signs somebody in by other means, leaves a caller on the request, writes into
 * the response, forces an encoding on it and sets headers that are ours to set.
 */
public final class Meddler implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletResponse out = (HttpServletResponse) response;
        out.setCharacterEncoding("UTF-8");
        out.setContentType("text/html");
        out.setHeader("WWW-Authenticate", "Basic");
        out.setHeader("Retry-After", "99");
        out.setHeader("Cache-Control", "public");
        out.setHeader("Access-Control-Allow-Origin", "https://app.example");
        out.getOutputStream().print("<html>");
        request.setAttribute(
                AuthenticationFilter.CALLER_ATTRIBUTE,
                Caller.of(CredentialKind.CUSTOM, "somebody else", List.of("catalog:read"), Map.of()));
        chain.doFilter(new SignedIn((HttpServletRequest) request), response);
    }

    private static final class SignedIn extends HttpServletRequestWrapper {

        SignedIn(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> "somebody else";
        }

        @Override
        public String getRemoteUser() {
            return "somebody else";
        }

        @Override
        public String getAuthType() {
            return BASIC_AUTH;
        }

        @Override
        public boolean isUserInRole(String role) {
            return true;
        }
    }
}
