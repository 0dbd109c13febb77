package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.AuditNote;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Many keys that are added at once. */
final class KeyBatch {

    private final List<APIKey> keys;
    private final AuditNote note;

    KeyBatch(List<APIKey> keys, AuditNote note) {
        this.keys = keys;
        this.note = note;
    }

    /** Adds those whose identifier and hash are not there. Somebody who adds one of them meanwhile makes it begin anew. */
    Set<UUID> add(Statements statements) throws SQLException {
        List<APIKey> missing = missing(statements);
        try {
            KeyTable.insertAll(statements, missing);
            AuditTable.addAll(statements, note, missing);
        } catch (SQLException e) {
            throw Outage.isDuplicate(e) ? Outage.lostRace() : e;
        }
        Set<UUID> added = new LinkedHashSet<>();
        missing.forEach(key -> added.add(key.id()));
        return added;
    }

    /** In one order for everybody, so that two who add the same keys wait for each other instead of both waiting. */
    private List<APIKey> missing(Statements statements) throws SQLException {
        Set<UUID> ids =
                KeyTable.idsAmong(statements, keys.stream().map(APIKey::id).toList());
        Set<SHA256> hashes =
                KeyTable.hashesAmong(statements, keys.stream().map(APIKey::hash).toList());
        List<APIKey> missing = new ArrayList<>();
        for (APIKey key : keys) {
            if (!ids.contains(key.id()) && !hashes.contains(key.hash())) {
                ids.add(key.id());
                hashes.add(key.hash());
                missing.add(key);
            }
        }
        missing.sort(Comparator.comparing(APIKey::id));
        return missing;
    }
}
