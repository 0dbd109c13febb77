package dev.portcullis.auth.signature;

import dev.portcullis.auth.AuthRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request of which every part can be chosen, and changed after it was signed. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SentRequest(String method, @Nullable String target, List<Map.Entry<String, String>> fields, byte[] content)
        implements AuthRequest {

    static SentRequest of(String method, String target) {
        return new SentRequest(method, target, List.of(), new byte[0]);
    }

    static SentRequest json(String method, String target, String body) {
        return of(method, target).with("content-type", "application/json").body(body);
    }

    SentRequest with(String name, String value) {
        List<Map.Entry<String, String>> all = new ArrayList<>(fields);
        all.add(Map.entry(name, value));
        return new SentRequest(method, target, all, content);
    }

    SentRequest without(String name) {
        return new SentRequest(
                method,
                target,
                fields.stream().filter(field -> !field.getKey().equals(name)).toList(),
                content);
    }

    SentRequest set(String name, String value) {
        return without(name).with(name, value);
    }

    SentRequest body(String body) {
        return new SentRequest(method, target, fields, body.getBytes(StandardCharsets.UTF_8));
    }

    SentRequest to(@Nullable String other) {
        return new SentRequest(method, other, fields, content);
    }

    SentRequest by(String other) {
        return new SentRequest(other, target, fields, content);
    }

    /** Signed as its own parts are at this moment. */
    SentRequest signed(Ed25519SecretKey key, Instant at) {
        SentRequest signed = this;
        for (Map.Entry<String, String> header : RequestSignature.of(
                        key, at, method, target == null ? "/" : target, content)
                .headers("x-thegrid")
                .entrySet()) {
            signed = signed.set(header.getKey(), header.getValue());
        }
        return signed;
    }

    @Override
    public List<String> headers(String name) {
        return fields.stream()
                .filter(field -> field.getKey().equals(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public byte @Nullable [] body(int most) throws IOException {
        return content.length > most ? null : content;
    }
}
