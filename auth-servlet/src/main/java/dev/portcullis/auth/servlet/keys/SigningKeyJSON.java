package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.signature.SigningKey;
import dev.portcullis.auth.signature.SigningKeyRecord;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Signing keys and records as bodies show them. Times are RFC 3339 in UTC. */
final class SigningKeyJSON {

    private SigningKeyJSON() {}

    static Consumer<JsonGenerator> key(SigningKey key) {
        return out -> write(out, key);
    }

    static Consumer<JsonGenerator> keys(List<SigningKey> keys) {
        return out -> {
            out.writeStartArray();
            keys.forEach(key -> write(out, key));
            out.writeEndArray();
        };
    }

    private static void write(JsonGenerator out, SigningKey key) {
        Instant lastUsedAt = key.lastUsedAt();
        out.writeStartObject();
        out.writeStringProperty("id", key.id().toString());
        out.writeStringProperty("name", key.name());
        out.writeStringProperty("fingerprint", key.publicKey().fingerprintText());
        out.writeStringProperty(
                "public_key", Base64.getEncoder().encodeToString(key.publicKey().encoded()));
        out.writeArrayPropertyStart("scopes");
        new TreeSet<>(key.scopes()).forEach(out::writeString);
        out.writeEndArray();
        out.writeStringProperty("created_at", key.createdAt().toString());
        out.writeStringProperty("last_used_at", lastUsedAt == null ? null : lastUsedAt.toString());
        out.writeEndObject();
    }

    static Consumer<JsonGenerator> records(List<SigningKeyRecord> records) {
        return out -> {
            out.writeStartArray();
            records.forEach(record -> write(out, record));
            out.writeEndArray();
        };
    }

    private static void write(JsonGenerator out, SigningKeyRecord record) {
        out.writeStartObject();
        out.writeNumberProperty("number", record.number());
        out.writeStringProperty("at", record.at().toString());
        out.writeStringProperty("action", record.action().label());
        out.writeStringProperty("key_id", record.keyID().toString());
        out.writeStringProperty(
                "fingerprint",
                Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(record.fingerprint().toBytes()));
        out.writeStringProperty("by", record.by().subject());
        out.writeStringProperty("from", record.by().from());
        out.writeEndObject();
    }
}
