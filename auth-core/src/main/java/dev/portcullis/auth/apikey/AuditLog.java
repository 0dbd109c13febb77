package dev.portcullis.auth.apikey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest records of an audit, in memory. Whoever owns this sees to it that one thread at a time uses it. When it is
 * full the oldest record makes room, so that memory does not run out in the end.
 */
final class AuditLog {

    private final int capacity;

    /** Once full, a ring: the record with a number stands at its remainder. */
    private final List<AuditRecord> records = new ArrayList<>();

    private long next;

    AuditLog(int capacity) {
        this.capacity = capacity;
    }

    void add(AuditNote note, AuditAction action, APIKey key) {
        Instant at = Instant.ofEpochMilli(note.at().toEpochMilli());
        AuditRecord record = new AuditRecord(next, at, action, key.id(), key.owner(), note.by());
        if (records.size() < capacity) {
            records.add(record);
        } else {
            records.set((int) (next % capacity), record);
        }
        next++;
    }

    List<AuditRecord> list(@Nullable String owner, long before, int limit) {
        List<AuditRecord> page = new ArrayList<>();
        long oldest = next - records.size();
        for (long number = Math.max(0, Math.min(next, before)) - 1; number >= oldest && page.size() < limit; number--) {
            AuditRecord record = records.get((int) (number % capacity));
            if (owner == null || owner.equals(record.owner())) {
                page.add(record);
            }
        }
        return page;
    }
}
