package dev.portcullis.auth.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Redis throws away what it was told to keep when its memory is full. */
final class Eviction {

    private static final Logger LOG = LoggerFactory.getLogger(RedisServer.class);

    private static final String POLICY = "maxmemory_policy:";
    private static final String NONE = "noeviction";

    private Eviction() {}

    /** A server that does not tell is taken at its word. */
    static void check(StatefulRedisConnection<String, String> connection, Duration timeout) {
        try {
            Answers.await(connection.async().info("memory"), timeout)
                    .lines()
                    .filter(line -> line.startsWith(POLICY) && !line.equals(POLICY + NONE))
                    .forEach(line -> LOG.warn(
                            "The maxmemory-policy of Redis is not noeviction: with its memory full it forgets sessions,"
                                    + " and that an account is suspended"));
        } catch (Trouble e) {
            LOG.debug("Redis does not tell its maxmemory-policy: {}", e.kind().words());
        }
    }
}
