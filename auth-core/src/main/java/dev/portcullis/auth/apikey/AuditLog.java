package dev.portcullis.auth.apikey;

import dev.portcullis.auth.RecentRecords;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest records of an audit, in memory. Whoever owns this sees to it that one thread at a time uses it. */
final class AuditLog {

    private final RecentRecords<AuditRecord> records;

    AuditLog(int capacity) {
        records = new RecentRecords<>(capacity);
    }

    void add(AuditNote note, AuditAction action, APIKey key) {
        Instant at = Instant.ofEpochMilli(note.at().toEpochMilli());
        records.add(number -> new AuditRecord(number, at, action, key.id(), key.owner(), note.by()));
    }

    List<AuditRecord> list(@Nullable String owner, long before, int limit) {
        return records.list(record -> owner == null || owner.equals(record.owner()), before, limit);
    }
}
