package dev.portcullis.auth.apikey;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.LoadThreads;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.UnknownAllowance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies of keys near by, in front of a store that is far away. {@link #find} and {@link #findAny}, which every request
 * needs, are answered from copies; all else goes to the store, {@link #findNow} too.
 *
 * <p><b>How old a copy can be.</b> What is changed through this object is in force at once on this node, also against an
 * answer that was on its way. What other nodes change is in force when this one hears of it, if there are
 * {@linkplain Builder#notices change notices}, and within the {@linkplain Builder#lifetime lifetime} of a copy in any
 * case: notices that lag make copies short-lived again, by themselves.
 *
 * <p><b>Unknown keys.</b> They are remembered apart from known ones, and the store is asked about new ones at a limited
 * rate. Beyond it a key that was not seen before cannot be checked: {@link AuthUnavailableException}, and neither "there
 * is no such key" nor letting it in. Keys of which there are copies are not held up by that.
 *
 * <p><b>Many requests at once.</b> For each key the store is asked once, however many wait. Nobody waits for longer than
 * the {@linkplain Builder#maximumWait maximum}, except for whoever asks about a key that is seen for the first time: that
 * takes as long as the store takes, which sees to it that it answers in time. A copy is renewed in the background when
 * three quarters of its lifetime are over.
 *
 * <p><b>When the store is away.</b> Copies go on up to the {@linkplain Builder#maximumStaleness maximum staleness}; the
 * store is tried again each second, so that what changed meanwhile is in force two seconds after its return. A key that
 * is known to have changed is not let in by its old copy.
 *
 * <p>Safe for use by many threads. Closing it ends the notices and the thread that keeps the time; it goes on answering,
 * a little slower. The store itself is not closed.
 */
public final class CachedAPIKeyStore implements APIKeyStore, AutoCloseable {

    private final APIKeyStore store;
    private final ChangeStamps stamps = new ChangeStamps();
    private final Horizon horizon;
    private final KeyCopies copies;
    private final KeyLookup lookup;
    private final LoadThreads threads = new LoadThreads("portcullis-key-loads");

    private CachedAPIKeyStore(CacheSettings settings) {
        store = settings.store;
        horizon = Horizon.start(settings.ages(), settings.ticker);
        copies = new KeyCopies(
                settings.maximumKeys, settings.maximumUnknownKeys, settings.unknownLifetime.toNanos(), horizon, stamps);
        UnknownAllowance allowance = new UnknownAllowance(settings.unknownRate, horizon.now());
        Executor loading = settings.executor == null ? threads : settings.executor;
        KeyLoads loads = new KeyLoads(store, copies, stamps, horizon, allowance, settings.loads(), loading);
        lookup = new KeyLookup(copies, loads, horizon, allowance, settings.maximumStaleness.toNanos());
        if (settings.notices != null) {
            horizon.follow(settings.notices.subscribe(CHANGES, new KeyNotices(stamps, horizon)));
        }
    }

    /**
     * Starts the settings.
     *
     * @param store where keys are kept
     * @return the settings, all at their defaults
     */
    public static Builder over(APIKeyStore store) {
        return new Builder(store);
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuthUnavailableException also if too many unknown keys came, or too many requests wait
     */
    @Override
    public @Nullable APIKey find(SHA256 hash) {
        return lookup.find(hash);
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuthUnavailableException also if too many unknown keys came, or too many requests wait
     */
    @Override
    public @Nullable APIKey findAny(List<SHA256> hashes) {
        return lookup.findAny(hashes);
    }

    /** {@inheritDoc} A copy vouches for its key as long as it can be used without another look. */
    @Override
    public boolean isCurrent(APIKey key) {
        return copies.isCurrent(key);
    }

    /** {@inheritDoc} Neither a copy nor the rate of unknown keys has a part in it. */
    @Override
    public @Nullable APIKey findNow(List<SHA256> hashes) {
        return store.findNow(hashes);
    }

    @Override
    public @Nullable APIKey get(UUID id) {
        return store.get(id);
    }

    @Override
    public List<APIKey> list(@Nullable String owner, @Nullable UUID before, int limit) {
        return store.list(owner, before, limit);
    }

    // A write that fails may have been done all the same: what it was about is read again in either case.

    @Override
    public AddResult add(APIKey key, AddTerms terms, AuditNote note) {
        try {
            return store.add(key, terms, note);
        } finally {
            added(key);
        }
    }

    @Override
    public Set<UUID> addAll(List<APIKey> keys, AuditNote note) {
        try {
            return store.addAll(keys, note);
        } finally {
            keys.forEach(this::added);
        }
    }

    /** Of a key that is added again after others have deleted it there may be a copy. */
    private void added(APIKey key) {
        stamps.hashTaken(key.hash());
        if (copies.known(List.of(key.hash())) != null) {
            stamps.keyChanged(key.id());
        }
    }

    @Override
    public @Nullable APIKey change(UUID id, KeyChange change, AuditNote note) {
        return changed(id, () -> store.change(id, change, note));
    }

    @Override
    public @Nullable APIKey revoke(UUID id, AuditNote note) {
        return changed(id, () -> store.revoke(id, note));
    }

    @Override
    public @Nullable APIKey delete(UUID id, AuditNote note) {
        return changed(id, () -> store.delete(id, note));
    }

    /** A key that was added elsewhere may be remembered as unknown. */
    private @Nullable APIKey changed(UUID id, Supplier<@Nullable APIKey> write) {
        try {
            APIKey key = write.get();
            if (key != null) {
                stamps.hashTaken(key.hash());
            }
            return key;
        } finally {
            stamps.keyChanged(id);
        }
    }

    @Override
    public RotateResult rotate(UUID id, APIKey successor, Instant overlapEnd, int maximumKeys, AuditNote note) {
        try {
            return store.rotate(id, successor, overlapEnd, maximumKeys, note);
        } finally {
            stamps.keyChanged(id);
            added(successor);
        }
    }

    @Override
    public boolean rehash(UUID id, SHA256 hash, int hashVersion) {
        try {
            return store.rehash(id, hash, hashVersion);
        } finally {
            stamps.keyChanged(id);
            stamps.hashTaken(hash);
        }
    }

    @Override
    public void touch(UUID id, Instant usedAt) {
        store.touch(id, usedAt);
        if (!copies.used(id, usedAt)) {
            stamps.keyChanged(id);
        }
    }

    @Override
    public Map<Integer, Long> countByHashVersion(Instant now) {
        return store.countByHashVersion(now);
    }

    @Override
    public List<AuditRecord> audit(@Nullable String owner, long before, int limit) {
        return store.audit(owner, before, limit);
    }

    /**
     * What it has done so far.
     *
     * @return counts since it was made
     */
    public KeyCacheStatistics statistics() {
        return lookup.statistics();
    }

    /** Ends the notices and the thread that keeps the time. */
    @Override
    public void close() {
        horizon.close();
        threads.close();
    }

    /** How many keys there are copies of, never one of them. */
    @Override
    public String toString() {
        return "CachedAPIKeyStore[" + statistics().keys() + "]";
    }

    /** Settings for {@link CachedAPIKeyStore}. Not safe for use by several threads. */
    public static final class Builder {

        private final CacheSettings settings;

        private Builder(APIKeyStore store) {
            settings = new CacheSettings(store);
        }

        /**
         * How long a copy is used: what another node changes is in force here after no longer than this while the store
         * answers.
         *
         * @param time from 50 ms to 1 hour; 1 second unless set
         * @return these settings
         */
        public Builder lifetime(Duration time) {
            settings.lifetime = time;
            return this;
        }

        /**
         * What tells of changes that other nodes make. While it is up to date copies live longer, and the store is asked
         * less.
         *
         * @param source none unless set; the store's changes are told there under {@link APIKeyStore#CHANGES}
         * @return these settings
         */
        public Builder notices(ChangeNotices source) {
            settings.notices = source;
            return this;
        }

        /**
         * How long a copy is used while change notices are up to date.
         *
         * @param time from the lifetime to 7 days; 1 minute unless set, or the lifetime if that is longer
         * @return these settings
         */
        public Builder lifetimeWithNotices(Duration time) {
            settings.lifetimeWithNotices = time;
            return this;
        }

        /**
         * How far behind change notices may be. What is told too late is in force after the longer of this and the
         * lifetime.
         *
         * @param time from 100 ms to 1 minute; 1 second unless set
         * @return these settings
         */
        public Builder maximumLag(Duration time) {
            settings.maximumLag = time;
            return this;
        }

        /**
         * How old a copy can be that is used because the store is away.
         *
         * @param time from the longest lifetime, for not at all, to 7 days; 5 minutes unless set
         * @return these settings
         */
        public Builder maximumStaleness(Duration time) {
            settings.maximumStaleness = time;
            return this;
        }

        /**
         * How many keys there are copies of, at most.
         *
         * @param most at least 1; 100,000 unless set, of about 700 bytes each
         * @return these settings
         */
        public Builder maximumKeys(int most) {
            settings.maximumKeys = most;
            return this;
        }

        /**
         * How many unknown keys are remembered, at most.
         *
         * @param most at least 1; 10,000 unless set, of about 200 bytes each
         * @return these settings
         */
        public Builder maximumUnknownKeys(int most) {
            settings.maximumUnknownKeys = most;
            return this;
        }

        /**
         * How long it is remembered that there is no such key. A key that is added on this node works at once; one that
         * was tried here before it was imported on another node works after this.
         *
         * @param time from 1 ms to 1 hour; 10 seconds unless set
         * @return these settings
         */
        public Builder unknownLifetime(Duration time) {
            settings.unknownLifetime = time;
            return this;
        }

        /**
         * How often the store may answer that there is no such key. Beyond that, keys of which there is no copy cannot
         * be checked until it is over.
         *
         * @param perSecond from 1 to 1,000,000; 100 unless set
         * @return these settings
         */
        public Builder unknownRate(int perSecond) {
            settings.unknownRate = perSecond;
            return this;
        }

        /**
         * How many questions the store is asked at once.
         *
         * @param most at least 1; 32 unless set
         * @return these settings
         */
        public Builder maximumLoads(int most) {
            settings.maximumLoads = most;
            return this;
        }

        /**
         * How many threads can wait for the store at once, besides those that ask it, so that a slow store does not take
         * every thread of a server.
         *
         * @param most at least 1; 128 unless set
         * @return these settings
         */
        public Builder maximumWaiters(int most) {
            settings.maximumWaiters = most;
            return this;
        }

        /**
         * How long a thread waits for an answer that it does not get itself.
         *
         * @param time from 1 ms to 1 minute; 1 second unless set
         * @return these settings
         */
        public Builder maximumWait(Duration time) {
            settings.maximumWait = time;
            return this;
        }

        /**
         * What ages are measured with; for tests. Waiting is always in real time.
         *
         * @param nanos like {@link System#nanoTime()}, which it is unless set
         * @return these settings
         */
        public Builder ticker(LongSupplier nanos) {
            settings.ticker = nanos;
            return this;
        }

        /** What asks the store in the background; threads unless set. */
        Builder executor(Executor background) {
            settings.executor = background;
            return this;
        }

        /**
         * The store with copies in front of it; listens for changes from now on.
         *
         * @return a store to be closed when the server has stopped
         * @throws IllegalArgumentException if a setting is out of bounds or contradicts another
         */
        public CachedAPIKeyStore build() {
            settings.check();
            return new CachedAPIKeyStore(settings);
        }
    }
}
