package dev.portcullis.auth.servlet;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.PresentedCredentials;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What decisions see of a servlet request. Where it comes from is told by the container alone, and by the headers as they
 * were received: a filter that puts a forwarded address into {@code getRemoteAddr} may believe anybody.
 */
final class ServletAuthRequest implements AuthRequest {

    private static final Set<String> FORWARDING = Set.of("forwarded", "x-forwarded-for");

    private final HttpServletRequest request;
    private @Nullable PresentedCredentials credentials;

    ServletAuthRequest(HttpServletRequest request) {
        this.request = request;
    }

    /** Taken apart once, for all methods that ask. */
    @Override
    public PresentedCredentials credentials() {
        PresentedCredentials known = credentials;
        if (known == null) {
            known = PresentedCredentials.of(this);
            credentials = known;
        }
        return known;
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

    /**
     * Without the port that its scheme has by itself (RFC 9110 section 4.2.3). HTTP/2 has no {@code Host} field if the
     * client has sent {@code :authority}: then the container knows.
     */
    @Override
    public @Nullable String authority() {
        int usual = request.isSecure() ? 443 : 80;
        if (headers("host").isEmpty()) {
            int port = request.getServerPort();
            return port == usual ? request.getServerName() : request.getServerName() + ":" + port;
        }
        String sent = AuthRequest.super.authority();
        String port = ":" + usual;
        return sent != null && sent.endsWith(port) ? sent.substring(0, sent.length() - port.length()) : sent;
    }

    @Override
    public byte @Nullable [] body(int most) throws IOException {
        return BufferedRequest.read(request, most);
    }

    @Override
    public @Nullable String remoteAddress() {
        return RequestTarget.asReceived(request).getRemoteAddr();
    }

    @Override
    public @Nullable String path() {
        return RequestTarget.path(request);
    }

    @Override
    public @Nullable String query() {
        return request.getQueryString();
    }

    /** HTTP/2 has no {@code Host} field if the client has sent {@code :authority}: then the container knows. */
    @Override
    public @Nullable String host() {
        return headers("host").isEmpty() ? request.getServerName() : AuthRequest.super.host();
    }

    @Override
    public List<String> headers(String name) {
        HttpServletRequest source = FORWARDING.contains(name) ? RequestTarget.asReceived(request) : request;
        Enumeration<String> values = source.getHeaders(name);
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
