package dev.portcullis.auth.cli;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.KeyHashing;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which store is asked, and who asks: opens it. */
final class StoreOptions {

    /** Where the database's password is, if it is not asked for. */
    static final String PASSWORD_VARIABLE = "PORTCULLIS_DATABASE_PASSWORD";

    private final Terminal terminal;
    private final Stores stores;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            converter = Paths.Converter.class,
            description = "The directory of an embedded store; issue and import make it. One process at a time can"
                    + " have it open.")
    private @Nullable Path data;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            converter = DatabaseURL.Converter.class,
            description = "A database, as in jdbc:postgresql://host/name. Its password is read from the variable "
                    + PASSWORD_VARIABLE + ", or asked for.")
    private @Nullable String databaseURL;

    @Option(names = "--database-user", paramLabel = "USER", description = "The database's user.")
    private @Nullable String databaseUser;

    @Option(names = "--migrate", description = "Makes the database's tables, or brings them up to date, first.")
    private boolean migrate;

    @Option(names = "--key-prefix", paramLabel = "WORD", description = "What keys begin with; grd unless given.")
    private String keyPrefix = "grd";

    @Option(
            names = "--pepper-file",
            paramLabel = "FILE",
            converter = Paths.Converter.class,
            description =
                    "How keys are hashed, if not plainly: lines of version, colon and secret in base64, the current"
                            + " one first; unkeyed on a line of its own accepts keys without a pepper.")
    private @Nullable Path pepperFile;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who does it, for the audit; the user of the operating system unless given.")
    private @Nullable String by;

    StoreOptions(Terminal terminal, Stores stores) {
        this.terminal = terminal;
        this.stores = stores;
    }

    /** Opens the store that is named. */
    Desk open() {
        return Desk.open(stores, this, terminal, APIKeys.builder());
    }

    /** The same with settings for issuing, and a store in a directory is made if there is none. */
    Desk openOrMake(APIKeys.Builder settings) {
        return Desk.open(stores.making(), this, terminal, settings);
    }

    /** A database's URL, in which there is no password. */
    static final class DatabaseURL {

        private DatabaseURL() {}

        /** Refuses what can be a password, and does not repeat it. */
        static final class Converter implements picocli.CommandLine.ITypeConverter<String> {
            @Override
            public String convert(String text) {
                String lower = text.toLowerCase(Locale.ROOT);
                if (!lower.startsWith("jdbc:")) {
                    throw Failure.misused("a URL begins with jdbc:, as in jdbc:postgresql://host/name");
                }
                if (lower.contains("password") || lower.matches(".*//[^/?]*@.*")) {
                    throw Failure.misused("leave the password out of the URL, where every process can read it: set "
                            + PASSWORD_VARIABLE + " and give --database-user. Replace a password that stood there");
                }
                return text;
            }
        }
    }

    /** Refuses what names no store, or two. */
    void check() {
        if (data == null && databaseURL == null) {
            throw Failure.misused(
                    "No store is named: give --data DIR, or --database-url URL with --database-user USER");
        }
        if (data != null && (databaseURL != null || databaseUser != null)) {
            throw Failure.misused("Both --data and a database are given: keep one");
        }
    }

    @Nullable
    Path data() {
        return data;
    }

    @Nullable
    String databaseURL() {
        return databaseURL;
    }

    @Nullable
    String databaseUser() {
        return databaseUser;
    }

    boolean isMigrate() {
        return migrate;
    }

    /** How keys are hashed. */
    KeyHashing hashing() {
        return pepperFile == null ? KeyHashing.plain() : PepperFile.read(pepperFile);
    }

    String keyPrefix() {
        return keyPrefix;
    }

    Actor actor() {
        String name = by == null ? System.getProperty("user.name", "") : by;
        try {
            return new Actor(name.isEmpty() ? "operator" : name, "command");
        } catch (IllegalArgumentException e) {
            throw Failure.misused("--by: write 1 to 255 characters, none of them a control character");
        }
    }
}
