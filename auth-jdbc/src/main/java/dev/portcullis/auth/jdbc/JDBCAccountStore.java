package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.account.AccountState;
import dev.portcullis.auth.account.AccountStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * How accounts stand, in a database. With PostgreSQL changes are told to {@link PostgreSQLChangeNotices}, also those that
 * are made by hand.
 */
final class JDBCAccountStore implements AccountStore {

    private static final String SELECT = "select suspended, verified_until from portcullis_account where account = ?";

    private final Connections connections;

    JDBCAccountStore(Connections connections) {
        this.connections = connections.about(Asked.ACCOUNTS);
    }

    /** Of an account that nobody can have stored, nothing is stored. */
    @Override
    public AccountState find(String account) {
        return StorableText.isOne(account)
                ? connections.read(statements -> state(statements, account))
                : AccountState.IN_ORDER;
    }

    private static AccountState state(Statements statements, String account) throws SQLException {
        AccountState state = statements.first(JDBCAccountStore::read, SELECT, account);
        return state == null ? AccountState.IN_ORDER : state;
    }

    private static AccountState read(ResultSet row) throws SQLException {
        OffsetDateTime until = row.getObject(2, OffsetDateTime.class);
        return new AccountState(row.getBoolean(1), until == null ? null : until.toInstant());
    }

    @Override
    public AccountState suspend(String account, boolean suspended) {
        return set(account, "suspended", suspended, new AccountState(suspended, null));
    }

    @Override
    public AccountState verify(String account, @Nullable Instant until) {
        return set(account, "verified_until", Parameters.orNull(until), new AccountState(false, until));
    }

    /** Writes one column, and leaves the other to whoever writes that. An account in order needs no row. */
    private AccountState set(String account, String column, Object value, AccountState alone) {
        return connections.together(statements -> {
            int rows = statements.update(
                    "update portcullis_account set " + column + " = ? where account = ?", value, account);
            if (rows > 0) {
                return state(statements, account);
            }
            if (!alone.equals(AccountState.IN_ORDER)) {
                insert(statements, account, alone);
            }
            return alone;
        });
    }

    private static void insert(Statements statements, String account, AccountState state) throws SQLException {
        try {
            statements.update(
                    "insert into portcullis_account (account, suspended, verified_until) values (?, ?, ?)",
                    account,
                    state.suspended(),
                    Parameters.orNull(state.verifiedUntil()));
        } catch (SQLException e) {
            throw Outage.isDuplicate(e) ? Outage.lostRace() : e;
        }
    }

    /** Which kind of database it is, never where. */
    @Override
    public String toString() {
        return "JDBCAccountStore[" + connections.database() + "]";
    }
}
