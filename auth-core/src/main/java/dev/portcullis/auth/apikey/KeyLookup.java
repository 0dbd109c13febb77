package dev.portcullis.auth.apikey;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.UnknownAllowance;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Decides whether a copy will do, or the store is asked, or neither can be. */
final class KeyLookup {

    private final KeyCopies copies;
    private final KeyLoads loads;
    private final Horizon horizon;
    private final UnknownAllowance allowance;
    private final long maximumStaleness;

    private final HitCounter hits = new HitCounter();
    private final LongAdder unknownHits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder staleAnswers = new LongAdder();
    private final LongAdder refusals = new LongAdder();

    KeyLookup(KeyCopies copies, KeyLoads loads, Horizon horizon, UnknownAllowance allowance, long maximumStaleness) {
        this.copies = copies;
        this.loads = loads;
        this.horizon = horizon;
        this.allowance = allowance;
        this.maximumStaleness = maximumStaleness;
    }

    @Nullable
    APIKey find(SHA256 hash) {
        APIKey key = copies.fresh(hash);
        if (key != null) {
            hits.increment();
            return key;
        }
        return lookUp(List.of(hash));
    }

    @Nullable
    APIKey findAny(List<SHA256> hashes) {
        for (SHA256 hash : hashes) {
            APIKey key = copies.fresh(hash);
            if (key != null) {
                hits.increment();
                return key;
            }
        }
        return hashes.isEmpty() ? null : lookUp(hashes);
    }

    private @Nullable APIKey lookUp(List<SHA256> hashes) {
        KeyCopy copy = copies.usable(hashes, horizon.now());
        if (copy == null) {
            KeyCopy old = copies.known(hashes);
            return old == null ? lookUpNew(hashes) : lookUpAgain(hashes, old);
        }
        if (copy.key() == null) {
            unknownHits.increment();
        } else {
            hits.increment();
            loads.refresh(hashes, copy);
        }
        return copy.key();
    }

    private @Nullable APIKey lookUpNew(List<SHA256> hashes) {
        if (!allowance.isLeft(horizon.now())) {
            refusals.increment();
            throw KeyLoads.unavailable();
        }
        misses.increment();
        return loads.load(hashes, null).key();
    }

    /** Of which there is a copy, too old or outdated. */
    private @Nullable APIKey lookUpAgain(List<SHA256> hashes, KeyCopy copy) {
        if (copy.isFailing(horizon.now()) && canGoOn(copy)) {
            loads.refresh(hashes, copy);
            staleAnswers.increment();
            return copy.key();
        }
        misses.increment();
        try {
            return loads.load(hashes, copy).key();
        } catch (AuthUnavailableException e) {
            if (!canGoOn(copy)) {
                throw e;
            }
            staleAnswers.increment();
            return copy.key();
        }
    }

    /** Whether a copy will do while the store is away. One that is known to be outdated never will. */
    private boolean canGoOn(KeyCopy copy) {
        return copies.isUnchanged(copy) && horizon.now() - copy.askedAt() <= maximumStaleness;
    }

    KeyCacheStatistics statistics() {
        return new KeyCacheStatistics(
                hits.sum(),
                unknownHits.sum(),
                misses.sum(),
                loads.loads(),
                loads.failures(),
                staleAnswers.sum(),
                refusals.sum(),
                copies.knownCount(),
                copies.unknownCount(),
                horizon.isCovered());
    }
}
