package dev.portcullis.auth.signature;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecondChanceCache;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Copies of signing keys near by, in front of a store that is far away. {@link #find}, which every signed request needs,
 * is answered from copies; all else goes to the store.
 *
 * <p>What is deleted through this object is out of force at once on this node, also against an answer that was on its way.
 * What other nodes delete is when this one hears of it, if there are {@linkplain Builder#notices change notices}, and
 * within the {@linkplain Builder#lifetime lifetime} of a copy in any case. That there is no such key is remembered for no
 * longer than the lifetime without notices, apart from keys that there are.
 *
 * <p>When the store is away copies go on up to the {@linkplain Builder#maximumStaleness maximum staleness}; it is tried
 * again each second. Safe for use by many threads. Closing it ends the notices; the store itself is not closed.
 */
public final class CachedSigningKeyStore implements SigningKeyStore, AutoCloseable {

    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final SigningKeyStore store;
    private final long lifetime;
    private final long coveredLifetime;
    private final long maximumLag;
    private final long maximumStaleness;
    private final LongSupplier nanos;
    private final SecondChanceCache<SHA256, Copy> known;
    private final SecondChanceCache<SHA256, Copy> unknown;
    private final ChangeNotices.@Nullable Subscription notices;

    private final Object keeping = new Object();
    private long changes;
    private volatile long retryAt;

    /** What the store said, and when it was asked. */
    private record Copy(@Nullable SigningKey key, long askedAt) {}

    private CachedSigningKeyStore(Builder settings) {
        this.store = settings.store;
        this.lifetime = settings.lifetime.toNanos();
        this.coveredLifetime = settings.lifetimeWithNotices.toNanos();
        this.maximumLag = settings.maximumLag.toNanos();
        this.maximumStaleness = settings.maximumStaleness.toNanos();
        this.nanos = settings.ticker;
        this.known = new SecondChanceCache<>(settings.maximumKeys);
        this.unknown = new SecondChanceCache<>(Math.max(1, settings.maximumKeys / 10));
        this.retryAt = nanos.getAsLong();
        this.notices = settings.notices == null ? null : settings.notices.subscribe(CHANGES, new Heard());
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

    @Override
    public @Nullable SigningKey find(SHA256 fingerprint) {
        long now = nanos.getAsLong();
        Copy copy = known.find(fingerprint);
        if (copy == null) {
            Copy none = unknown.find(fingerprint);
            return none != null && now - none.askedAt <= lifetime ? null : load(fingerprint, now);
        }
        if (now - copy.askedAt <= (isCovered() ? coveredLifetime : lifetime)) {
            return copy.key;
        }
        boolean usable = now - copy.askedAt <= maximumStaleness;
        if (usable && now - retryAt < 0) {
            return copy.key;
        }
        try {
            return load(fingerprint, now);
        } catch (AuthUnavailableException e) {
            retryAt = nanos.getAsLong() + PAUSE;
            if (usable && known.find(fingerprint) != null) {
                return copy.key;
            }
            throw e;
        }
    }

    private boolean isCovered() {
        return notices != null && notices.nanosBehind() <= maximumLag;
    }

    /** An answer that was on its way while something changed is not kept. */
    private @Nullable SigningKey load(SHA256 fingerprint, long askedAt) {
        long before;
        synchronized (keeping) {
            before = changes;
        }
        SigningKey key = store.find(fingerprint);
        synchronized (keeping) {
            if (changes == before) {
                Copy copy = new Copy(key, askedAt);
                (key == null ? known : unknown).drop(fingerprint);
                (key == null ? unknown : known).keep(fingerprint, copy, 1);
            }
        }
        return key;
    }

    private void forget(Predicate<Copy> changed) {
        synchronized (keeping) {
            changes++;
            known.dropIf(changed);
        }
    }

    private static Predicate<Copy> of(UUID id) {
        return copy -> copy.key != null && copy.key.id().equals(id);
    }

    @Override
    public List<SigningKey> list(String owner, @Nullable UUID before, int limit) {
        return store.list(owner, before, limit);
    }

    // A write that fails may have been done all the same: what it was about is read again in either case.

    @Override
    public SigningKeyAddition add(SigningKey key, int maximumKeys) {
        try {
            return store.add(key, maximumKeys);
        } finally {
            synchronized (keeping) {
                changes++;
                known.drop(key.fingerprint());
                unknown.drop(key.fingerprint());
            }
        }
    }

    @Override
    public @Nullable SigningKey delete(String owner, UUID id) {
        try {
            return store.delete(owner, id);
        } finally {
            forget(of(id));
        }
    }

    /** Ends the notices. */
    @Override
    public void close() {
        if (notices != null) {
            notices.close();
        }
    }

    /** How many keys there are copies of, never one of them. */
    @Override
    public String toString() {
        return "CachedSigningKeyStore[" + known.size() + "]";
    }

    /** Hears of keys that others have deleted. What names no key may be about any. */
    private final class Heard implements ChangeNotices.Listener {

        @Override
        public void changed(String id) {
            try {
                forget(of(UUID.fromString(id)));
            } catch (IllegalArgumentException e) {
                anythingMayHaveChanged();
            }
        }

        @Override
        public void anythingMayHaveChanged() {
            forget(copy -> true);
        }
    }

    /** Settings for {@link CachedSigningKeyStore}. Not safe for use by several threads. */
    public static final class Builder {

        private final SigningKeyStore store;
        private Duration lifetime = Duration.ofSeconds(1);
        private Duration lifetimeWithNotices = Duration.ofMinutes(1);
        private Duration maximumLag = Duration.ofSeconds(1);
        private Duration maximumStaleness = Duration.ofMinutes(5);
        private int maximumKeys = 100_000;
        private @Nullable ChangeNotices notices;
        private LongSupplier ticker = System::nanoTime;

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
         * What ages are measured with; for tests.
         *
         * @param nanos like {@link System#nanoTime()}, which it is unless set
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
