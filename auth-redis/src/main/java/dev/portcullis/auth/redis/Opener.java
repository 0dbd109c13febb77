package dev.portcullis.auth.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Opens connections, each within a bounded time. */
final class Opener {

    /** The name must be looked up, the connection made, and the password told. */
    private static final int STEPS = 3;

    private final RedisClient client;
    private final RedisURI uri;
    private final Duration timeout;

    Opener(RedisClient client, RedisURI uri, Duration timeout) {
        this.client = client;
        this.uri = uri;
        this.timeout = timeout;
    }

    StatefulRedisConnection<String, String> open() throws Trouble {
        return opened(client.connectAsync(StringCodec.UTF8, uri));
    }

    StatefulRedisPubSubConnection<String, String> openForNotices() throws Trouble {
        return opened(client.connectPubSubAsync(StringCodec.UTF8, uri));
    }

    /** Does not wait for the end. */
    static void close(StatefulConnection<?, ?> connection) {
        CompletableFuture<Void> unused = connection.closeAsync();
    }

    /** A connection that comes too late is closed. */
    private <C extends StatefulConnection<String, String>> C opened(CompletionStage<C> opening) throws Trouble {
        CompletableFuture<C> future = opening.toCompletableFuture();
        try {
            return Answers.await(future, timeout.multipliedBy(STEPS));
        } catch (Trouble e) {
            CompletableFuture<Void> unused = future.thenAccept(Opener::close);
            throw e;
        }
    }
}
