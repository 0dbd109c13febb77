package dev.portcullis.auth.account;

import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.NearCopies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies near by of how accounts stand, in front of a store that is far away: good for three quarters of a second, and for a
 * minute while change notices are up to date.
 *
 * <p>A change through this object is in force at once on this node; one that another node makes when it is told, and
 * within a second in any case. When the store cannot be asked, copies go on up to the
 * {@linkplain Builder#maximumStaleness maximum staleness}: everything that acts for an account hangs on this, also tokens
 * that need no store. Accounts of which there is no copy are unavailable meanwhile.
 *
 * <p>A copy in use is asked for again in the background, on a thread of this object's that knows nothing of a request, before
 * its time is over.
 *
 * <p>Closing it ends the notices, and asking in the background. The store itself is not closed.
 */
public final class CachedAccountStore implements AccountStore, AutoCloseable {

    // A change that is not heard of is asked for after this long, so that it is in force within a second.
    private static final Duration LIFETIME = Duration.ofMillis(750);
    private static final Duration MAXIMUM_LAG = Duration.ofMillis(750);

    private final AccountStore store;
    private final NearCopies<String, AccountState> copies;

    private CachedAccountStore(Builder settings) {
        store = settings.store;
        copies = new NearCopies<>(
                new NearCopies.Terms(
                        LIFETIME,
                        settings.lifetimeWithNotices,
                        MAXIMUM_LAG,
                        settings.maximumStaleness,
                        settings.maximumAccounts),
                state -> List.of(), // an account's copy goes by its name
                settings.ticker);
        if (settings.notices != null) {
            copies.follow(settings.notices, CHANGES);
        }
    }

    /**
     * Starts the settings.
     *
     * @param store the store far away
     * @return a builder that needs nothing more
     */
    public static Builder over(AccountStore store) {
        return new Builder(store);
    }

    @Override
    public AccountState find(String account) {
        AccountState state = copies.find(account, store::find);
        return state == null ? AccountState.IN_ORDER : state;
    }

    @Override
    public AccountState suspend(String account, boolean suspended) {
        return thenDrop(account, () -> store.suspend(account, suspended));
    }

    @Override
    public AccountState verify(String account, @Nullable Instant until) {
        return thenDrop(account, () -> store.verify(account, until));
    }

    /** Also when it is not known what became of the change. */
    private AccountState thenDrop(String account, Supplier<AccountState> change) {
        try {
            return change.get();
        } finally {
            copies.changed(account);
        }
    }

    /** Ends the notices, and asking in the background. */
    @Override
    public void close() {
        copies.close();
    }

    /** Never an account. */
    @Override
    public String toString() {
        return "CachedAccountStore[" + store + "]";
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {

        private final AccountStore store;
        private @Nullable ChangeNotices notices;
        private Duration lifetimeWithNotices = Duration.ofMinutes(1);
        private Duration maximumStaleness = Duration.ofMinutes(5);
        private int maximumAccounts = 100_000;
        private @Nullable LongSupplier ticker;

        private Builder(AccountStore store) {
            this.store = store;
        }

        /**
         * Sets who tells of changes that other nodes make.
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
         * Sets how long a copy is good while the store cannot be asked.
         *
         * @param time 5 minutes unless given; 0 for no longer than else
         * @return this builder
         */
        public Builder maximumStaleness(Duration time) {
            this.maximumStaleness = time;
            return this;
        }

        /**
         * Sets how many accounts there are copies of, at most.
         *
         * @param most 100,000 unless given, of about 200 bytes each; at least 1
         * @return this builder
         */
        public Builder maximumAccounts(int most) {
            this.maximumAccounts = most;
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
        public CachedAccountStore build() {
            return new CachedAccountStore(this);
        }
    }
}
