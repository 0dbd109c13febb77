package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.session.Session;
import dev.portcullis.auth.session.SessionStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every login and every logout that was answered is in force after a {@code kill -9}. */
class SessionKillTest {

    private static final int KILLS = Integer.getInteger("portcullis.kills", 3);
    private static final int NUMBERS_A_ROUND = 100_000;

    private final Random random = new Random();

    @ParameterizedTest
    @EnumSource(Database.class)
    void a_killed_process_loses_no_login_and_no_logout(Database kind) {
        Map<Integer, String> known = new HashMap<>();
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            database.pool().close();
            for (int round = 0; round < KILLS; round++) {
                killWhileWriting(database.url(), round * NUMBERS_A_ROUND, known);
                try (HikariDataSource pool = TestDatabase.pool(database.url(), settings -> {})) {
                    SessionStore store = JDBCAPIKeyStore.builder(pool).build().sessions();
                    known.forEach((number, state) -> check(store, SomeSessions.numbered(number), state));
                }
            }
        }
        assertThat(known).containsValue("in").containsValue("out");
    }

    private void killWhileWriting(String url, int first, Map<Integer, String> known) {
        try (ChildProcess writer = ChildProcess.start(SessionWriter.class, url, String.valueOf(first))) {
            int last = 10 + random.nextInt(100);
            int answers = 0;
            for (String line = writer.hear(); line != null; line = writer.hear()) {
                String[] words = line.split(" ", -1);
                boolean did = words[0].equals("did");
                known.put(Integer.valueOf(words[2]), did ? words[1] : "perhaps " + words[1]);
                answers += did ? 1 : 0;
                if (answers == last) {
                    // What it says until it is dead counts too.
                    LockSupport.parkNanos(random.nextInt(3_000_000));
                    writer.kill();
                }
            }
        }
    }

    /** What was not answered may be so or not, but not by half. */
    private static void check(SessionStore store, Session session, String state) {
        if (state.equals("in")) {
            assertThat(store.find(session.hash())).isEqualTo(session);
        } else if (state.equals("out")) {
            assertThat(store.find(session.hash())).isNull();
        } else {
            assertThat(store.find(session.hash())).isIn(session, null);
        }
    }
}
