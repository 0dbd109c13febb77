package dev.portcullis.auth.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.session.SessionStore;

/** Logs in and out until it is killed, and says of each what it is about to do and that it was done. */
final class SessionWriter {

    private SessionWriter() {}

    /** Arguments: the URL, and the number of the first session. */
    public static void main(String[] arguments) {
        HikariDataSource pool = TestDatabase.pool(arguments[0], settings -> {});
        SessionStore store = JDBCAPIKeyStore.builder(pool).build().sessions();
        for (int number = Integer.parseInt(arguments[1]); true; number++) {
            say("trying in " + number);
            store.add(SomeSessions.numbered(number), 1_000_000);
            say("did in " + number);
            if (number % 3 > 0) {
                say("trying out " + number);
                store.end("alice", SomeSessions.numbered(number).id());
                say("did out " + number);
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
