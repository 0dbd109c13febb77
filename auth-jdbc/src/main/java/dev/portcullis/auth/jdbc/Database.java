package dev.portcullis.auth.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** The databases there is a schema for, and what is different about them. */
enum Database {
    /** Embedded: its files are written behind a commit's back, unless it is told to. */
    H2("h2"),
    /** A server that has written what it says is committed. */
    POSTGRESQL("postgresql");

    /** A folder that is no package, so that a module does not hide it. */
    private static final String SCRIPTS = "portcullis-schema/";

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

    /** Has what was committed written to the disk, as far as a commit has not. */
    void sync(Statements statements) throws SQLException {
        if (this == H2) {
            statements.execute("checkpoint sync");
        }
    }
}
