package dev.portcullis.auth.jwt;

import java.net.URI;
import java.security.Provider;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys that an issuer publishes as a JWK Set (RFC 7517), fetched from one configured URL and from nowhere else.
 *
 * <p><b>Which keys are used.</b> RSA keys of 2048 to 8192 bits with an odd exponent of 3 to 2<sup>32</sup>, whose
 * {@code use}, {@code key_ops} and {@code alg} are absent or allow RS256 verification, and which hold nothing private.
 * Every other key is passed over by itself, with a warning in the log. Two usable keys with one {@code kid} are both
 * passed over, since it would be a guess which one is meant. A key without a {@code kid} serves tokens without one, and
 * only where it is the one usable key.
 *
 * <p><b>When they are fetched.</b> First by {@link Builder#build()}, in the background: an application starts while its
 * issuer is down. Then again, in the background, when four fifths of their freshness have passed; requests wait only for
 * keys that are no longer fresh, as after an idle night. A token with an unknown {@code kid} causes at most one fetch in
 * a cool-down, for which all such requests wait. Only requests cause fetches.
 *
 * <p><b>When a fetch fails.</b> The keys at hand stay in use until the {@linkplain Builder#maximumStaleness(Duration)
 * maximum staleness}, without any waiting; whether a {@code kid} that none of them has is published cannot be told then,
 * which is 503 and no invalid signature. Further attempts are held back for one second, then two, up to the cool-down
 * (five seconds while there are no keys at all). A redirect, a status other than 200, a compressed, over-large or late
 * answer, and a document that is no JWK Set are failed fetches. So is a set without one usable key: it is far more often
 * an accident at the issuer than its wish to have every token refused, so that it never replaces keys that work. A key
 * that is missing from a set with other usable keys stops working at once.
 *
 * <p>Safe for use by many threads at once. One instance can serve several authentication methods, but the first of them
 * to be closed closes it for all: then nothing is fetched any more, and the keys at hand serve until they are too old.
 */
public final class PublishedKeys implements AutoCloseable {

    private final KeyFetching<KeySet, SigningKey> fetching;

    private PublishedKeys(FetchSettings settings) {
        KeySetReader reader = settings.reader();
        fetching = settings.fetching(FetchSettings.JWK_SET, reader::read);
    }

    /**
     * Settings for the keys at a URL.
     *
     * @param jwks where the JWK Set is: an {@code https} URL without user information and fragment; {@code http} is
     *     taken for {@code localhost}, {@code 127.0.0.0/8} and {@code [::1]} alone. Checked by {@link Builder#build()}
     * @return the settings, all at their defaults
     */
    public static Builder at(URI jwks) {
        return new Builder(jwks);
    }

    /**
     * The keys at hand.
     *
     * @throws dev.portcullis.auth.AuthUnavailableException if there never were any, or they are too old
     */
    KeySet current() {
        return fetching.current();
    }

    /**
     * The key that a token names, after at most one fetch.
     *
     * @param kid the token's {@code kid}, or null if it has none: then the one usable key, if there is exactly one
     * @return the key, or null if none is published under that name
     * @throws dev.portcullis.auth.AuthUnavailableException if it cannot be told
     */
    @Nullable
    SigningKey find(@Nullable String kid) {
        return fetching.find(kid);
    }

    /**
     * Whether a key that was found before is still published, unchanged.
     *
     * @throws dev.portcullis.auth.AuthUnavailableException if it cannot be told
     */
    boolean isCurrent(SigningKey key) {
        return fetching.current().contains(key);
    }

    /**
     * How it stands with these keys. Asking fetches nothing.
     *
     * @return the status now
     */
    public KeyStatus status() {
        return fetching.status();
    }

    /** Has a listener told, on the fetching thread, of every set that differs from the one before it. */
    void onChange(Consumer<KeySet> told) {
        fetching.onChange(told);
    }

    /** Ends fetching, also a fetch under way. The keys at hand still serve, until they are too old. */
    @Override
    public void close() {
        fetching.close();
    }

    /** Settings for {@link PublishedKeys}. Not safe for use by several threads at once. */
    public static final class Builder {

        private final FetchSettings settings;

        private Builder(URI jwks) {
            settings = new FetchSettings(jwks);
        }

        /**
         * How long one fetch can take in all, from connecting to the last byte; also the longest that a request waits.
         *
         * @param timeout from 1 ms to 1 minute; 3 seconds unless set
         * @return these settings
         */
        public Builder fetchTimeout(Duration timeout) {
            settings.fetchTimeout = timeout;
            return this;
        }

        /**
         * The least time that fetched keys are fresh, whatever {@code Cache-Control} says.
         *
         * @param least at least 1 second; 1 minute unless set
         * @return these settings
         */
        public Builder minimumFreshness(Duration least) {
            settings.minimumFreshness = least;
            return this;
        }

        /**
         * How long fetched keys are fresh when {@code Cache-Control} does not say.
         *
         * @param time between minimum and maximum; 5 minutes unless set
         * @return these settings
         */
        public Builder defaultFreshness(Duration time) {
            settings.defaultFreshness = time;
            return this;
        }

        /**
         * The most time that fetched keys are fresh: how long a withdrawn key can go on working while the issuer answers.
         *
         * @param most at least the default freshness; 1 hour unless set
         * @return these settings
         */
        public Builder maximumFreshness(Duration most) {
            settings.maximumFreshness = most;
            return this;
        }

        /**
         * How long a fetch for an unknown {@code kid} forbids another one, whatever came of it; also the longest time
         * between attempts while fetches fail.
         *
         * @param time at least 1 second; 30 seconds unless set
         * @return these settings
         */
        public Builder unknownKeyCooldown(Duration time) {
            settings.unknownKeyCooldown = time;
            return this;
        }

        /**
         * How long after their fetch keys are used when the issuer cannot be reached. Tokens are answered with 503
         * when they are older than that.
         *
         * @param most from the maximum freshness to 365 days; 24 hours unless set
         * @return these settings
         */
        public Builder maximumStaleness(Duration most) {
            settings.maximumStaleness = most;
            return this;
        }

        /**
         * The largest document that is read.
         *
         * @param most bytes, from 1 to 16 MiB; 256 KiB unless set
         * @return these settings
         */
        public Builder maximumBytes(int most) {
            settings.maximumBytes = most;
            return this;
        }

        /**
         * The most keys, usable or not, that a set can hold.
         *
         * @param most at least 1; 100 unless set
         * @return these settings
         */
        public Builder maximumKeys(int most) {
            settings.maximumKeys = most;
            return this;
        }

        /**
         * How many threads can wait for a fetch at once, so that a slow issuer does not take every thread of a server.
         * Requests beyond that are answered with 503 at once, unless there are keys to go on with.
         *
         * @param most at least 1; 128 unless set
         * @return these settings
         */
        public Builder maximumWaiters(int most) {
            settings.maximumWaiters = most;
            return this;
        }

        /**
         * What verifies signatures, such as a faster provider than the platform's.
         *
         * @param provider a provider of {@code SHA256withRSA}; the platform's choice unless set
         * @return these settings
         */
        public Builder signatureProvider(Provider provider) {
            settings.signatureProvider = provider;
            return this;
        }

        /**
         * What freshness, staleness and cool-downs are measured with; for tests. Time-outs are always in real time.
         *
         * @param nanos like {@link System#nanoTime()}, which it is unless set
         * @return these settings
         */
        public Builder ticker(LongSupplier nanos) {
            settings.ticker = nanos;
            return this;
        }

        /**
         * Fetches the keys once, as {@link #build()} does again and again, and tells of each whether it would be used
         * and why not. For people who look for a fault, not for requests.
         *
         * @return what was found, or why there is nothing
         * @throws IllegalArgumentException as {@link #build()} does
         * @throws InterruptedException if the thread is interrupted while it waits
         */
        public KeySetReport report() throws InterruptedException {
            return settings.report();
        }

        /**
         * The keys; the first fetch starts now, in the background.
         *
         * @return the keys
         * @throws IllegalArgumentException if a setting is out of bounds or contradicts another, or the provider cannot
         *     verify signatures
         */
        public PublishedKeys build() {
            return new PublishedKeys(settings);
        }

        /**
         * Keys that are published in another form than a JWK Set; the first fetch starts now, in the background.
         *
         * @param reader reads the document, whose form only it knows; the maximum number of keys and the signature
         *     provider are its own
         * @param <K> a key
         * @return the keys, fetched by these settings
         * @throws IllegalArgumentException if a setting is out of bounds or contradicts another
         */
        public <K> KeyDirectory<K> directory(KeyDirectory.Reader<K> reader) {
            return new KeyDirectory<>(settings, reader);
        }
    }
}
