package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** API keys that everybody knows, one in each state. */
final class Keys {

    static final String LIVE = "grd_live_0123456789abcdef0123456789abcdef0123456789abcdef";
    static final String TEST = "grd_test_0123456789abcdef0123456789abcdef0123456789abcdef";
    static final String REVOKED = "grd_live_3f9a1c070000000000000000000000000000000000000000";
    static final String EXPIRED = "grd_live_abababab0000000000000000000000000000000000000000";

    private Keys() {}

    /** A store of its own, with all of them. */
    static InMemoryAPIKeyStore store() {
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        APIKeys keys = APIKeys.builder().store(store).clock(Tokens.CLOCK).build();
        keys.importAll(
                List.of(
                        key(1, LIVE, null, null),
                        key(2, TEST, null, null),
                        key(3, REVOKED, null, Tokens.NOW),
                        key(4, EXPIRED, Tokens.NOW, null)),
                Actor.APPLICATION);
        return store;
    }

    private static APIKey key(int number, String text, @Nullable Instant expiresAt, @Nullable Instant revokedAt) {
        return APIKey.builder()
                .id(new UUID(0x7000, Long.MIN_VALUE | number))
                .hash(SHA256.of(SecretText.of(text)))
                .owner("user_1")
                .name("key " + number)
                .keyPrefix(text.substring(0, "grd_live_".length() + 8))
                .scopes(Set.of("catalog:read"))
                .createdAt(Tokens.NOW.minus(Duration.ofDays(1)))
                .expiresAt(expiresAt)
                .revokedAt(revokedAt)
                .build();
    }

    static APIKeyAuthentication method(InMemoryAPIKeyStore store) {
        return APIKeyAuthentication.builder().store(store).clock(Tokens.CLOCK).build();
    }
}
