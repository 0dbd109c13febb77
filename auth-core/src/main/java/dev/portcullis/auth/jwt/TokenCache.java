package dev.portcullis.auth.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.portcullis.auth.SHA256;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were let in before, by the hash of their whole text. A hit saves the signature check and nothing else:
 * the key must still be published, and every rule about the claims is applied again.
 */
final class TokenCache {

    /** A token counts once for each started stretch of this many characters. */
    private static final int UNIT = 1024;

    private final Cache<SHA256, AcceptedToken> tokens;

    TokenCache(int maximumTokens, InstantSource clock) {
        this.tokens = Caffeine.newBuilder()
                .maximumWeight(maximumTokens)
                .weigher((SHA256 hash, AcceptedToken token) -> 1 + token.length() / UNIT)
                .expireAfter(Expiry.<SHA256, AcceptedToken>creating((hash, token) -> remaining(token, clock)))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    private static Duration remaining(AcceptedToken token, InstantSource clock) {
        double seconds = token.verified().claims().expiresAt() - clock.millis() / 1000.0;
        return Duration.ofMillis((long) Math.max(0, seconds * 1000));
    }

    @Nullable
    AcceptedToken find(SHA256 hash) {
        return tokens.getIfPresent(hash);
    }

    void keep(SHA256 hash, AcceptedToken token) {
        tokens.put(hash, token);
    }

    /** Drops what an issuer's withdrawn keys have signed. */
    void dropWithdrawn(TrustedIssuer issuer, KeySet published) {
        tokens.asMap()
                .values()
                .removeIf(token -> token.issuer() == issuer
                        && !published.contains(token.verified().key()));
    }
}
