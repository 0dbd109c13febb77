package dev.portcullis.auth.apikey;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Issues keys, revokes and deletes them. A key is 24 bytes from a secure source; what is stored is its hash and the few
 * characters that may be shown. Safe for use by many threads.
 */
public final class APIKeys {

    private static final int LONGEST_NAME = 100;

    private final APIKeyStore store;
    private final KeyScheme scheme;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** The greatest time of an identifier so far: milliseconds and, below them, a counter of 12 bits. */
    private final AtomicLong lastTick = new AtomicLong();

    private APIKeys(APIKeyStore store, KeyScheme scheme, InstantSource clock) {
        this.store = store;
        this.scheme = scheme;
        this.clock = clock;
    }

    /**
     * Starts the settings.
     *
     * @return a builder that needs at least a store
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Issues a key and stores it.
     *
     * @param owner the account that it acts for; not empty
     * @param name what its owner calls it: 1 to 100 characters, none of them a control character
     * @param environment what it is meant for
     * @param scopes the permissions of its callers, each a {@code scope-token} of RFC 6749 section 3.3; may be empty
     * @param expiresAt the first moment at which it no longer works, in the future; or null if there is none
     * @return the key with its plaintext, which is nowhere else
     * @throws IllegalArgumentException if one of these is not as it must be; nothing is stored
     * @throws AuthUnavailableException if the store cannot be asked
     */
    public IssuedAPIKey issue(
            String owner,
            String name,
            Environment environment,
            Collection<String> scopes,
            @Nullable Instant expiresAt) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        if (owner.isEmpty()) {
            throw new IllegalArgumentException("owner must not be empty");
        }
        checkName(name);
        checkScopes(scopes);
        if (expiresAt != null && expiresAt.isBefore(now.plusMillis(1))) {
            throw new IllegalArgumentException("expiresAt must be in the future");
        }
        byte[] bytes = new byte[KeyScheme.RANDOM_BYTES];
        random.nextBytes(bytes);
        String plaintext = scheme.write(environment, bytes);
        APIKey key = APIKey.builder()
                .id(nextID(now.toEpochMilli()))
                .hash(SHA256.of(SecretText.of(plaintext)))
                .keyPrefix(scheme.shownOf(plaintext, environment))
                .owner(owner)
                .name(name)
                .scopes(scopes)
                .createdAt(now)
                .expiresAt(expiresAt)
                .build();
        store.add(key);
        return new IssuedAPIKey(key, plaintext);
    }

    private static void checkName(String name) {
        int length = name.codePointCount(0, name.length());
        if (length < 1 || length > LONGEST_NAME) {
            throw new IllegalArgumentException("name must have 1 to 100 characters, not " + length);
        }
        boolean plain = name.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        if (!plain) {
            throw new IllegalArgumentException("name must not hold control characters or halves of characters");
        }
    }

    /** A scope must be fit for a route to require it. */
    private static void checkScopes(Collection<String> scopes) {
        if (!scopes.isEmpty()) {
            Requirement.allOf(scopes);
        }
    }

    /**
     * An identifier greater than all before it, as RFC 9562 section 5.7 lays it out: milliseconds, a counter (section
     * 6.2, method 1) that overflows into them, and 62 random bits.
     */
    private UUID nextID(long now) {
        long tick = lastTick.updateAndGet(last -> Math.max(last + 1, now << 12));
        long high = ((tick >>> 12) << 16) | 0x7000 | (tick & 0xfff);
        long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(high, low);
    }

    /**
     * Revokes a key, for good and from now on. A key that was revoked before keeps its time.
     *
     * @param id the identifier
     * @return the key as it stands afterwards, or null if there is none
     * @throws AuthUnavailableException if the store cannot be asked
     */
    public @Nullable APIKey revoke(UUID id) {
        return store.revoke(id, clock.instant());
    }

    /**
     * Deletes a key.
     *
     * @param id the identifier
     * @return whether there was such a key
     * @throws AuthUnavailableException if the store cannot be asked
     */
    public boolean delete(UUID id) {
        return store.delete(id);
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {

        private @Nullable APIKeyStore store;
        private String prefix = KeyScheme.DEFAULT;
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Sets where keys are kept.
         *
         * @param store required; the one that {@link APIKeyAuthentication} asks
         * @return this builder
         */
        public Builder store(APIKeyStore store) {
            this.store = store;
            return this;
        }

        /**
         * Sets what keys begin with.
         *
         * @param prefix {@code grd} unless given; a lower-case letter, then lower-case letters and digits
         * @return this builder
         */
        public Builder prefix(String prefix) {
            this.prefix = prefix;
            return this;
        }

        /**
         * Sets the time.
         *
         * @param clock the system's unless given
         * @return this builder
         */
        public Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Makes the service.
         *
         * @return an issuer of keys
         * @throws IllegalArgumentException if there is no store, or the prefix is not one
         */
        public APIKeys build() {
            if (store == null) {
                throw new IllegalArgumentException("APIKeys needs a store: call store(…)");
            }
            return new APIKeys(store, new KeyScheme(prefix), clock);
        }
    }
}
