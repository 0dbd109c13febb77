package dev.portcullis.auth.spring;

import dev.portcullis.auth.redis.RedisServer;
import org.springframework.beans.factory.ObjectProvider;

/** Makes of {@code portcullis.redis} a Redis that nodes share. */
final class RedisSettings {

    private static final String REDIS = "portcullis.redis";
    private static final String SET_IT =
            "Set it, such as to redis://user:password@host:6379/0, best from the environment";

    private final RedisProperties properties;

    RedisSettings(RedisProperties properties) {
        this.properties = properties;
    }

    RedisServer server() {
        String url = properties.getUrl();
        if (url == null || url.isBlank()) {
            throw new SettingException(
                    REDIS + ".url", "is missing", SET_IT + "; or remove what stands under " + REDIS + ".");
        }
        RedisServer.Builder server = RedisServer.at(url);
        if (properties.getPrefix() != null) {
            server.prefix(properties.getPrefix());
        }
        if (properties.getCommandTimeout() != null) {
            server.commandTimeout(properties.getCommandTimeout());
        }
        if (properties.getConnectTimeout() != null) {
            server.connectTimeout(properties.getConnectTimeout());
        }
        try {
            return server.build();
        } catch (IllegalArgumentException e) {
            throw String.valueOf(e.getMessage()).startsWith("The URL")
                    ? CoreSetting.wrong(e, REDIS + ".url")
                    : CoreSetting.wrongUnder(REDIS, e);
        }
    }

    /**
     * The Redis that there must be.
     *
     * @param property what asks for it
     */
    static RedisServer neededBy(String property, ObjectProvider<RedisServer> servers) {
        RedisServer server = servers.getIfUnique();
        if (server == null) {
            throw new SettingException(
                    REDIS + ".url",
                    "is missing, and " + property + " is redis",
                    SET_IT + "; or define one RedisServer bean.");
        }
        return server;
    }
}
