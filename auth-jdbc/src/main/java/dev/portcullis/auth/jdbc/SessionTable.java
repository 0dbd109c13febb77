package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.OpeningKey;
import dev.portcullis.auth.session.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of sessions. */
final class SessionTable {

    /** In the order in which they are read and written here. */
    private static final String COLUMNS =
            "id, hash, account, login_type, opened_by, permissions, key_id, key_hash, created_at, expires_at";

    private static final String SELECT = "select " + COLUMNS + " from portcullis_session where ";
    private static final String INSERT =
            "insert into portcullis_session (" + COLUMNS + ") values (?" + ", ?".repeat(9) + ")";

    private SessionTable() {}

    static @Nullable Session byHash(Statements statements, SHA256 hash) throws SQLException {
        return statements.first(SessionTable::read, SELECT + "hash = ?", hash);
    }

    static List<Session> list(Statements statements, String account, Instant now) throws SQLException {
        return statements.all(
                SessionTable::read,
                SELECT + "account = ? and expires_at > ? order by created_at desc, id",
                account,
                now);
    }

    static void insert(Statements statements, Session session) throws SQLException {
        try {
            statements.update(INSERT, values(session));
        } catch (SQLException e) {
            if (Outage.isDuplicate(e)) {
                throw new IllegalArgumentException(
                        "A session with the identifier or the hash of " + session + " is there");
            }
            throw e;
        }
    }

    /** Ends others of the account until there are no more than a number: those that are over, then those opened first. */
    static void endSurplus(Statements statements, Session added, int maximum) throws SQLException {
        List<UUID> others = statements.all(
                row -> row.getObject(1, UUID.class),
                "select id from portcullis_session where account = ? and id <> ?"
                        + " order by case when expires_at <= ? then 0 else 1 end, created_at, id",
                added.account(),
                added.id(),
                added.createdAt());
        int surplus = others.size() + 1 - maximum;
        if (surplus > 0) {
            statements.update(
                    "delete from portcullis_session where id = any(?)", Parameters.ids(others.subList(0, surplus)));
        }
    }

    static boolean end(Statements statements, String account, UUID id) throws SQLException {
        return statements.update("delete from portcullis_session where id = ? and account = ?", id, account) > 0;
    }

    static int endAllOfKey(Statements statements, UUID keyID) throws SQLException {
        return statements.update("delete from portcullis_session where key_id = ?", keyID);
    }

    static int endAllOfAccount(Statements statements, String account) throws SQLException {
        return statements.update("delete from portcullis_session where account = ?", account);
    }

    static void rehashKey(Statements statements, UUID keyID, SHA256 keyHash) throws SQLException {
        statements.update("update portcullis_session set key_hash = ? where key_id = ?", keyHash, keyID);
    }

    /** Forgets some of those that were over at a moment, and says how many. */
    static int forget(Statements statements, Instant before, int most) throws SQLException {
        return statements.update(
                "delete from portcullis_session where id in (select id from portcullis_session"
                        + " where expires_at <= ? fetch first ? rows only)",
                before,
                most);
    }

    private static Object[] values(Session session) {
        OpeningKey key = session.key();
        return new Object[] {
            session.id(),
            session.hash(),
            session.account(),
            session.loginType().label(),
            session.openedBy().name(),
            KeyRow.scopes(session.permissions()),
            Parameters.orNull(key == null ? null : key.id()),
            Parameters.orNull(key == null ? null : key.hash()),
            session.createdAt(),
            session.expiresAt()
        };
    }

    private static Session read(ResultSet row) throws SQLException {
        return new Session(
                row.getObject(1, UUID.class),
                SHA256.ofHashed(row.getBytes(2)),
                row.getString(3),
                LoginType.of(row.getString(4)),
                CredentialKind.valueOf(row.getString(5)),
                Set.copyOf(KeyRow.texts(row, 6)),
                key(row.getObject(7, UUID.class), row.getBytes(8)),
                row.getObject(9, OffsetDateTime.class).toInstant(),
                row.getObject(10, OffsetDateTime.class).toInstant());
    }

    private static @Nullable OpeningKey key(@Nullable UUID id, byte @Nullable [] hash) {
        return id == null || hash == null ? null : new OpeningKey(id, SHA256.ofHashed(hash));
    }
}
