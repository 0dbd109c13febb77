package dev.portcullis.auth.example;

import dev.portcullis.auth.jdbc.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where keys are kept: in files in a directory, or in a PostgreSQL. It holds a password, and does not show it. */
public final class Database {

    /** Seconds until a PostgreSQL that says nothing counts as unreachable; also one that takes connections. */
    private static final String CONNECT_TIMEOUT = "2";

    /** Seconds that a request waits besides when a statement is given up: a server that hangs does not hear of it. */
    private static final String CANCEL_TIMEOUT = "1";

    private final @Nullable Path directory;
    private final @Nullable String url;
    private final @Nullable String user;
    private final @Nullable String password;

    private Database(@Nullable Path directory, @Nullable String url, @Nullable String user, @Nullable String password) {
        this.directory = directory;
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** Files in a directory, which is made if it is not there. */
    static Database in(Path directory) {
        return new Database(directory, null, null, null);
    }

    /** A PostgreSQL; what is null is for the driver to know. */
    static Database at(String url, @Nullable String user, @Nullable String password) {
        return new Database(null, url, user, password);
    }

    boolean isEmbedded() {
        return directory != null;
    }

    /** The URL for the driver. It can hold a password. */
    String url() {
        return directory == null ? String.valueOf(url) : EmbeddedDatabase.url(directory);
    }

    /** What the driver is told besides. */
    Properties properties() {
        Properties properties = new Properties();
        if (directory == null) {
            properties.setProperty("connectTimeout", CONNECT_TIMEOUT);
            properties.setProperty("loginTimeout", CONNECT_TIMEOUT);
            properties.setProperty("cancelSignalTimeout", CANCEL_TIMEOUT);
            properties.setProperty("tcpKeepAlive", "true");
        }
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }

    /** Makes the directory, if there is to be one. */
    void prepare() throws IOException {
        if (directory == null) {
            return;
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new IOException(
                    Option.DATA.flag() + ": the directory " + shown() + " cannot be made: give another one", e);
        }
        if (!Files.isWritable(directory)) {
            throw new IOException(
                    Option.DATA.flag() + ": nothing can be written to the directory " + shown() + ": give another one");
        }
    }

    private String shown() {
        return String.valueOf(
                directory == null ? null : directory.toAbsolutePath().normalize());
    }

    /** The directory, and nothing of the other. */
    @Override
    public String toString() {
        return directory == null ? "a PostgreSQL" : shown();
    }
}
