package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.account.CachedAccountStore;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.testkit.CuttableWire;
import dev.portcullis.auth.testkit.SessionSpread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How soon the end of a session is in force on another node that shares a PostgreSQL, while that hears of changes and while
 * the connection on which it hears of them is cut or dead.
 */
class SessionSpreadTest {

    private final TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL);
    private final CuttableWire wire = new CuttableWire(PostgreSQLServer.port());
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

    private void awaitHearing() {
        while (listening.nanosBehind() > 500_000_000) {
            LockSupport.parkNanos(200_000);
        }
    }

    @Test
    void the_end_of_a_session_is_soon_in_force_on_every_node() {
        spread.measure(wire, this::awaitHearing);
    }
}
