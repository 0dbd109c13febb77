package dev.portcullis.auth.redis;

import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.account.CachedAccountStore;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.testkit.CuttableWire;
import dev.portcullis.auth.testkit.SessionSpread;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How soon the end of a session is in force on another node that shares a Redis, while that hears of changes and while its
 * wire is cut or dead.
 */
class SessionSpreadTest {

    private final TestRedis redis = TestRedis.started();
    private final CuttableWire wire = new CuttableWire(redis.port());
    private final APIKeyStore keys = new InMemoryAPIKeyStore();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final SessionSpread.Node here = node(redis.port());
    private final SessionSpread.Node there = node(wire.port());
    private final SessionSpread spread = new SessionSpread(here, there);

    /** Keys stand elsewhere, and their changes are told by Redis. */
    private SessionSpread.Node node(int port) {
        RedisServer server = opened(RedisServer.at(TestRedis.url(port)).build());
        RedisChangeNotices notices = server.changeNotices();
        return new SessionSpread.Node(
                opened(CachedSessionStore.over(server.sessions())
                        .notices(notices)
                        .build()),
                opened(CachedAccountStore.over(server.accounts())
                        .notices(notices)
                        .build()),
                opened(CachedAPIKeyStore.over(notices.telling(keys))
                        .notices(notices)
                        .build()));
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
        redis.close();
    }

    private void awaitConnections() {
        await().until(() -> open.stream()
                .filter(RedisServer.class::isInstance)
                .allMatch(server -> server.toString().equals("RedisServer[connected]")));
    }

    @Test
    void the_end_of_a_session_is_soon_in_force_on_every_node() {
        spread.measure(wire, this::awaitConnections);
    }
}
