package dev.portcullis.auth.signature;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.NearCopies;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies of signing keys near by, in front of a store that is far away. {@link #find}, which every signed request needs,
 * is answered from copies; all else goes to the store.
 *
 * <p>What is deleted through this object is out of force at once on this node, also against an answer that was on its way.
 * What other nodes delete is when this one hears of it, if there are {@linkplain Builder#notices change notices}, and
 * within the {@linkplain Builder#lifetime lifetime} of a copy in any case. That there is no such key is remembered for no
 * longer than the lifetime without notices, apart from keys that there are; and the store is asked about unknown ones at a
 * {@linkplain Builder#unknownRate limited rate}.
 *
 * <p>When the store is away copies go on up to the {@linkplain Builder#maximumStaleness maximum staleness}; it is tried
 * again each second. Safe for use by many threads.
 *
 * <p>A copy in use is asked for again in the background, on a thread of this object's that knows nothing of a request, before
 * its time is over.
 *
 * <p>Closing it ends the notices, and asking in the background. The store itself is not closed.
 */
public final class CachedSigningKeyStore implements SigningKeyStore, AutoCloseable {

    private static final Duration LIFETIME_WITH_NOTICES = Duration.ofMinutes(1);
    private static final Duration MAXIMUM_LAG = Duration.ofSeconds(1);

    private final SigningKeyStore store;
    private final NearCopies<SHA256, SigningKey> copies;

    private CachedSigningKeyStore(Builder settings) {
        store = settings.store;
        copies = new NearCopies<>(
                new NearCopies.Terms(
                        settings.lifetime,
                        LIFETIME_WITH_NOTICES,
                        MAXIMUM_LAG,
                        settings.maximumStaleness,
                        settings.maximumKeys),
                new NearCopies.UnknownTerms(
                        settings.lifetime,
                        Math.max(1, settings.maximumKeys / 10),
                        settings.unknownRate,
                        Reason.SIGNING_KEY_STORE_UNAVAILABLE),
                key -> List.of(key.id().toString()),
                settings.ticker);
        if (settings.notices != null) {
            ChangeNotices notices = settings.notices;
            copies.follow((topic, copies) -> notices.subscribe(topic, new Heard(copies)), CHANGES);
        }
    }

    /**
     * Hears of keys that others have deleted. What names no key may be about any.
     *
     * @param copies who is told
     */
    private record Heard(ChangeNotices.Listener copies) implements ChangeNotices.Listener {

        @Override
        public void changed(String id) {
            try {
                copies.changed(UUID.fromString(id).toString());
            } catch (IllegalArgumentException e) {
                copies.anythingMayHaveChanged();
            }
        }

        @Override
        public void anythingMayHaveChanged() {
            copies.anythingMayHaveChanged();
        }
    }

    /**
     * Starts the settings.
     *
     * @param store where keys are kept
     * @return the settings, all at their defaults
     */
    public static Builder over(SigningKeyStore store) {
        return new Builder(store);
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuthUnavailableException also if too many unknown fingerprints came
     */
    @Override
    public @Nullable SigningKey find(SHA256 fingerprint) {
        return copies.find(fingerprint, store::find);
    }

    @Override
    public @Nullable SigningKey get(UUID id) {
        return store.get(id);
    }

    @Override
    public List<SigningKey> list(String owner, @Nullable UUID before, int limit) {
        return store.list(owner, before, limit);
    }

    // A write that fails may have been done all the same: what it was about is read again in either case.

    @Override
    public SigningKeyAddition add(SigningKey key, int maximumKeys, SigningKeyNote note) {
        try {
            return store.add(key, maximumKeys, note);
        } finally {
            copies.appeared(key.fingerprint());
        }
    }

    @Override
    public @Nullable SigningKey delete(String owner, UUID id, SigningKeyNote note) {
        try {
            return store.delete(owner, id, note);
        } finally {
            copies.changed(id.toString());
        }
    }

    /** {@inheritDoc} Copies go on with the last use before. */
    @Override
    public void touch(UUID id, Instant usedAt) {
        store.touch(id, usedAt);
    }

    @Override
    public List<SigningKeyRecord> audit(@Nullable String owner, long before, int limit) {
        return store.audit(owner, before, limit);
    }

    /** Ends the notices, and asking in the background. */
    @Override
    public void close() {
        copies.close();
    }

    /** Never a key. */
    @Override
    public String toString() {
        return "CachedSigningKeyStore[" + store + "]";
    }

    /** Settings for {@link CachedSigningKeyStore}. Not safe for use by several threads. */
    public static final class Builder {

        private final SigningKeyStore store;
        private Duration lifetime = Duration.ofSeconds(1);
        private Duration maximumStaleness = Duration.ofMinutes(5);
        private int maximumKeys = 100_000;
        private int unknownRate = 100;
        private @Nullable ChangeNotices notices;
        private @Nullable LongSupplier ticker;

        private Builder(SigningKeyStore store) {
            this.store = store;
        }

        /**
         * How long a copy is used: what another node deletes is out of force here after no longer than this while the store
         * answers.
         *
         * @param time from 50 ms to 1 minute; 1 second unless set
         * @return these settings
         */
        public Builder lifetime(Duration time) {
            lifetime = time;
            return this;
        }

        /**
         * What tells of changes that other nodes make. While it is no further behind than a second, copies are used for a
         * minute.
         *
         * @param source none unless set; deletions are told there under {@link SigningKeyStore#CHANGES}
         * @return these settings
         */
        public Builder notices(ChangeNotices source) {
            notices = source;
            return this;
        }

        /**
         * How old a copy can be that is used because the store is away.
         *
         * @param time from 1 minute to 7 days; 5 minutes unless set
         * @return these settings
         */
        public Builder maximumStaleness(Duration time) {
            maximumStaleness = time;
            return this;
        }

        /**
         * How many keys there are copies of, at most; and a tenth as many that there are not.
         *
         * @param most at least 1; 100,000 unless set
         * @return these settings
         */
        public Builder maximumKeys(int most) {
            maximumKeys = most;
            return this;
        }

        /**
         * How often the store may answer that there is no such key. Beyond that, fingerprints of which there is no copy
         * cannot be checked until it is over.
         *
         * @param perSecond from 1 to 1,000,000; 100 unless set
         * @return these settings
         */
        public Builder unknownRate(int perSecond) {
            unknownRate = perSecond;
            return this;
        }

        /**
         * What ages are measured with; for tests.
         *
         * @param nanos like {@link System#nanoTime()}, which it is unless set; by any other, nothing is asked for in the
         *     background
         * @return these settings
         */
        public Builder ticker(LongSupplier nanos) {
            ticker = Objects.requireNonNull(nanos);
            return this;
        }

        /**
         * The store with copies in front of it; listens for changes from now on.
         *
         * @return a store to be closed when the server has stopped
         * @throws IllegalArgumentException if a setting is out of bounds
         */
        public CachedSigningKeyStore build() {
            within("lifetime", lifetime, Duration.ofMillis(50), Duration.ofMinutes(1));
            within("maximumStaleness", maximumStaleness, Duration.ofMinutes(1), Duration.ofDays(7));
            within("maximumKeys", maximumKeys, 1, Integer.MAX_VALUE);
            within("unknownRate", unknownRate, 1, 1_000_000);
            return new CachedSigningKeyStore(this);
        }

        private static <T extends Comparable<T>> void within(String setting, T value, T least, T most) {
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw new IllegalArgumentException(
                        setting + " is " + value + " but must be from " + least + " to " + most);
            }
        }
    }
}
