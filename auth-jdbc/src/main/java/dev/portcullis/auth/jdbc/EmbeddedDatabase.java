package dev.portcullis.auth.jdbc;

import java.nio.file.Path;

/** An H2 database in a directory, within the process: for one node, and for trying things out. */
public final class EmbeddedDatabase {

    private static final String FILE = "portcullis";

    private EmbeddedDatabase() {}

    /**
     * The URL of the database in a directory, for a pool of the application's choosing; H2 makes it at the first
     * connection. No user or password is needed. One process can have it open. It is closed with its last connection;
     * a process that is killed instead loses nothing that {@link JDBCAPIKeyStore} has answered.
     *
     * @param directory where the files are, or will be
     * @return a URL for the driver of H2, which the application brings along
     * @throws IllegalArgumentException if the path has a semicolon in it, which H2 would take for a setting
     */
    public static String url(Path directory) {
        String file = directory.toAbsolutePath().normalize().resolve(FILE).toString();
        if (file.indexOf(';') >= 0) {
            throw new IllegalArgumentException("The directory of a database cannot have a semicolon in its path");
        }
        return "jdbc:h2:async:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }
}
