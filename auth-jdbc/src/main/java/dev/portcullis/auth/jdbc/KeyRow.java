package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.apikey.APIKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key as a row. */
final class KeyRow {

    /** In the order in which they are read and written here. */
    static final String COLUMNS = "id, hash, hash_version, owner, name, key_prefix, scopes,"
            + " created_at, last_used_at, expires_at, revoked_at, successor_id, ip_allowlist";

    private KeyRow() {}

    static APIKey read(ResultSet row) throws SQLException {
        return APIKey.builder()
                .id(row.getObject(1, UUID.class))
                .hash(SHA256.ofHashed(row.getBytes(2)))
                .hashVersion(row.getInt(3))
                .owner(row.getString(4))
                .name(row.getString(5))
                .keyPrefix(row.getString(6))
                .scopes(Set.copyOf(texts(row, 7)))
                .createdAt(row.getObject(8, OffsetDateTime.class).toInstant())
                .lastUsedAt(time(row, 9))
                .expiresAt(time(row, 10))
                .revokedAt(time(row, 11))
                .successorID(row.getObject(12, UUID.class))
                .allowList(AllowList.of(texts(row, 13)))
                .build();
    }

    static List<String> texts(ResultSet row, int column) throws SQLException {
        Object[] values = (Object[]) row.getArray(column).getArray();
        return List.of(Arrays.copyOf(values, values.length, String[].class));
    }

    static Set<String> scopes(ResultSet row, int column) throws SQLException {
        Object[] values = (Object[]) row.getArray(column).getArray();
        return Set.of(Arrays.copyOf(values, values.length, String[].class));
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static Object[] values(APIKey key) {
        return new Object[] {
            key.id(),
            key.hash(),
            key.hashVersion(),
            key.owner(),
            key.name(),
            key.keyPrefix(),
            scopes(key.scopes()),
            key.createdAt(),
            Parameters.orNull(key.lastUsedAt()),
            Parameters.orNull(key.expiresAt()),
            Parameters.orNull(key.revokedAt()),
            Parameters.orNull(key.successorID()),
            Parameters.texts(key.allowList().entries())
        };
    }

    /** In order, so that who reads the table finds them so. */
    static Object scopes(Set<String> scopes) {
        return Parameters.texts(scopes.stream().sorted().toList());
    }
}
