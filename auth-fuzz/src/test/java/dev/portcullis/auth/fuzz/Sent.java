package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.AuthRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request made of parts. */
final class Sent implements AuthRequest {

    private final String method;
    private final String target;
    private final byte[] body;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private @Nullable String peer;

    Sent(String method, String target, byte[] body) {
        this.method = method;
        this.target = target;
        this.body = body;
    }

    /** A request without a body, by one header field. */
    static Sent with(String name, String value) {
        return new Sent("GET", "/", new byte[0]).header(name, value);
    }

    Sent header(String name, String value) {
        headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), none -> new ArrayList<>())
                .add(value);
        return this;
    }

    Sent headers(Map<String, String> all) {
        all.forEach(this::header);
        return this;
    }

    Sent from(String address) {
        this.peer = address;
        return this;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public @Nullable String remoteAddress() {
        return peer;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    @Override
    public byte @Nullable [] body(int most) {
        return body.length > most ? null : body.clone();
    }
}
