package dev.portcullis.auth.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The version of the tables, which the scripts write down themselves, whoever runs them. */
final class Schema {

    /** The version of the last script. */
    static final int VERSION = 4;

    private static final int NONE = 0;

    private static final Logger LOG = LoggerFactory.getLogger(JDBCAPIKeyStore.class);

    private Schema() {}

    /**
     * Checks that the tables are there. A later version is fine: scripts only add.
     *
     * @throws IllegalStateException if something must be done first
     */
    static void check(Statements statements, Database database) throws SQLException {
        int version = version(statements);
        if (version < VERSION) {
            throw new IllegalStateException((version == NONE
                            ? "There is no Portcullis schema"
                            : "The Portcullis schema" + " has version " + version + " and should have " + VERSION)
                    + " in this database: call Migrations.migrate(dataSource), or run the scripts in "
                    + database.scripts() + " of the auth-jdbc jar, in order");
        }
        if (database == Database.POSTGRESQL) {
            checkEncoding(statements);
            warnOfLoss(statements);
        }
    }

    /** The version of the tables, or 0 if there are none. */
    static int version(Statements statements) throws SQLException {
        try {
            Integer version = statements.first(row -> row.getInt(1), "select max(version) from portcullis_schema");
            return version == null ? NONE : version;
        } catch (SQLException e) {
            if (isMissingTable(e.getSQLState())) {
                return NONE;
            }
            throw e;
        }
    }

    private static boolean isMissingTable(@Nullable String state) {
        return "42P01".equals(state) || "42S02".equals(state) || "42S03".equals(state) || "42S04".equals(state);
    }

    private static void checkEncoding(Statements statements) throws SQLException {
        String encoding = statements.first(row -> row.getString(1), "select current_setting('server_encoding')");
        if (!"UTF8".equals(encoding)) {
            throw new IllegalStateException(
                    "The database has the encoding " + encoding + " and cannot keep every name: create it with UTF8");
        }
    }

    private static void warnOfLoss(Statements statements) throws SQLException {
        for (String setting : List.of("fsync", "synchronous_commit")) {
            String value = statements.first(row -> row.getString(1), "select current_setting(?)", setting);
            if ("off".equals(value)) {
                LOG.warn("{} is off: if the database server dies, changes that were answered can be lost", setting);
            }
        }
    }
}
