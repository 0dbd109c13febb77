package dev.portcullis.auth.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What stands under {@code portcullis.redis}: the Redis that nodes share, where anything is kept in one. */
final class RedisProperties {

    /** Where it is: redis://[user:password@]host[:port][/database], rediss://… or redis-sentinel://…. */
    private final @Nullable String url;

    /** What all names in it begin with, those of channels too; portcullis: unless given. */
    private final @Nullable String prefix;

    /** How long an answer is waited for; 500 ms unless given. */
    private final @Nullable Duration commandTimeout;

    /** How long a new connection may take; 1 s unless given. */
    private final @Nullable Duration connectTimeout;

    RedisProperties(
            @Nullable String url,
            @Nullable String prefix,
            @Nullable Duration commandTimeout,
            @Nullable Duration connectTimeout) {
        this.url = url;
        this.prefix = prefix;
        this.commandTimeout = commandTimeout;
        this.connectTimeout = connectTimeout;
    }

    @Nullable
    String getUrl() {
        return url;
    }

    @Nullable
    String getPrefix() {
        return prefix;
    }

    @Nullable
    Duration getCommandTimeout() {
        return commandTimeout;
    }

    @Nullable
    Duration getConnectTimeout() {
        return connectTimeout;
    }

    /** Never the URL, which can hold a password. */
    @Override
    public String toString() {
        return "RedisProperties[redacted]";
    }
}
