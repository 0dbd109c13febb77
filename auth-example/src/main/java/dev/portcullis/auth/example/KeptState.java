package dev.portcullis.auth.example;

import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.account.CachedAccountStore;
import dev.portcullis.auth.redis.RedisServer;
import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.session.LoginLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions, accounts, login limits and signed requests: in a Redis that instances share, or beside the keys. */
final class KeptState implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeptState.class);
    private static final int LOGINS_PER_ADDRESS = 60;
    private static final int LOGINS_PER_KEY = 20;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Deque<Runnable> opened = new ArrayDeque<>();
    private final Setup.Kept kept;

    private KeptState(@Nullable RedisAddress redis, KeyStorage storage) {
        this.kept = redis == null ? storage.kept() : in(redis, storage.kept().signing());
        if (kept.signing().requests() instanceof UnsharedRequests) {
            LOG.warn(
                    "Signed requests that change something are answered 503: instances that share a database remember"
                            + " them in a Redis, {}",
                    Option.REDIS_URL.flag());
        }
    }

    /**
     * Where it is kept. A Redis that cannot be reached is tried again and again: nothing of it is needed to start.
     *
     * @throws IllegalArgumentException if its URL cannot be read; the message names the option
     */
    static KeptState of(@Nullable RedisAddress redis, KeyStorage storage) {
        return new KeptState(redis, storage);
    }

    private Setup.Kept in(RedisAddress redis, Signing signing) {
        RedisServer server;
        try {
            server = RedisServer.at(redis.url()).build();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Option.REDIS_URL.flag() + ": " + e.getMessage(), e);
        }
        opened.push(server::close);
        ChangeNotices notices = server.changeNotices();
        CachedSessionStore sessions =
                CachedSessionStore.over(server.sessions()).notices(notices).build();
        opened.push(sessions::close);
        CachedAccountStore accounts =
                CachedAccountStore.over(server.accounts()).notices(notices).build();
        opened.push(accounts::close);
        LoginLimits limits =
                LoginLimits.of(server.rateLimit(LOGINS_PER_ADDRESS, MINUTE), server.rateLimit(LOGINS_PER_KEY, MINUTE));
        return new Setup.Kept(sessions, accounts, limits, signing.remembering(server.replayMemory()));
    }

    Setup.Kept kept() {
        return kept;
    }

    /** What was opened last is closed first. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }
}
