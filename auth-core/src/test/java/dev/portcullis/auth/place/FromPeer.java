package dev.portcullis.auth.place;

import dev.portcullis.auth.AuthRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request from the other end of a connection, with what is said of where it comes from. */
final class FromPeer implements AuthRequest {

    private record Field(String name, String value) {}

    private final @Nullable String peer;
    private final List<Field> fields = new ArrayList<>();

    private FromPeer(@Nullable String peer) {
        this.peer = peer;
    }

    static FromPeer at(@Nullable String peer) {
        return new FromPeer(peer);
    }

    FromPeer field(String name, String value) {
        fields.add(new Field(name, value));
        return this;
    }

    FromPeer forwardedFor(String value) {
        return field("X-Forwarded-For", value);
    }

    FromPeer forwarded(String value) {
        return field("Forwarded", value);
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public List<String> headers(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    @Override
    public @Nullable String remoteAddress() {
        return peer;
    }
}
