package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.signature.Ed25519PublicKey;
import dev.portcullis.auth.signature.SigningKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of signing keys. */
final class SigningKeyTable {

    private static final String COLUMNS = "id, owner, name, public_key, scopes, created_at";
    private static final String SELECT = "select " + COLUMNS + ", last_used_at from portcullis_signing_key";
    private static final String PAGE = " order by id desc fetch first ? rows only";

    private SigningKeyTable() {}

    /** What is no key was written by hand: such a row cannot be answered for. */
    private static SigningKey read(ResultSet row) throws SQLException {
        Ed25519PublicKey key = Ed25519PublicKey.of(row.getBytes(4));
        if (key == null) {
            throw new SQLException("A row of the signing keys holds no public key");
        }
        SigningKey unused = new SigningKey(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                key,
                KeyRow.scopes(row, 5),
                row.getObject(6, OffsetDateTime.class).toInstant());
        OffsetDateTime lastUsedAt = row.getObject(7, OffsetDateTime.class);
        return lastUsedAt == null ? unused : unused.lastUsedAt(lastUsedAt.toInstant());
    }

    static @Nullable SigningKey byFingerprint(Statements statements, SHA256 fingerprint) throws SQLException {
        return statements.first(SigningKeyTable::read, SELECT + " where fingerprint = ?", fingerprint);
    }

    static @Nullable SigningKey byID(Statements statements, UUID id) throws SQLException {
        return statements.first(SigningKeyTable::read, SELECT + " where id = ?", id);
    }

    static List<SigningKey> list(Statements statements, String owner, @Nullable UUID before, int limit)
            throws SQLException {
        return before == null
                ? statements.all(SigningKeyTable::read, SELECT + " where owner = ?" + PAGE, owner, limit)
                : statements.all(
                        SigningKeyTable::read, SELECT + " where owner = ? and id < ?" + PAGE, owner, before, limit);
    }

    /** The key, which nobody else deletes until this work is over. */
    static @Nullable SigningKey hold(Statements statements, String owner, UUID id) throws SQLException {
        return statements.first(SigningKeyTable::read, SELECT + " where owner = ? and id = ? for update", owner, id);
    }

    static long count(Statements statements, String owner) throws SQLException {
        Long count = statements.first(
                row -> row.getLong(1), "select count(*) from portcullis_signing_key where owner = ?", owner);
        return count == null ? 0 : count;
    }

    static void insert(Statements statements, SigningKey key) throws SQLException {
        statements.update(
                "insert into portcullis_signing_key (fingerprint, " + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?)",
                key.fingerprint(),
                key.id(),
                key.owner(),
                key.name(),
                key.publicKey().encoded(),
                KeyRow.scopes(key.scopes()),
                key.createdAt());
    }

    static void touch(Statements statements, UUID id, Instant usedAt) throws SQLException {
        statements.update(
                "update portcullis_signing_key set last_used_at = ?"
                        + " where id = ? and (last_used_at is null or last_used_at < ?)",
                usedAt,
                id,
                usedAt);
    }

    static void delete(Statements statements, UUID id) throws SQLException {
        statements.update("delete from portcullis_signing_key where id = ?", id);
    }
}
