package dev.portcullis.auth.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.auth.SHA256;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were let in before, by the hash of their whole text. A hit saves the signature check and nothing else:
 * the key must still be published, and every rule about the claims is applied again.
 *
 * <p>A token that has expired is dropped when it is shown again, and otherwise within a minute in which others come.
 * Caffeine could watch each entry's expiry, but takes a tenth of the time of a whole hit for it.
 */
final class TokenCache {

    /** A token counts once for each started stretch of this many characters. */
    private static final int UNIT = 1024;

    private static final long SWEEP_SECONDS = 60;

    private final Cache<SHA256, AcceptedToken> tokens;
    private final AtomicLong nextSweep = new AtomicLong(Long.MIN_VALUE);

    TokenCache(int maximumTokens) {
        this.tokens = Caffeine.newBuilder()
                .maximumWeight(maximumTokens)
                .weigher((SHA256 hash, AcceptedToken token) -> 1 + token.length() / UNIT)
                .executor(Runnable::run)
                .build();
    }

    /** A token that was let in before; it may have expired by now. */
    @Nullable
    AcceptedToken find(SHA256 hash) {
        return tokens.getIfPresent(hash);
    }

    /**
     * Remembers a token.
     *
     * @param now seconds since 1970-01-01T00:00:00Z
     */
    void keep(SHA256 hash, AcceptedToken token, double now) {
        long due = nextSweep.get();
        if (now >= due && nextSweep.compareAndSet(due, (long) now + SWEEP_SECONDS)) {
            tokens.asMap().values().removeIf(kept -> kept.verified().claims().expiresAt() <= now);
        }
        tokens.put(hash, token);
    }

    void drop(SHA256 hash) {
        tokens.invalidate(hash);
    }

    /** Drops what an issuer's withdrawn keys have signed. */
    void dropWithdrawn(TrustedIssuer issuer, KeySet published) {
        tokens.asMap()
                .values()
                .removeIf(token -> token.issuer() == issuer
                        && !published.contains(token.verified().key()));
    }
}
