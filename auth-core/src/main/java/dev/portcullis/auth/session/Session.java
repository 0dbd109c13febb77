package dev.portcullis.auth.session;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.SHA256;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of one session: never the cookie's value, only its SHA-256. Times are kept in whole milliseconds, rounded
 * down, so that every store gives back what it was given. Immutable.
 */
public final class Session {

    // In one piece: what a request looks at lies in few objects, for each of them may have to come from far memory.
    private final SHA256 hash;
    private final long expiresAt;
    private final String account;
    private final @Nullable SHA256 keyHash;
    private final long keyIDHigh;
    private final long keyIDLow;
    private final Set<String> permissions;
    private final LoginType loginType;
    private final CredentialKind openedBy;
    private final long idHigh;
    private final long idLow;
    private final long createdAt;

    /**
     * A session.
     *
     * @param id what it goes by wherever it is managed
     * @param hash the SHA-256 of the cookie's value; never shown
     * @param account the account that it acts for: the subject of its caller
     * @param loginType how it was opened
     * @param openedBy the kind of credential of whoever opened it; {@link CredentialKind#API_KEY} if a key did
     * @param permissions those of its caller; empty if a key opened it, for then they are the key's as they stand now
     * @param key the key that opened it; null if none did
     * @param createdAt when it was opened
     * @param expiresAt the first moment at which it no longer works
     * @throws IllegalArgumentException if login type, opener, key and permissions contradict each other
     */
    public Session(
            UUID id,
            SHA256 hash,
            String account,
            LoginType loginType,
            CredentialKind openedBy,
            Set<String> permissions,
            @Nullable OpeningKey key,
            Instant createdAt,
            Instant expiresAt) {
        check(loginType, openedBy, permissions, key);
        this.idHigh = id.getMostSignificantBits();
        this.idLow = id.getLeastSignificantBits();
        this.hash = hash;
        this.account = account;
        this.loginType = loginType;
        this.openedBy = openedBy;
        this.permissions = Set.copyOf(permissions);
        this.keyHash = key == null ? null : key.hash();
        this.keyIDHigh = key == null ? 0 : key.id().getMostSignificantBits();
        this.keyIDLow = key == null ? 0 : key.id().getLeastSignificantBits();
        this.createdAt = createdAt.toEpochMilli();
        this.expiresAt = expiresAt.toEpochMilli();
    }

    private static void check(
            LoginType loginType, CredentialKind openedBy, Set<String> permissions, @Nullable OpeningKey key) {
        boolean byKey = loginType == LoginType.API_KEY;
        if (byKey != (key != null) || byKey != (openedBy == CredentialKind.API_KEY)) {
            throw new IllegalArgumentException("A session names the key that opened it if, and only if, one did");
        }
        if (byKey && !permissions.isEmpty()) {
            throw new IllegalArgumentException("A session that a key opened has no permissions of its own");
        }
        if (openedBy == CredentialKind.SESSION) {
            throw new IllegalArgumentException("A session does not open another");
        }
    }

    /**
     * What it goes by wherever it is managed.
     *
     * @return the identifier
     */
    public UUID id() {
        return new UUID(idHigh, idLow);
    }

    /**
     * The SHA-256 of the cookie's value. It is never shown.
     *
     * @return the hash
     */
    public SHA256 hash() {
        return hash;
    }

    /**
     * The account that it acts for.
     *
     * @return the subject of its caller
     */
    public String account() {
        return account;
    }

    /**
     * How it was opened.
     *
     * @return the login type
     */
    public LoginType loginType() {
        return loginType;
    }

    /**
     * Who opened it.
     *
     * @return the kind of credential; {@link CredentialKind#API_KEY} if a key did
     */
    public CredentialKind openedBy() {
        return openedBy;
    }

    /**
     * The permissions of its caller.
     *
     * @return an immutable set; empty if a key opened it
     */
    public Set<String> permissions() {
        return permissions;
    }

    /**
     * The key that opened it.
     *
     * @return the key, or null if none did
     */
    public @Nullable OpeningKey key() {
        return keyHash == null ? null : new OpeningKey(new UUID(keyIDHigh, keyIDLow), keyHash);
    }

    /**
     * When it was opened.
     *
     * @return the time
     */
    public Instant createdAt() {
        return Instant.ofEpochMilli(createdAt);
    }

    /**
     * When its time is over.
     *
     * @return the first moment at which it no longer works
     */
    public Instant expiresAt() {
        return Instant.ofEpochMilli(expiresAt);
    }

    /**
     * Whether its time is over.
     *
     * @param now the time to judge by
     * @return whether it no longer works
     */
    public boolean hasExpired(Instant now) {
        return hasExpired(now.toEpochMilli());
    }

    /** The same for a time in milliseconds. */
    boolean hasExpired(long now) {
        return expiresAt <= now;
    }

    /**
     * This session, after its key was hashed anew.
     *
     * @param newHash the key's hash as it stands now
     * @return the same session with another hash of its key
     * @throws IllegalStateException if no key opened it
     */
    public Session withKeyHash(SHA256 newHash) {
        if (keyHash == null) {
            throw new IllegalStateException("No key opened this session");
        }
        OpeningKey rehashed = new OpeningKey(new UUID(keyIDHigh, keyIDLow), newHash);
        return new Session(id(), hash, account, loginType, openedBy, permissions, rehashed, createdAt(), expiresAt());
    }

    /** Two sessions are equal if all that is stored of them is. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Session that
                && idHigh == that.idHigh
                && idLow == that.idLow
                && hash.equals(that.hash)
                && account.equals(that.account)
                && loginType == that.loginType
                && openedBy == that.openedBy
                && permissions.equals(that.permissions)
                && Objects.equals(key(), that.key())
                && createdAt == that.createdAt
                && expiresAt == that.expiresAt;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(idHigh ^ idLow);
    }

    /** The identifier and how it was opened, never a hash. */
    @Override
    public String toString() {
        return "Session[" + id() + ", " + loginType.label() + "]";
    }
}
