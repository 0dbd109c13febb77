package dev.portcullis.auth.apikey;

import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.KnownKey;
import dev.portcullis.auth.LastUseRecorder;
import dev.portcullis.auth.SHA256;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of one API key: never the key itself, only its SHA-256 and the few characters that may be shown.
 * Immutable. Times are kept in whole milliseconds, rounded down, so that every store gives back what it was given.
 *
 * <p>It is laid out to be small, for a million of them stay in memory: identifiers and times are plain numbers inside,
 * and keys can share their sets of scopes.
 */
public final class APIKey implements KnownKey {

    /** A last use that has not been. */
    private static final long NEVER_YET = LastUseRecorder.NEVER_YET;

    /** An expiry or revocation that does not come. */
    private static final long NEVER = Long.MAX_VALUE;

    private final SHA256 hash;
    private final Set<String> scopes;
    private final long expiresAt;
    private final long revokedAt;
    private final long lastUsedAt;
    private final long createdAt;
    private final Environment environment;
    private final int firstDigits;
    private final String owner;
    private final long idHigh;
    private final long idLow;
    private final String scheme;
    private final String name;
    private final @Nullable UUID successorID;
    private final AllowList allowList;
    private final int hashVersion;

    /** In what memory this is the newest record of the key: a store's, or a copy's; no part of what is stored. */
    private volatile @Nullable Object holder;

    APIKey(APIKeyBuilder from) {
        UUID id = given(from.id, "id");
        KeyPrefix prefix = KeyPrefix.parse(given(from.keyPrefix, "keyPrefix"));
        hash = given(from.hash, "hash");
        scopes = from.scopes;
        expiresAt = millis(from.expiresAt, NEVER);
        revokedAt = millis(from.revokedAt, NEVER);
        lastUsedAt = millis(from.lastUsedAt, NEVER_YET);
        createdAt = given(from.createdAt, "createdAt").toEpochMilli();
        environment = prefix.environment();
        firstDigits = prefix.digits();
        owner = given(from.owner, "owner");
        idHigh = id.getMostSignificantBits();
        idLow = id.getLeastSignificantBits();
        scheme = prefix.scheme().intern();
        name = given(from.name, "name");
        successorID = from.successorID;
        allowList = from.allowList;
        hashVersion = from.hashVersion;
    }

    private static <T> T given(@Nullable T value, String setting) {
        if (value == null) {
            throw new IllegalArgumentException("An API key needs " + setting + ": call " + setting + "(…)");
        }
        return value;
    }

    private static long millis(@Nullable Instant time, long none) {
        return time == null ? none : time.toEpochMilli();
    }

    /**
     * Starts a key. This is for stores, which read keys back; {@link APIKeys} makes new ones.
     *
     * @return a builder with nothing set
     */
    public static APIKeyBuilder builder() {
        return new APIKeyBuilder();
    }

    /**
     * Starts a key like this one.
     *
     * @return a builder with everything set as it is here
     */
    public APIKeyBuilder toBuilder() {
        return new APIKeyBuilder()
                .id(id())
                .hash(hash)
                .owner(owner)
                .name(name)
                .keyPrefix(keyPrefix())
                .scopes(scopes)
                .createdAt(createdAt())
                .lastUsedAt(lastUsedAt())
                .expiresAt(expiresAt())
                .revokedAt(revokedAt())
                .successorID(successorID)
                .allowList(allowList)
                .hashVersion(hashVersion);
    }

    /**
     * What the key goes by wherever it is managed. Keys that {@link APIKeys} has issued are ordered by time: a later
     * key has a greater identifier (RFC 9562 section 5.7).
     *
     * @return the identifier
     */
    public UUID id() {
        return new UUID(idHigh, idLow);
    }

    /**
     * The SHA-256 of the whole key, keyed if there is a pepper. It is no use for authenticating, and still it is never
     * shown.
     *
     * @return the hash
     */
    public SHA256 hash() {
        return hash;
    }

    /**
     * How the hash was made.
     *
     * @return 0 for the plain SHA-256, otherwise the version of the pepper
     */
    public int hashVersion() {
        return hashVersion;
    }

    /**
     * The account that the key acts for: the subject of its caller.
     *
     * @return the owner
     */
    public String owner() {
        return owner;
    }

    /**
     * What its owner calls it.
     *
     * @return the name, as given
     */
    public String name() {
        return name;
    }

    /**
     * What it is meant for.
     *
     * @return the environment
     */
    public Environment environment() {
        return environment;
    }

    /**
     * The part of the key that may be shown, so that people can tell keys apart: {@code grd_live_} and 8 digits.
     *
     * @return the display prefix
     */
    public String keyPrefix() {
        return new KeyPrefix(scheme, environment, firstDigits).toString();
    }

    /**
     * The permissions of its caller, as exact strings.
     *
     * @return an immutable set
     */
    public Set<String> scopes() {
        return scopes;
    }

    /**
     * When it was issued.
     *
     * @return a time in whole milliseconds
     */
    public Instant createdAt() {
        return Instant.ofEpochMilli(createdAt);
    }

    /**
     * When it was last used, as far as was written down: uses are written at most once a minute.
     *
     * @return a time in whole milliseconds, or null if it was never used
     */
    public @Nullable Instant lastUsedAt() {
        return lastUsedAt == NEVER_YET ? null : Instant.ofEpochMilli(lastUsedAt);
    }

    /**
     * The first moment at which it no longer works.
     *
     * @return a time in whole milliseconds, or null if there is none
     */
    public @Nullable Instant expiresAt() {
        return expiresAt == NEVER ? null : Instant.ofEpochMilli(expiresAt);
    }

    /**
     * When it was revoked. A revoked key does not work, whatever this time is.
     *
     * @return a time in whole milliseconds, or null if it is not revoked
     */
    public @Nullable Instant revokedAt() {
        return revokedAt == NEVER ? null : Instant.ofEpochMilli(revokedAt);
    }

    /**
     * Which key has taken its place.
     *
     * @return the identifier of the key it was rotated to, which may be deleted by now; or null if it was not rotated
     */
    public @Nullable UUID successorID() {
        return successorID;
    }

    /**
     * The addresses from which it may be used.
     *
     * @return the list; {@link AllowList#everywhere()} if there is none
     */
    public AllowList allowList() {
        return allowList;
    }

    /**
     * Whether it is neither revoked nor expired. A deployment's own limits, such as a greatest age, are not counted.
     *
     * @param now the time to judge by
     * @return whether it works
     */
    public boolean isActive(Instant now) {
        return revokedAt == NEVER
                && (expiresAt == NEVER || Instant.ofEpochMilli(expiresAt).isAfter(now));
    }

    /**
     * Whether it works although another key has taken its place. Such keys are counted apart, so that an account which
     * has as many keys as it may have can still rotate each of them.
     *
     * @param now the time to judge by
     * @return whether it is active and has a successor
     */
    public boolean isInOverlap(Instant now) {
        return successorID != null && isActive(now);
    }

    /**
     * Whether it counts towards the number of keys that its owner may have.
     *
     * @param now the time to judge by
     * @return whether it is active and has no successor
     */
    public boolean countsAsIssued(Instant now) {
        return successorID == null && isActive(now);
    }

    /**
     * This key, with a successor. It works no longer than the overlap, and no longer than it would have.
     *
     * @param successor the identifier of the key that takes its place
     * @param overlapEnd the first moment at which this key no longer works, unless it expires before
     * @return the rotated key
     */
    public APIKey rotated(UUID successor, Instant overlapEnd) {
        Instant end = expiresAt <= overlapEnd.toEpochMilli() ? expiresAt() : overlapEnd;
        return toBuilder().successorID(successor).expiresAt(end).build();
    }

    /**
     * This key, revoked. The first revocation stays: a revoked key is returned as it is.
     *
     * @param at when
     * @return the revoked key
     */
    public APIKey revokedAt(Instant at) {
        return revokedAt == NEVER ? toBuilder().revokedAt(at).build() : this;
    }

    /**
     * This key, used. The last use only moves forward: a key that was used later is returned as it is.
     *
     * @param at when
     * @return the used key
     */
    public APIKey lastUsedAt(Instant at) {
        return lastUsedAt < at.toEpochMilli() ? toBuilder().lastUsedAt(at).build() : this;
    }

    /** Notes whose record of the key this is from now on; nobody's if there is a newer one. */
    void heldBy(@Nullable Object store) {
        holder = store;
    }

    @Nullable
    Object holder() {
        return holder;
    }

    long idHigh() {
        return idHigh;
    }

    long idLow() {
        return idLow;
    }

    boolean hasID(long high, long low) {
        return idHigh == high && idLow == low;
    }

    boolean isRevoked() {
        return revokedAt != NEVER;
    }

    boolean expires() {
        return expiresAt != NEVER;
    }

    /** Whether its time is over, or it was issued before a moment. Times are in milliseconds. */
    boolean isExpired(long now, long issuedSince) {
        return expiresAt <= now || createdAt < issuedSince;
    }

    /** The last use that was written down, in milliseconds. */
    long lastUse() {
        return lastUsedAt;
    }

    /** Whether it was used, or else issued, at a moment or after it, in milliseconds. */
    boolean wasUsedOrIssuedSince(long moment) {
        return lastUsedAt >= moment || createdAt >= moment;
    }

    boolean isOf(String expectedScheme, Environment expectedEnvironment) {
        return environment == expectedEnvironment && scheme.equals(expectedScheme);
    }

    /** Two keys are equal if all that is stored of them is. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof APIKey that
                && id().equals(that.id())
                && hash.equals(that.hash)
                && owner.equals(that.owner)
                && name.equals(that.name)
                && keyPrefix().equals(that.keyPrefix())
                && scopes.equals(that.scopes)
                && createdAt == that.createdAt
                && lastUsedAt == that.lastUsedAt
                && expiresAt == that.expiresAt
                && revokedAt == that.revokedAt
                && Objects.equals(successorID, that.successorID)
                && allowList.equals(that.allowList)
                && hashVersion == that.hashVersion;
    }

    @Override
    public int hashCode() {
        return id().hashCode();
    }

    /** The identifier and the display prefix, never the hash. */
    @Override
    public String toString() {
        return "APIKey[" + id() + ", " + keyPrefix() + "]";
    }
}
