package dev.portcullis.auth.spring;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Looks whether anything is kept in the Redis of {@code portcullis.redis}. */
final class RedisContents {

    private static final String ALL = "portcullis.redis";
    private static final String SERVER = "dev.portcullis.auth.redis.RedisServer";

    private final ReadCheck read;

    RedisContents(ListableBeanFactory beans, Environment environment) {
        this.read = new ReadCheck(beans, environment);
    }

    void check() {
        if (!read.isThere(ALL)) {
            return;
        }
        if (!ClassUtils.isPresent(SERVER, null)) {
            throw new SettingException(
                    ALL, "is set, but auth-redis is not on the class path", "Add dev.portcullis:auth-redis.");
        }
        read.check(ALL, "RedisServer", "portcullisRedis");
        if (!read.isAnyBean(
                "portcullisRedisSessions",
                "portcullisRedisAccounts",
                "portcullisRedisLoginLimits",
                "portcullisRedisReplayMemory")) {
            throw new SettingException(
                    ALL,
                    "is set, but nothing is kept there",
                    "Set portcullis.sessions.store, portcullis.sessions.limits.store, portcullis.accounts.store or"
                            + " portcullis.signatures.replay-memory to redis; or remove it, and define a RedisServer bean"
                            + " for purposes of your own.");
        }
    }
}
