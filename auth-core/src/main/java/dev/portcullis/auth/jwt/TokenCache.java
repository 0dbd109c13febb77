package dev.portcullis.auth.jwt;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecondChanceCache;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were let in before, by the hash of their whole text. A hit saves the signature check and nothing else:
 * the key must still be published, and every rule about the claims that time can change is applied again.
 *
 * <p>A token that has expired is dropped when it is shown again, and otherwise within a minute in which others come.
 */
final class TokenCache {

    /** A token counts once for each started stretch of this many characters. */
    private static final int UNIT = 1024;

    private static final long SWEEP_SECONDS = 60;

    private final SecondChanceCache<SHA256, AcceptedToken> tokens;
    private final AtomicLong nextSweep = new AtomicLong(Long.MIN_VALUE);
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    TokenCache(int maximumTokens) {
        this.tokens = new SecondChanceCache<>(maximumTokens);
    }

    /** A token that was let in before; it may have expired by now. */
    @Nullable
    AcceptedToken find(SHA256 hash) {
        AcceptedToken known = tokens.find(hash);
        (known == null ? misses : hits).increment();
        return known;
    }

    TokenStatistics statistics() {
        return new TokenStatistics(hits.sum(), misses.sum(), tokens.size());
    }

    /**
     * Remembers a token.
     *
     * @param now seconds since 1970-01-01T00:00:00Z
     */
    void keep(SHA256 hash, AcceptedToken token, double now) {
        long due = nextSweep.get();
        if (now >= due && nextSweep.compareAndSet(due, (long) now + SWEEP_SECONDS)) {
            tokens.dropIf(kept -> kept.hasExpired(now));
        }
        tokens.keep(hash, token, 1 + token.length() / UNIT);
    }

    void drop(SHA256 hash) {
        tokens.drop(hash);
    }

    /** Drops what an issuer's withdrawn keys have signed. */
    void dropWithdrawn(TrustedIssuer issuer, KeySet published) {
        tokens.dropIf(token -> token.issuer() == issuer && !published.contains(token.key()));
    }
}
