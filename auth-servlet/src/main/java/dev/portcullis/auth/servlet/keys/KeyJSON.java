package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.AuditRecord;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Keys and records as bodies show them. Times are RFC 3339 in UTC. */
final class KeyJSON {

    private static final String ISSUED = "Store this key now. It is shown this once and cannot be recovered.";
    private static final String SHOWN_BEFORE = "This key was issued by an earlier request, and was shown then.";

    private KeyJSON() {}

    static Consumer<JsonGenerator> key(APIKey key, Instant now) {
        return out -> write(out, key, now);
    }

    static Consumer<JsonGenerator> keys(List<APIKey> keys, Instant now) {
        return out -> {
            out.writeStartArray();
            keys.forEach(key -> write(out, key, now));
            out.writeEndArray();
        };
    }

    /** A key that was issued: with its plaintext, or without it if that was shown before. */
    static Consumer<JsonGenerator> issued(APIKey key, @Nullable String shownOnce, Instant now) {
        return out -> {
            out.writeStartObject();
            out.writeName("api_key");
            write(out, key, now);
            out.writeStringProperty("plaintext", shownOnce);
            out.writeStringProperty("warning", shownOnce == null ? SHOWN_BEFORE : ISSUED);
            out.writeEndObject();
        };
    }

    private static void write(JsonGenerator out, APIKey key, Instant now) {
        out.writeStartObject();
        out.writeStringProperty("id", key.id().toString());
        out.writeStringProperty("name", key.name());
        out.writeStringProperty("environment", key.environment().label());
        out.writeStringProperty("key_prefix", key.keyPrefix());
        out.writeArrayPropertyStart("scopes");
        new TreeSet<>(key.scopes()).forEach(out::writeString);
        out.writeEndArray();
        out.writeArrayPropertyStart("ip_allowlist");
        key.allowList().entries().forEach(out::writeString);
        out.writeEndArray();
        writeTime(out, "created_at", key.createdAt());
        writeTime(out, "last_used_at", key.lastUsedAt());
        writeTime(out, "expires_at", key.expiresAt());
        writeTime(out, "revoked_at", key.revokedAt());
        out.writeBooleanProperty("is_active", key.isActive(now));
        out.writeEndObject();
    }

    /** What is not there is {@code null}. */
    private static void writeTime(JsonGenerator out, String name, @Nullable Instant time) {
        out.writeStringProperty(name, time == null ? null : time.toString());
    }

    static Consumer<JsonGenerator> records(List<AuditRecord> records) {
        return out -> {
            out.writeStartArray();
            records.forEach(record -> write(out, record));
            out.writeEndArray();
        };
    }

    private static void write(JsonGenerator out, AuditRecord record) {
        out.writeStartObject();
        out.writeNumberProperty("number", record.number());
        writeTime(out, "at", record.at());
        out.writeStringProperty("action", record.action().label());
        out.writeStringProperty("key_id", record.keyID().toString());
        out.writeStringProperty("by", record.by().subject());
        out.writeStringProperty("from", record.by().from());
        out.writeEndObject();
    }
}
