package dev.portcullis.auth.apikey;

import dev.portcullis.auth.ChangeNotices;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a {@link CachedAPIKeyStore} is told, and whether it goes together. Not safe for use by several threads. */
final class CacheSettings {

    private static final Duration LONGEST = Duration.ofDays(7);

    final APIKeyStore store;
    Duration lifetime = Duration.ofSeconds(1);

    @Nullable
    ChangeNotices notices;

    @Nullable
    Duration lifetimeWithNotices;

    Duration maximumLag = Duration.ofSeconds(1);
    Duration maximumStaleness = Duration.ofMinutes(5);
    int maximumKeys = 100_000;
    int maximumUnknownKeys = 10_000;
    Duration unknownLifetime = Duration.ofSeconds(10);
    int unknownRate = 100;
    int maximumLoads = 32;
    int maximumWaiters = 128;
    Duration maximumWait = Duration.ofSeconds(1);

    @Nullable
    LongSupplier ticker;

    @Nullable
    Executor executor;

    CacheSettings(APIKeyStore store) {
        this.store = store;
    }

    Horizon.Limits ages() {
        return new Horizon.Limits(lifetime.toNanos(), covered().toNanos(), maximumLag.toNanos());
    }

    private Duration covered() {
        if (lifetimeWithNotices != null) {
            return lifetimeWithNotices;
        }
        Duration usual = Duration.ofMinutes(1);
        return notices == null || lifetime.compareTo(usual) > 0 ? lifetime : usual;
    }

    KeyLoads.Limits loads() {
        return new KeyLoads.Limits(maximumLoads, maximumWaiters, maximumWait.toNanos());
    }

    /** Throws {@link IllegalArgumentException} if a setting is out of bounds or contradicts another. */
    void check() {
        if (notices == null && lifetimeWithNotices != null) {
            throw new IllegalArgumentException("lifetimeWithNotices is set but there are none: call notices(…)");
        }
        within("lifetime", lifetime, Duration.ofMillis(50), Duration.ofHours(1));
        within("lifetimeWithNotices", covered(), lifetime, LONGEST);
        within("maximumLag", maximumLag, Duration.ofMillis(100), Duration.ofMinutes(1));
        within("maximumStaleness", maximumStaleness, covered(), LONGEST);
        within("maximumKeys", maximumKeys, 1, Integer.MAX_VALUE);
        within("maximumUnknownKeys", maximumUnknownKeys, 1, Integer.MAX_VALUE);
        within("unknownLifetime", unknownLifetime, Duration.ofMillis(1), Duration.ofHours(1));
        within("unknownRate", unknownRate, 1, 1_000_000);
        within("maximumLoads", maximumLoads, 1, Integer.MAX_VALUE);
        within("maximumWaiters", maximumWaiters, 1, Integer.MAX_VALUE);
        within("maximumWait", maximumWait, Duration.ofMillis(1), Duration.ofMinutes(1));
    }

    private static <T extends Comparable<T>> void within(String setting, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(setting + " is " + value + " but must be from " + least + " to " + most);
        }
    }
}
