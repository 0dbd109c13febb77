package dev.portcullis.auth.servlet.session;

import dev.portcullis.auth.AuthRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as it was when a socket was opened. It holds the credential, which it never shows. */
final class Handshake implements AuthRequest {

    private final String path;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Handshake(String path, Map<String, List<String>> headers) {
        this.path = path;
        headers.forEach((name, values) -> this.headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public @Nullable String path() {
        return path;
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public String toString() {
        return "Handshake[" + path + ", headers=redacted]";
    }
}
