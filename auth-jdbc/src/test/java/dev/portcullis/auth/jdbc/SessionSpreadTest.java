package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.account.CachedAccountStore;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.testkit.SessionSpread;
import dev.portcullis.auth.testkit.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How soon the end of a session is in force on another node that shares a PostgreSQL, while that hears of changes and while
 * the connection on which it hears of them is cut or dead. The times are shown; the published bound is 1 second. What is
 * asserted is far above that, for a busy machine. More rounds: {@code -Dportcullis.rounds=100}.
 */
class SessionSpreadTest {

    private static final int ROUNDS = Integer.getInteger("portcullis.rounds", 1);
    private static final Duration FAR_TOO_LONG = Duration.ofSeconds(20);

    private final TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL);
    private final Wire wire = new Wire(PostgreSQLServer.port());
    private final JDBCAPIKeyStore keys = database.store();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final PostgreSQLChangeNotices noticesThere = notices(wire.port());
    private final ChangeNotices.Subscription listening = noticesThere.subscribe("nothing", new KeyNode.Deaf());
    private final SessionSpread spread = new SessionSpread(node(notices(PostgreSQLServer.port())), node(noticesThere));

    private PostgreSQLChangeNotices notices(int port) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url().replaceFirst(":\\d+/", ":" + port + "/"));
        return opened(PostgreSQLChangeNotices.builder(source).build());
    }

    private SessionSpread.Node node(PostgreSQLChangeNotices notices) {
        return new SessionSpread.Node(
                opened(CachedSessionStore.over(keys.sessions()).notices(notices).build()),
                opened(CachedAccountStore.over(keys.accounts()).notices(notices).build()),
                opened(CachedAPIKeyStore.over(keys).notices(notices).build()));
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.add(0, part);
        return part;
    }

    @AfterEach
    void close() throws Exception {
        spread.close();
        for (AutoCloseable part : open) {
            part.close();
        }
        wire.close();
        database.close();
    }

    @Test
    void the_end_of_a_session_is_soon_in_force_on_every_node() {
        for (SessionSpread.Ending ending : SessionSpread.Ending.values()) {
            show(ending + ", all hear of changes", ending, () -> {});
            show(ending + ", the connection is cut", ending, wire::cut);
            show(ending + ", the connection goes dead", ending, wire::die);
        }
    }

    private void show(String when, SessionSpread.Ending ending, Runnable event) {
        List<Duration> times = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            while (listening.nanosBehind() > 500_000_000) {
                LockSupport.parkNanos(200_000);
            }
            times.add(spread.measure(ending, event));
            wire.mend();
        }
        Collections.sort(times);
        Duration longest = times.get(times.size() - 1);
        System.out.printf(
                "%s: in force after %d ms (longest %d ms of %d)%n",
                when, times.get(times.size() / 2).toMillis(), longest.toMillis(), times.size());
        assertThat(longest).isLessThan(FAR_TOO_LONG);
    }
}
