package dev.portcullis.auth.apikey;

import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.SHA256;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is stored of an {@link APIKey}. Names, owners and scopes are taken as they are: what may be in them is
 * decided when a key is issued, and a store gives back what it was given. Not safe for use by several threads.
 */
public final class APIKeyBuilder {

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    @Nullable
    UUID id;

    @Nullable
    SHA256 hash;

    @Nullable
    String owner;

    @Nullable
    String name;

    @Nullable
    String keyPrefix;

    Set<String> scopes = Set.of();

    @Nullable
    Instant createdAt;

    @Nullable
    Instant lastUsedAt;

    @Nullable
    Instant expiresAt;

    @Nullable
    Instant revokedAt;

    @Nullable
    UUID successorID;

    AllowList allowList = AllowList.everywhere();

    int hashVersion;

    APIKeyBuilder() {}

    /**
     * Sets the identifier.
     *
     * @param id required; unlike that of any other key
     * @return this builder
     */
    public APIKeyBuilder id(UUID id) {
        this.id = id;
        return this;
    }

    /**
     * Sets the SHA-256 of the whole key.
     *
     * @param hash required; unlike that of any other key
     * @return this builder
     */
    public APIKeyBuilder hash(SHA256 hash) {
        this.hash = hash;
        return this;
    }

    /**
     * Sets the account that the key acts for.
     *
     * @param owner required
     * @return this builder
     */
    public APIKeyBuilder owner(String owner) {
        this.owner = owner;
        return this;
    }

    /**
     * Sets what the owner calls it.
     *
     * @param name required
     * @return this builder
     */
    public APIKeyBuilder name(String name) {
        this.name = name;
        return this;
    }

    /**
     * Sets the part of the key that may be shown, and with it the environment.
     *
     * @param keyPrefix required; such as {@code grd_live_0123abcd}
     * @return this builder
     */
    public APIKeyBuilder keyPrefix(String keyPrefix) {
        this.keyPrefix = keyPrefix;
        return this;
    }

    /**
     * Sets the permissions.
     *
     * @param scopes none unless given; copied
     * @return this builder
     */
    public APIKeyBuilder scopes(Collection<String> scopes) {
        this.scopes = Set.copyOf(scopes);
        return this;
    }

    /**
     * Sets when the key was issued.
     *
     * @param createdAt required; in the years 1970 to 9999
     * @return this builder
     * @throws IllegalArgumentException if it is in another year
     */
    public APIKeyBuilder createdAt(Instant createdAt) {
        this.createdAt = checked(createdAt, "createdAt");
        return this;
    }

    /**
     * Sets when it was last used.
     *
     * @param lastUsedAt in the years 1970 to 9999, or null if it was never used
     * @return this builder
     * @throws IllegalArgumentException if it is in another year
     */
    public APIKeyBuilder lastUsedAt(@Nullable Instant lastUsedAt) {
        this.lastUsedAt = checked(lastUsedAt, "lastUsedAt");
        return this;
    }

    /**
     * Sets the first moment at which it no longer works.
     *
     * @param expiresAt in the years 1970 to 9999, or null if there is none
     * @return this builder
     * @throws IllegalArgumentException if it is in another year
     */
    public APIKeyBuilder expiresAt(@Nullable Instant expiresAt) {
        this.expiresAt = checked(expiresAt, "expiresAt");
        return this;
    }

    /**
     * Sets when it was revoked.
     *
     * @param revokedAt in the years 1970 to 9999, or null if it is not revoked
     * @return this builder
     * @throws IllegalArgumentException if it is in another year
     */
    public APIKeyBuilder revokedAt(@Nullable Instant revokedAt) {
        this.revokedAt = checked(revokedAt, "revokedAt");
        return this;
    }

    /**
     * Sets which key has taken its place.
     *
     * @param successorID the identifier of the key it was rotated to, or null if it was not rotated
     * @return this builder
     */
    public APIKeyBuilder successorID(@Nullable UUID successorID) {
        this.successorID = successorID;
        return this;
    }

    /**
     * Sets the addresses from which it may be used.
     *
     * @param allowList everywhere unless given
     * @return this builder
     */
    public APIKeyBuilder allowList(AllowList allowList) {
        this.allowList = allowList;
        return this;
    }

    /**
     * Sets how the hash was made.
     *
     * @param hashVersion 0, unless given, for the plain SHA-256; otherwise the version of the pepper, at most 32,767
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public APIKeyBuilder hashVersion(int hashVersion) {
        if (hashVersion < 0 || hashVersion > Short.MAX_VALUE) {
            throw new IllegalArgumentException("hashVersion must be from 0 to " + Short.MAX_VALUE);
        }
        this.hashVersion = hashVersion;
        return this;
    }

    private static @Nullable Instant checked(@Nullable Instant time, String setting) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw new IllegalArgumentException(setting + " must be in the years 1970 to 9999");
        }
        return time;
    }

    /**
     * The key.
     *
     * @return a key with what was set
     * @throws IllegalArgumentException if something required is missing, or the key prefix is not one
     */
    public APIKey build() {
        return new APIKey(this);
    }
}
