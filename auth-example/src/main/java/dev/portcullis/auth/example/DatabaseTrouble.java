package dev.portcullis.auth.example;

import java.io.IOException;
import java.sql.SQLException;

/** Says what is wrong with a database at the start, by the option and with the remedy; never in a driver's words. */
final class DatabaseTrouble {

    private DatabaseTrouble() {}

    static IOException of(Database database, Exception trouble) {
        String state = stateOf(trouble);
        String words = database.isEmbedded() ? embedded(database, state) : postgreSQL(state, trouble);
        return new IOException(words, trouble);
    }

    private static String embedded(Database database, String state) {
        String start = Option.DATA.flag() + ": ";
        return switch (state) {
            case "90020" ->
                start + "another process has the keys in " + database
                        + " open: stop it, give another directory, or share a" + " PostgreSQL with "
                        + Option.DATABASE_URL.flag();
            case "90030", "90048", "50000" ->
                start + "what is in " + database + " cannot be read: restore a copy of it, or give another directory";
            default -> start + "the keys in " + database + " cannot be opened (" + state + "): give another directory";
        };
    }

    private static String postgreSQL(String state, Exception trouble) {
        String url = Option.DATABASE_URL.flag() + ": ";
        return switch (state) {
            // 08004 is the driver's own, for a password that is asked for and was not given.
            case "28P01", "28000", "08004" ->
                Option.DATABASE_USER.flag() + ", " + Option.DATABASE_PASSWORD.flag()
                        + ": the database refuses them: correct them, or set DATABASE_USER and DATABASE_PASSWORD";
            case "3D000" -> url + "there is no such database: create it, or correct the name at the end of the URL";
            case "42501" ->
                Option.DATABASE_USER.flag()
                        + ": this user may not make the tables: grant it create on the schema, or run"
                        + " the scripts in docs/operations.md as another user";
            case "53300" -> url + "the database takes no more connections: raise its max_connections, or stop others";
            case "57P03" -> url + "the database is starting: try again in a moment";
            case "08001", "08006" -> url + "nobody answers there: start PostgreSQL, or correct host and port";
            default -> url + ours(trouble) + ": see to the database, or give another one";
        };
    }

    /** What Portcullis says itself holds nothing of a URL or a statement; what a driver says can. */
    private static String ours(Exception trouble) {
        return trouble instanceof SQLException
                ? "the database cannot be used (" + stateOf(trouble) + ")"
                : String.valueOf(trouble.getMessage());
    }

    private static String stateOf(Throwable trouble) {
        for (Throwable each = trouble; each != null; each = each.getCause()) {
            if (each instanceof SQLException one && one.getSQLState() != null) {
                return one.getSQLState();
            }
        }
        return "";
    }
}
