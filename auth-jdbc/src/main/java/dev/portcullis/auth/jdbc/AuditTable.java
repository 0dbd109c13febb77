package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.AuditNote;
import dev.portcullis.auth.apikey.AuditRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of what was done to keys. Rows are added and read, nothing else. */
final class AuditTable {

    private static final String INSERT =
            "insert into portcullis_key_audit (at, action, key_id, owner, actor, actor_from)"
                    + " values (?, ?, ?, ?, ?, ?)";
    private static final String SELECT =
            "select number, at, action, key_id, owner, actor, actor_from from portcullis_key_audit where ";
    private static final String PAGE = "number < ? order by number desc fetch first ? rows only";

    private AuditTable() {}

    /** Called while the key is held, so that its records have the order of its changes. */
    static void add(Statements statements, AuditNote note, AuditAction action, APIKey key) throws SQLException {
        statements.update(INSERT, values(note, action, key));
    }

    static void addAll(Statements statements, AuditNote note, List<APIKey> keys) throws SQLException {
        statements.updateEach(
                INSERT,
                keys.stream().map(key -> values(note, note.action(), key)).toList());
    }

    private static Object[] values(AuditNote note, AuditAction action, APIKey key) {
        Actor by = note.by();
        return new Object[] {note.at(), action.label(), key.id(), key.owner(), by.subject(), by.from()};
    }

    static List<AuditRecord> list(Statements statements, @Nullable String owner, long before, int limit)
            throws SQLException {
        return owner == null
                ? statements.all(AuditTable::read, SELECT + PAGE, before, limit)
                : statements.all(AuditTable::read, SELECT + "owner = ? and " + PAGE, owner, before, limit);
    }

    private static AuditRecord read(ResultSet row) throws SQLException {
        return new AuditRecord(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                AuditAction.of(row.getString(3)),
                row.getObject(4, UUID.class),
                row.getString(5),
                new Actor(row.getString(6), row.getString(7)));
    }
}
