package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.apikey.APIKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of keys. */
final class KeyTable {

    private static final String SELECT = "select " + KeyRow.COLUMNS + " from portcullis_api_key";
    private static final String BY_HASH = SELECT + " where hash = ?";
    private static final String BY_ID = SELECT + " where id = ?";
    private static final String PAGE = " order by id desc fetch first ? rows only";
    private static final String INSERT =
            "insert into portcullis_api_key (" + KeyRow.COLUMNS + ") values (?" + ", ?".repeat(12) + ")";

    private static final String IS_ACTIVE = "revoked_at is null and (expires_at is null or expires_at > ?)";
    private static final String COUNT = "select count(*) from portcullis_api_key where owner = ? and " + IS_ACTIVE;

    private KeyTable() {}

    static @Nullable APIKey byHash(Statements statements, SHA256 hash) throws SQLException {
        return statements.first(KeyRow::read, BY_HASH, hash);
    }

    /** In one step, so that a key which is hashed anew meanwhile is not missed. */
    static @Nullable APIKey byFirstOf(Statements statements, List<SHA256> hashes) throws SQLException {
        String places = String.join(", ", Collections.nCopies(hashes.size(), "?"));
        List<APIKey> found = statements.all(KeyRow::read, SELECT + " where hash in (" + places + ")", hashes.toArray());
        for (SHA256 hash : hashes) {
            for (APIKey key : found) {
                if (key.hash().equals(hash)) {
                    return key;
                }
            }
        }
        return null;
    }

    static @Nullable APIKey byID(Statements statements, UUID id) throws SQLException {
        return statements.first(KeyRow::read, BY_ID, id);
    }

    /** The key, which nobody else changes or deletes until this work is over. */
    static @Nullable APIKey hold(Statements statements, UUID id) throws SQLException {
        return statements.first(KeyRow::read, BY_ID + " for update", id);
    }

    static List<APIKey> list(Statements statements, @Nullable String owner, @Nullable UUID before, int limit)
            throws SQLException {
        if (owner == null) {
            return before == null
                    ? statements.all(KeyRow::read, SELECT + PAGE, limit)
                    : statements.all(KeyRow::read, SELECT + " where id < ?" + PAGE, before, limit);
        }
        return before == null
                ? statements.all(KeyRow::read, SELECT + " where owner = ?" + PAGE, owner, limit)
                : statements.all(KeyRow::read, SELECT + " where owner = ? and id < ?" + PAGE, owner, before, limit);
    }

    static void insert(Statements statements, APIKey key) throws SQLException {
        try {
            statements.update(INSERT, KeyRow.values(key));
        } catch (SQLException e) {
            if (Outage.isDuplicate(e)) {
                throw new IllegalArgumentException("A key with the identifier or the hash of " + key + " is there");
            }
            throw e;
        }
    }

    static void insertAll(Statements statements, List<APIKey> keys) throws SQLException {
        statements.updateEach(INSERT, keys.stream().map(KeyRow::values).toList());
    }

    /** Writes all that can be different of a key that is held. */
    static void replace(Statements statements, APIKey key) throws SQLException {
        statements.update(
                "update portcullis_api_key set name = ?, scopes = ?, expires_at = ?, revoked_at = ?, successor_id = ?,"
                        + " ip_allowlist = ? where id = ?",
                key.name(),
                KeyRow.scopes(key.scopes()),
                Parameters.orNull(key.expiresAt()),
                Parameters.orNull(key.revokedAt()),
                Parameters.orNull(key.successorID()),
                Parameters.texts(key.allowList().entries()),
                key.id());
    }

    static void delete(Statements statements, UUID id) throws SQLException {
        statements.update("delete from portcullis_api_key where id = ?", id);
    }

    static void touch(Statements statements, UUID id, Instant usedAt) throws SQLException {
        statements.update(
                "update portcullis_api_key set last_used_at = ?"
                        + " where id = ? and (last_used_at is null or last_used_at < ?)",
                usedAt,
                id,
                usedAt);
    }

    static boolean rehash(Statements statements, UUID id, SHA256 hash, int version) throws SQLException {
        try {
            return statements.update(
                            "update portcullis_api_key set hash = ?, hash_version = ? where id = ? and hash_version < ?",
                            hash,
                            version,
                            id,
                            version)
                    > 0;
        } catch (SQLException e) {
            if (Outage.isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    /** How many of an owner's keys count towards its maximum. */
    static long countIssued(Statements statements, String owner, Instant now) throws SQLException {
        return count(statements, COUNT + " and successor_id is null", owner, now);
    }

    /** How many of an owner's keys work although they have a successor. */
    static long countInOverlap(Statements statements, String owner, Instant now) throws SQLException {
        return count(statements, COUNT + " and successor_id is not null", owner, now);
    }

    private static long count(Statements statements, String sql, Object... parameters) throws SQLException {
        Long count = statements.first(row -> row.getLong(1), sql, parameters);
        return count == null ? 0 : count;
    }

    static Map<Integer, Long> countByHashVersion(Statements statements, Instant now) throws SQLException {
        Map<Integer, Long> counts = new HashMap<>();
        statements.all(
                row -> counts.put(row.getInt(1), row.getLong(2)),
                "select hash_version, count(*) from portcullis_api_key where " + IS_ACTIVE + " group by hash_version",
                now);
        return counts;
    }

    /** Which of these identifiers there are. */
    static Set<UUID> idsAmong(Statements statements, List<UUID> ids) throws SQLException {
        return new HashSet<>(statements.all(
                row -> row.getObject(1, UUID.class),
                "select id from portcullis_api_key where id = any(?)",
                Parameters.ids(ids)));
    }

    /** Which of these hashes there are. */
    static Set<SHA256> hashesAmong(Statements statements, List<SHA256> hashes) throws SQLException {
        return new HashSet<>(statements.all(
                row -> SHA256.ofHashed(row.getBytes(1)),
                "select hash from portcullis_api_key where hash = any(?)",
                Parameters.hashes(hashes)));
    }
}
