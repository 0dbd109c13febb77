package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.AuditRecord;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** What is printed of keys: never the plaintext, never the hash. */
final class KeyView {

    private KeyView() {}

    /** The members of the contract's section 4, and for operators owner and successor. */
    static JSON.Members asJSON(APIKey key, Instant now) {
        return JSON.object()
                .with("id", key.id().toString())
                .with("owner", key.owner())
                .with("name", key.name())
                .with("environment", key.environment().label())
                .with("key_prefix", key.keyPrefix())
                .with("scopes", new TreeSet<>(key.scopes()))
                .with("created_at", key.createdAt())
                .with("last_used_at", key.lastUsedAt())
                .with("expires_at", key.expiresAt())
                .with("revoked_at", key.revokedAt())
                .with("is_active", key.isActive(now))
                .with(
                        "successor_id",
                        key.successorID() == null ? null : key.successorID().toString());
    }

    static JSON.Members asJSON(AuditRecord record) {
        return JSON.object()
                .with("number", record.number())
                .with("at", record.at())
                .with("action", record.action().label())
                .with("key_id", record.keyID().toString())
                .with("owner", record.owner())
                .with("by", record.by().subject())
                .with("from", record.by().from());
    }

    static Table table(List<APIKey> keys, Instant now, Style style) {
        Table table =
                Table.of("ID", "PREFIX", "STATUS", "OWNER", "NAME", "SCOPES", "CREATED (UTC)", "LAST USED", "EXPIRES");
        for (APIKey key : keys) {
            table.row(
                    key.id().toString(),
                    key.keyPrefix(),
                    status(key, now, style),
                    Shown.text(key.owner()),
                    Shown.text(key.name()),
                    scopes(key),
                    Shown.minute(key.createdAt()),
                    Shown.minute(key.lastUsedAt()),
                    Shown.minute(key.expiresAt()));
        }
        return table;
    }

    static Table details(APIKey key, Instant now, Style style) {
        Table table = Table.plain()
                .row("id", key.id().toString())
                .row("owner", Shown.text(key.owner()))
                .row("name", Shown.text(key.name()))
                .row("environment", key.environment().label())
                .row("key prefix", key.keyPrefix())
                .row("scopes", scopes(key))
                .row("status", status(key, now, style))
                .row("created", when(key.createdAt(), now))
                .row("last used", key.lastUsedAt() == null ? "-" : when(key.lastUsedAt(), now))
                .row("expires", key.expiresAt() == null ? "-" : when(key.expiresAt(), now))
                .row("revoked", key.revokedAt() == null ? "-" : when(key.revokedAt(), now));
        return key.successorID() == null
                ? table
                : table.row("successor", key.successorID().toString());
    }

    private static String when(Instant time, Instant now) {
        return time + "  " + Shown.distance(time, now);
    }

    private static String scopes(APIKey key) {
        return key.scopes().isEmpty() ? "-" : Shown.text(String.join(" ", new TreeSet<>(key.scopes())));
    }

    private static String status(APIKey key, Instant now, Style style) {
        if (key.revokedAt() != null) {
            return style.bad("revoked");
        }
        if (!key.isActive(now)) {
            return style.bad("expired");
        }
        return key.isInOverlap(now) ? style.unsure("rotated") : style.good("active");
    }

    static Table audit(List<AuditRecord> records) {
        Table table = Table.of("NUMBER", "TIME", "ACTION", "KEY", "OWNER", "BY", "FROM");
        for (AuditRecord record : records) {
            table.row(
                    Long.toString(record.number()),
                    record.at().toString(),
                    record.action().label(),
                    record.keyID().toString(),
                    Shown.text(record.owner()),
                    Shown.text(record.by().subject()),
                    Shown.text(record.by().from()));
        }
        return table;
    }
}
