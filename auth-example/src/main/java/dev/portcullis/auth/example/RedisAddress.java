package dev.portcullis.auth.example;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a Redis is. It can hold a password, and does not show it. */
public final class RedisAddress {

    private static final Set<String> SCHEMES = Set.of("redis", "rediss");

    private final String url;

    private RedisAddress(String url) {
        this.url = url;
    }

    /** Reads the option; null if it is not given. */
    static @Nullable RedisAddress of(Given given) {
        String url = given.text(Option.REDIS_URL);
        if (url == null) {
            return null;
        }
        if (!isOne(url)) {
            throw new IllegalArgumentException(
                    given.name(Option.REDIS_URL) + " is not the URL of a Redis: write it like redis://localhost:6379");
        }
        return new RedisAddress(url);
    }

    private static boolean isOne(String url) {
        try {
            URI uri = new URI(url);
            return SCHEMES.contains(String.valueOf(uri.getScheme())) && uri.getRawAuthority() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The URL, which can hold a password. */
    String url() {
        return url;
    }

    /** Never where it is. */
    @Override
    public String toString() {
        return "a Redis";
    }
}
