package dev.portcullis.auth.jwt;

import java.net.URI;
import java.security.Provider;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What {@link PublishedKeys} are told, and whether it goes together. Not safe for use by several threads. */
final class FetchSettings {

    /** What is asked for where a JWK Set is. */
    static final String JWK_SET = "application/jwk-set+json, application/json";

    private static final Duration LONGEST = Duration.ofDays(365);

    private final URI jwks;
    Duration fetchTimeout = Duration.ofSeconds(3);
    Duration minimumFreshness = Duration.ofMinutes(1);
    Duration defaultFreshness = Duration.ofMinutes(5);
    Duration maximumFreshness = Duration.ofHours(1);
    Duration unknownKeyCooldown = Duration.ofSeconds(30);
    Duration maximumStaleness = Duration.ofHours(24);
    int maximumBytes = 256 * 1024;
    int maximumKeys = 100;
    int maximumWaiters = 128;

    @Nullable
    Provider signatureProvider;

    LongSupplier ticker = System::nanoTime;

    FetchSettings(URI jwks) {
        this.jwks = jwks;
    }

    /** Checks the settings, and starts to fetch. */
    <S extends NamedKeys<K>, K> KeyFetching<S, K> fetching(String accepted, KeyFetching.Reader<S> reader) {
        check();
        return new KeyFetching<>(jwks.getHost(), accepted, this, reader);
    }

    /** Fetches once, and tells what is there. */
    KeySetReport report() throws InterruptedException {
        check();
        KeySetReader reader = reader();
        ExecutorService threads = KeyFetching.threads(String.valueOf(jwks.getHost()));
        try {
            return KeySetReport.of(fetch(JWK_SET, threads), reader, freshness());
        } finally {
            threads.shutdownNow();
        }
    }

    private void check() {
        JWKSAddress.checked(jwks);
        within("fetchTimeout", fetchTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
        within("minimumFreshness", minimumFreshness, Duration.ofSeconds(1), LONGEST);
        within("defaultFreshness", defaultFreshness, minimumFreshness, maximumFreshness);
        within("maximumFreshness", maximumFreshness, defaultFreshness, maximumStaleness);
        within("unknownKeyCooldown", unknownKeyCooldown, Duration.ofSeconds(1), LONGEST);
        within("maximumStaleness", maximumStaleness, maximumFreshness, LONGEST);
        within("maximumBytes", maximumBytes, 1, 16 * 1024 * 1024);
        within("maximumKeys", maximumKeys, 1, Integer.MAX_VALUE);
        within("maximumWaiters", maximumWaiters, 1, Integer.MAX_VALUE);
    }

    private static <T extends Comparable<T>> void within(String setting, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(setting + " is " + value + " but must be from " + least + " to " + most);
        }
    }

    DocumentFetch fetch(String accepted, Executor threads) {
        return new DocumentFetch(JWKSAddress.checked(jwks), accepted, fetchTimeout, maximumBytes, threads);
    }

    KeySetReader reader() {
        SignatureProbe.check(signatureProvider);
        return new KeySetReader(maximumBytes, maximumKeys, signatureProvider);
    }

    Freshness freshness() {
        return new Freshness(minimumFreshness, defaultFreshness, maximumFreshness);
    }
}
