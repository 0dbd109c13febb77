package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.signature.SigningKey;
import dev.portcullis.auth.signature.SigningKeyAction;
import dev.portcullis.auth.signature.SigningKeyNote;
import dev.portcullis.auth.signature.SigningKeyRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of what was done to signing keys. Rows are added and read, nothing else. */
final class SigningAuditTable {

    private static final String COLUMNS = "at, action, key_id, fingerprint, owner, actor, actor_from";
    private static final String SELECT = "select number, " + COLUMNS + " from portcullis_signing_key_audit where ";
    private static final String PAGE = "number < ? order by number desc fetch first ? rows only";

    private SigningAuditTable() {}

    /** Called while the key is held, so that its records have the order of its changes. */
    static void add(Statements statements, SigningKeyNote note, SigningKeyAction action, SigningKey key)
            throws SQLException {
        statements.update(
                "insert into portcullis_signing_key_audit (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?)",
                note.at(),
                action.label(),
                key.id(),
                key.fingerprint(),
                key.owner(),
                note.by().subject(),
                note.by().from());
    }

    static List<SigningKeyRecord> list(Statements statements, @Nullable String owner, long before, int limit)
            throws SQLException {
        return owner == null
                ? statements.all(SigningAuditTable::read, SELECT + PAGE, before, limit)
                : statements.all(SigningAuditTable::read, SELECT + "owner = ? and " + PAGE, owner, before, limit);
    }

    private static SigningKeyRecord read(ResultSet row) throws SQLException {
        return new SigningKeyRecord(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                SigningKeyAction.of(row.getString(3)),
                row.getObject(4, UUID.class),
                SHA256.ofHashed(row.getBytes(5)),
                row.getString(6),
                new Actor(row.getString(7), row.getString(8)));
    }
}
