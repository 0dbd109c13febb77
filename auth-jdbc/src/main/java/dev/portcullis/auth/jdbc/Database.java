package dev.portcullis.auth.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** The databases there is a schema for, and what is different about them. */
enum Database {
    /** Embedded, in this process. */
    H2("h2"),
    /** A server, for many processes. */
    POSTGRESQL("postgresql");

    /** A folder that is no package, so that a module does not hide it. */
    private static final String SCRIPTS = "portcullis-schema/";

    private static final String WRITE_DELAY =
            "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'";

    private final String folder;

    Database(String folder) {
        this.folder = folder;
    }

    /** Where in the jar its scripts are. */
    String scripts() {
        return SCRIPTS + folder;
    }

    /**
     * Which database a connection leads to.
     *
     * @throws IllegalStateException if it is neither of these
     */
    static Database of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "H2" -> H2;
            case "PostgreSQL" -> POSTGRESQL;
            default ->
                throw new IllegalStateException(
                        "The data source leads to " + product + ": there is a schema for H2 and" + " for PostgreSQL");
        };
    }

    static boolean isPostgreSQL(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }

    /**
     * Whether writers take turns. What H2 writes to its file while another transaction writes can hold half of that, and
     * the log by which to undo it too late: after a crash it would be there to stay.
     */
    boolean hasTurns() {
        return this == H2;
    }

    /**
     * Has the file written by commits and by nothing else: H2 writes half a second later unless it is told to, and in
     * the midst of a transaction.
     */
    void prepare(Statements statements) throws SQLException {
        if (this == H2 && !"0".equals(statements.first(row -> row.getString(1), WRITE_DELAY))) {
            statements.execute("set write_delay 0");
        }
        sync(statements);
    }

    /** Has what was committed, and handed to the operating system, written to the disk. */
    void sync(Statements statements) throws SQLException {
        if (this == H2) {
            statements.execute("checkpoint sync");
        }
    }
}
