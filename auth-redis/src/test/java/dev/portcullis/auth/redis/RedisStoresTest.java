package dev.portcullis.auth.redis;

import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.session.RateLimit;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.signature.ReplayMemory;
import dev.portcullis.auth.testkit.AccountStoreContract;
import dev.portcullis.auth.testkit.RateLimitContract;
import dev.portcullis.auth.testkit.ReplayMemoryContract;
import dev.portcullis.auth.testkit.SessionStoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A real Redis does all that is asked of a store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisStoresTest implements SessionStoreContract, AccountStoreContract, RateLimitContract, ReplayMemoryContract {

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private final TestRedis redis = TestRedis.started();
    private final List<RedisServer> servers = new ArrayList<>();

    @BeforeAll
    void awaitStart() {
        try (RedisServer first = RedisServer.at(redis.url()).build()) {
            await().until(() -> first.toString().equals("RedisServer[connected]"));
        }
    }

    @AfterEach
    void closeServers() {
        servers.forEach(RedisServer::close);
        servers.clear();
    }

    @AfterAll
    void close() {
        redis.close();
    }

    private RedisServer newServer() {
        RedisServer server = RedisServer.at(redis.url())
                .prefix("test-" + PREFIXES.incrementAndGet() + ":")
                .build();
        servers.add(server);
        return server;
    }

    @Override
    public SessionStore newSessionStore() {
        return newServer().sessions();
    }

    @Override
    public AccountStore newAccountStore() {
        return newServer().accounts();
    }

    @Override
    public RateLimit newRateLimit(int attempts, Duration period) {
        return newServer().rateLimit(attempts, period);
    }

    @Override
    public ReplayMemory newReplayMemory() {
        return newServer().replayMemory();
    }
}
