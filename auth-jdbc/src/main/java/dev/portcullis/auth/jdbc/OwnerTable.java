package dev.portcullis.auth.jdbc;

import java.sql.SQLException;

/** The table of accounts that have been given keys: whoever writes into an account's row has its turn. */
final class OwnerTable {

    private OwnerTable() {}

    /**
     * Waits until nobody else adds keys for an account within a limit; others wait until this work is over. The row is
     * written, not only locked, so that work which sees an older state fails and begins anew, however strictly the
     * application's connections keep transactions apart.
     */
    static void takeTurn(Statements statements, String owner) throws SQLException {
        if (statements.update("update portcullis_key_owner set turns = turns + 1 where owner = ?", owner) > 0) {
            return;
        }
        try {
            statements.update("insert into portcullis_key_owner (owner, turns) values (?, 1)", owner);
        } catch (SQLException e) {
            throw Outage.isDuplicate(e) ? Outage.lostRace() : e;
        }
    }
}
