package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.SHA256;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How our values become a statement's. */
final class Parameters {

    private static final Null NO_TIME = new Null(Types.TIMESTAMP_WITH_TIMEZONE, "timestamptz");
    private static final Null NO_HASH = new Null(Types.VARBINARY, "bytea");
    private static final Null NO_ID = new Null(Types.OTHER, "uuid");

    private Parameters() {}

    /** Stands for null: a statement that is used again and again is prepared anew if the type of a value is not told. */
    private record Null(int type, String name) {}

    /** Values of one type, as JDBC takes them; they are not changed. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Values(String type, Object[] values) {}

    static Object texts(Collection<String> texts) {
        return new Values("text", texts.stream().map(StorableText::checked).toArray(String[]::new));
    }

    static Object ids(Collection<UUID> ids) {
        return new Values("uuid", ids.toArray(UUID[]::new));
    }

    static Object hashes(Collection<SHA256> hashes) {
        return new Values("bytea", hashes.stream().map(SHA256::toBytes).toArray(byte[][]::new));
    }

    static Object orNull(@Nullable Instant time) {
        return time == null ? NO_TIME : time;
    }

    static Object orNull(@Nullable SHA256 hash) {
        return hash == null ? NO_HASH : hash;
    }

    static Object orNull(@Nullable UUID id) {
        return id == null ? NO_ID : id;
    }

    static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            set(statement, i + 1, values[i]);
        }
    }

    private static void set(PreparedStatement statement, int index, Object value) throws SQLException {
        if (value instanceof String text) {
            statement.setString(index, StorableText.checked(text));
        } else if (value instanceof SHA256 hash) {
            statement.setBytes(index, hash.toBytes());
        } else if (value instanceof Instant time) {
            statement.setObject(index, time.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC));
        } else if (value instanceof Null absent) {
            statement.setNull(index, absent.type, absent.name);
        } else if (value instanceof Values many) {
            statement.setArray(index, statement.getConnection().createArrayOf(many.type, many.values));
        } else {
            statement.setObject(index, value);
        }
    }
}
