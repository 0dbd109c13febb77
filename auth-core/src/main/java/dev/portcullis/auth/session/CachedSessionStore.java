package dev.portcullis.auth.session;

import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.NearCopies;
import dev.portcullis.auth.SHA256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies of sessions near by, in front of a store that is far away. {@link #find} is answered from copies, which are good
 * for three quarters of a second, and for a minute while change notices are up to date; all else goes to the store.
 *
 * <p>A session that is ended through this object is gone at once on this node. One that another node ends is gone when
 * that is told, and within a second in any case: notices that lag make copies short-lived again. That there is no such
 * session is never remembered. When the store cannot be asked, sessions are unavailable within a second: unlike keys, none
 * goes on without it.
 *
 * <p>A copy in use is asked for again in the background, on a thread of this object's that knows nothing of a request, before
 * its time is over.
 *
 * <p>Closing it ends the notices, and asking in the background. The store itself is not closed.
 */
public final class CachedSessionStore implements SessionStore, AutoCloseable {

    // A change that is not heard of is asked for after this long, so that it is in force within a second.
    private static final Duration LIFETIME = Duration.ofMillis(750);
    private static final Duration MAXIMUM_LAG = Duration.ofMillis(750);

    private final SessionStore store;
    private final NearCopies<SHA256, Session> copies;

    private CachedSessionStore(Builder settings) {
        store = settings.store;
        copies = new NearCopies<>(
                new NearCopies.Terms(
                        LIFETIME, settings.lifetimeWithNotices, MAXIMUM_LAG, Duration.ZERO, settings.maximumSessions),
                CachedSessionStore::tags,
                settings.ticker);
        if (settings.notices != null) {
            copies.follow(settings.notices, CHANGES);
        }
    }

    private static List<String> tags(Session session) {
        OpeningKey key = session.key();
        return key == null
                ? List.of(session.id().toString(), session.account())
                : List.of(session.id().toString(), session.account(), key.id().toString());
    }

    /**
     * Starts the settings.
     *
     * @param store the store far away
     * @return a builder that needs nothing more
     */
    public static Builder over(SessionStore store) {
        return new Builder(store);
    }

    @Override
    public @Nullable Session find(SHA256 hash) {
        return copies.find(hash, store::find);
    }

    /** A login ends others of the account when there are too many. */
    @Override
    public void add(Session session, int maximum) {
        thenDrop(
                () -> {
                    store.add(session, maximum);
                    return true;
                },
                session.account());
    }

    @Override
    public List<Session> list(String account, Instant now) {
        return store.list(account, now);
    }

    @Override
    public boolean end(String account, UUID id) {
        return thenDrop(() -> store.end(account, id), id.toString());
    }

    @Override
    public int endAllOfKey(UUID keyID) {
        return thenDrop(() -> store.endAllOfKey(keyID), keyID.toString());
    }

    @Override
    public int endAllOfAccount(String account) {
        return thenDrop(() -> store.endAllOfAccount(account), account);
    }

    @Override
    public void rehashKey(UUID keyID, SHA256 keyHash) {
        thenDrop(
                () -> {
                    store.rehashKey(keyID, keyHash);
                    return true;
                },
                keyID.toString());
    }

    /** Also when it is not known what became of the change. */
    private <T> T thenDrop(Supplier<T> change, String changed) {
        try {
            return change.get();
        } finally {
            copies.changed(changed);
        }
    }

    /** Ends the notices, and asking in the background. */
    @Override
    public void close() {
        copies.close();
    }

    /** Never a session. */
    @Override
    public String toString() {
        return "CachedSessionStore[" + store + "]";
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {

        private final SessionStore store;
        private @Nullable ChangeNotices notices;
        private Duration lifetimeWithNotices = Duration.ofMinutes(1);
        private int maximumSessions = 100_000;
        private @Nullable LongSupplier ticker;

        private Builder(SessionStore store) {
            this.store = store;
        }

        /**
         * Sets who tells of sessions that other nodes end.
         *
         * @param notices nobody unless given; those of the store
         * @return this builder
         */
        public Builder notices(ChangeNotices notices) {
            this.notices = notices;
            return this;
        }

        /**
         * Sets how long a copy is good while notices are up to date.
         *
         * @param time a minute unless given; at least three quarters of a second
         * @return this builder
         */
        public Builder lifetimeWithNotices(Duration time) {
            this.lifetimeWithNotices = time;
            return this;
        }

        /**
         * Sets how many sessions there are copies of, at most.
         *
         * @param most 100,000 unless given, of about half a kilobyte each; at least 1
         * @return this builder
         */
        public Builder maximumSessions(int most) {
            this.maximumSessions = most;
            return this;
        }

        /**
         * Sets what ages are measured with; for tests.
         *
         * @param nanos like {@link System#nanoTime()}, which it is unless given; by any other, nothing is asked for in the
         *     background
         * @return this builder
         */
        public Builder ticker(LongSupplier nanos) {
            this.ticker = nanos;
            return this;
        }

        /**
         * The store with copies in front of it; listens for changes from now on.
         *
         * @return a store to be closed when the server has stopped
         * @throws IllegalArgumentException if a setting is out of range
         */
        public CachedSessionStore build() {
            return new CachedSessionStore(this);
        }
    }
}
