package dev.portcullis.auth.redis;

import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.session.RateLimit;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.signature.ReplayMemory;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.resource.ClientResources;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis that nodes share, and what is kept in it. Redis 6.2 or later, one primary; {@code rediss://} for TLS,
 * {@code redis-sentinel://} where sentinels know the primary.
 *
 * <p>Every answer is waited for, for a bounded time. While there is no connection, or Redis answers nothing, what needs
 * it fails at once; it is connected again by itself, without end. A command is sent once, whatever becomes of it. What
 * goes wrong is logged once, and so is that it is over.
 *
 * <p>Redis must not throw away what it was told to keep: {@code maxmemory-policy} must be {@code noeviction}, which is its
 * default. How much it loses when it dies is a matter of its own settings ({@code appendonly}, {@code appendfsync}).
 *
 * <p>Safe for use by many threads.
 */
public final class RedisServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisServer.class);

    private static final int THREADS = 2;
    private static final int MOST_IN_FLIGHT = 10_000;
    private static final long PATIENCE_AT_END_MILLIS = 2000;

    private final ClientResources resources;
    private final RedisClient client;
    private final Line line;
    private final Names names;
    private final RedisChangeNotices notices;

    private RedisServer(Builder settings, RedisURI uri) {
        resources = ClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .build();
        client = RedisClient.create(resources, uri);
        client.setOptions(options(settings));
        names = new Names(settings.prefix);
        line = new Line(new Opener(client, uri, settings.connectTimeout), settings.commandTimeout);
        notices = new RedisChangeNotices(
                new Opener(client, uri, settings.connectTimeout), line, names, settings.commandTimeout);
    }

    private static ClientOptions options(Builder settings) {
        return ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_IN_FLIGHT)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.connectTimeout)
                        .build())
                .build();
    }

    /**
     * Starts the settings.
     *
     * @param url where it is: {@code redis://[user:password@]host[:port][/database]}, {@code rediss://…} or
     *     {@code redis-sentinel://…}; its password is never shown
     * @return a builder that needs nothing more
     */
    public static Builder at(String url) {
        return new Builder(url);
    }

    /**
     * Sessions, which Redis forgets by itself a day after their time is over.
     *
     * @return a store that asks Redis once for each session; nothing of it has to be closed
     */
    public SessionStore sessions() {
        return new RedisSessionStore(line, names);
    }

    /**
     * How accounts stand.
     *
     * @return a store that asks Redis once for each account; nothing of it has to be closed
     */
    public AccountStore accounts() {
        return new RedisAccountStore(line, names);
    }

    /**
     * A limit on what all nodes together let anybody do, such as logins.
     *
     * @param attempts how many may be made in a period, all at once if need be; at least 1
     * @param period how long it takes until as many may be made again; from a second to a day
     * @return a limit that asks Redis once for each attempt; nothing of it has to be closed
     * @throws IllegalArgumentException if either is out of range
     */
    public RateLimit rateLimit(int attempts, Duration period) {
        return new RedisRateLimit(line, names, attempts, period);
    }

    /**
     * Which signed requests came already, to any of the nodes. A claim is one command, {@code SET} with {@code NX} and
     * {@code PX}; it is remembered for a minute longer than asked, in which the clocks of nodes may be apart.
     *
     * @return a memory that asks Redis once for each request; nothing of it has to be closed
     */
    public ReplayMemory replayMemory() {
        return new Claims(line, names);
    }

    /**
     * Notices of changes that any node makes here, and of those that are {@linkplain RedisChangeNotices#tell told}.
     *
     * @return the one instance, which is closed with this
     */
    public RedisChangeNotices changeNotices() {
        return notices;
    }

    /** Ends all connections. What needs them fails from then on. */
    @Override
    public void close() {
        notices.close();
        line.close();
        Future<?> clientEnd = client.shutdownAsync(0, PATIENCE_AT_END_MILLIS, TimeUnit.MILLISECONDS);
        try {
            clientEnd.get(PATIENCE_AT_END_MILLIS, TimeUnit.MILLISECONDS);
            Future<?> threadsEnd = resources.shutdown(0, PATIENCE_AT_END_MILLIS, TimeUnit.MILLISECONDS);
            threadsEnd.get(PATIENCE_AT_END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug(
                    "Threads that served Redis did not end in time: {}",
                    e.getClass().getName());
        }
    }

    /** Whether it can be asked, never where it is. */
    @Override
    public String toString() {
        return "RedisServer[" + (line.isWhole() ? "connected" : "not connected") + "]";
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {

        private static final Duration SHORTEST = Duration.ofMillis(10);
        private static final Duration LONGEST = Duration.ofSeconds(30);
        private static final Pattern SCHEME = Pattern.compile("rediss?://");
        private static final Pattern PREFIX = Pattern.compile("[!-~]{1,64}");

        private final String url;
        private Duration commandTimeout = Duration.ofMillis(500);
        private Duration connectTimeout = Duration.ofSeconds(1);
        private String prefix = "portcullis:";

        private Builder(String url) {
            this.url = url;
        }

        /**
         * Sets how long an answer is waited for, by a request among others.
         *
         * @param commandTimeout 500 milliseconds unless given; from 10 milliseconds to 30 seconds
         * @return this builder
         */
        public Builder commandTimeout(Duration commandTimeout) {
            this.commandTimeout = commandTimeout;
            return this;
        }

        /**
         * Sets how long a new connection may take. No request waits for it.
         *
         * @param connectTimeout 1 second unless given; from 10 milliseconds to 30 seconds
         * @return this builder
         */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = connectTimeout;
            return this;
        }

        /**
         * Sets what all names in Redis begin with, and those of channels too: applications that share a Redis must not
         * share it.
         *
         * @param prefix {@code portcullis:} unless given; 1 to 64 visible ASCII characters
         * @return this builder
         */
        public Builder prefix(String prefix) {
            this.prefix = prefix;
            return this;
        }

        /**
         * Starts to connect, in the background, and waits for that for as long as a connection may take. A Redis that
         * cannot be reached is no reason to fail: it is tried again and again.
         *
         * @return a server that is to be closed
         * @throws IllegalArgumentException if the URL cannot be read, or a setting is out of range
         */
        public RedisServer build() {
            within("commandTimeout", commandTimeout);
            within("connectTimeout", connectTimeout);
            if (!PREFIX.matcher(prefix).matches()) {
                throw new IllegalArgumentException("prefix must be 1 to 64 visible ASCII characters");
            }
            RedisServer server = new RedisServer(this, uri());
            server.line.start();
            server.notices.start();
            return server;
        }

        private static void within(String setting, Duration value) {
            if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(setting + " must be from 10 ms to 30 s, not " + value);
            }
        }

        /** What a library says of a URL quotes it. */
        private RedisURI uri() {
            boolean sentinel = url.startsWith("redis-sentinel://");
            try {
                if (sentinel
                        || (SCHEME.matcher(url).lookingAt() && URI.create(url).getHost() != null)) {
                    RedisURI uri = RedisURI.create(url);
                    uri.setTimeout(connectTimeout);
                    return uri;
                }
            } catch (RuntimeException e) {
                LOG.debug("The URL of Redis cannot be read: {}", e.getClass().getName());
            }
            throw new IllegalArgumentException("The URL of Redis must be like redis://user:password@host:6379/0,"
                    + " rediss://… or redis-sentinel://…, and cannot be read");
        }

        /** Never the URL. */
        @Override
        public String toString() {
            return "RedisServer.Builder[redacted]";
        }
    }
}
