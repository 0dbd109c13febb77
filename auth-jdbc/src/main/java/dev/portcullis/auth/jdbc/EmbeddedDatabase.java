package dev.portcullis.auth.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** An H2 database in a directory, within the process: for one node, and for trying things out. */
public final class EmbeddedDatabase {

    private static final String FILE = "portcullis";

    /** Without a trace: H2 would write what goes wrong, statements with their values, to a file beside this one. */
    private static final String SETTINGS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

    /** What was looked after: this process may have it open by now. */
    private static final Set<Path> LOOKED_AFTER = new HashSet<>();

    private EmbeddedDatabase() {}

    /**
     * The URL of the database in a directory, for a pool of the application's choosing; H2 makes it at the first
     * connection. No user or password is needed. One process can have it open. It is closed with its last connection;
     * a process that is killed instead loses nothing that {@link JDBCAPIKeyStore} has answered: at the first call for a
     * directory this looks after what H2 would not find by itself. So call this before the database is opened, and open
     * it with nothing else. While another process has it open it cannot be opened, nor looked after: call this again
     * when that one has ended.
     *
     * @param directory where the files are, or will be
     * @return a URL for the driver of H2, which the application brings along
     * @throws IllegalArgumentException if the path has a semicolon in it, which H2 would take for a setting
     * @throws UncheckedIOException if there is a database that cannot be read or written though it may be
     */
    public static String url(Path directory) {
        String file = directory.toAbsolutePath().normalize().resolve(FILE).toString();
        if (file.indexOf(';') >= 0) {
            throw new IllegalArgumentException("The directory of a database cannot have a semicolon in its path");
        }
        lookAfter(Path.of(file + ".mv.db"));
        return "jdbc:h2:async:" + file + SETTINGS;
    }

    /** One after the other, so that nobody opens it meanwhile. What another process has open is not known to be whole. */
    private static void lookAfter(Path file) {
        synchronized (LOOKED_AFTER) {
            if (LOOKED_AFTER.contains(file)) {
                return;
            }
            try {
                if (NewestChunk.findIn(file)) {
                    LOOKED_AFTER.add(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The file of the database cannot be read or written", e);
            }
        }
    }
}
