package dev.portcullis.auth.session;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.KnownKey;
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

    // What a request looks at lies in one piece, and all else apart: each piece may have to come from far memory.
    private final long hash0;
    private final long hash1;
    private final long hash2;
    private final long hash3;
    private final long expiresAt;
    private final long keyIDHigh;
    private final long keyIDLow;
    private final long name0;
    private final long name1;
    private final long name2;
    private final long name3;
    private final long name4;
    private final int packedLength;
    private final String account;
    private final @Nullable SHA256 keyHash;
    private final Set<String> permissions;
    private final Details details;

    /** What the latest judgement of its key came with; no part of what is stored. */
    private volatile @Nullable KnownKey knownKey;

    /** What is asked for more seldom. */
    private record Details(UUID id, LoginType loginType, CredentialKind openedBy, Instant createdAt) {}

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
        this.hash0 = hash.word(0);
        this.hash1 = hash.word(1);
        this.hash2 = hash.word(2);
        this.hash3 = hash.word(3);
        this.account = account;
        this.packedLength = PackedName.lengthOf(account);
        this.name0 = PackedName.word(account, 0);
        this.name1 = PackedName.word(account, 1);
        this.name2 = PackedName.word(account, 2);
        this.name3 = PackedName.word(account, 3);
        this.name4 = PackedName.word(account, 4);
        Instant opened = Instant.ofEpochMilli(createdAt.toEpochMilli());
        this.details = new Details(id, loginType, openedBy, opened);
        this.permissions = Set.copyOf(permissions);
        this.keyHash = key == null ? null : key.hash();
        this.keyIDHigh = key == null ? 0 : key.id().getMostSignificantBits();
        this.keyIDLow = key == null ? 0 : key.id().getLeastSignificantBits();
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
        return details.id;
    }

    /**
     * The SHA-256 of the cookie's value. It is never shown.
     *
     * @return the hash
     */
    public SHA256 hash() {
        return SHA256.ofWords(hash0, hash1, hash2, hash3);
    }

    /** Whether it is the session of a hash. */
    boolean has(SHA256 other) {
        return ((hash0 ^ other.word(0)) | (hash1 ^ other.word(1)) | (hash2 ^ other.word(2)) | (hash3 ^ other.word(3)))
                == 0;
    }

    /**
     * The account that it acts for.
     *
     * @return the subject of its caller
     */
    public String account() {
        return account;
    }

    /** Whether its account is called so. A short name in ASCII is compared right here, without a look at the string. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(@Nullable String name) {
        if (name == account) {
            return true; // without a look at either
        }
        if (name == null || packedLength == PackedName.NOT_PACKED) {
            return account.equals(name);
        }
        return name.length() == packedLength
                && ((name0 ^ PackedName.word(name, 0))
                                | (name1 ^ PackedName.word(name, 1))
                                | (name2 ^ PackedName.word(name, 2))
                                | (name3 ^ PackedName.word(name, 3))
                                | (name4 ^ PackedName.word(name, 4)))
                        == 0;
    }

    /**
     * How it was opened.
     *
     * @return the login type
     */
    public LoginType loginType() {
        return details.loginType;
    }

    /**
     * Who opened it.
     *
     * @return the kind of credential; {@link CredentialKind#API_KEY} if a key did
     */
    public CredentialKind openedBy() {
        return details.openedBy;
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

    @Nullable
    KnownKey knownKey() {
        return knownKey;
    }

    /** Remembers the key for its next judgement; most often it is the very same, and nothing is written. */
    @SuppressWarnings("ReferenceEquality")
    void rememberKey(@Nullable KnownKey key) {
        if (knownKey != key) {
            knownKey = key;
        }
    }

    /**
     * When it was opened.
     *
     * @return the time
     */
    public Instant createdAt() {
        return details.createdAt;
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
        return new Session(
                id(), hash(), account, loginType(), openedBy(), permissions(), rehashed, createdAt(), expiresAt());
    }

    /** Two sessions are equal if all that is stored of them is. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Session that
                && details.equals(that.details)
                && has(that.hash())
                && account.equals(that.account)
                && permissions.equals(that.permissions)
                && Objects.equals(key(), that.key())
                && expiresAt == that.expiresAt;
    }

    @Override
    public int hashCode() {
        return details.id.hashCode();
    }

    /** The identifier and how it was opened, never a hash. */
    @Override
    public String toString() {
        return "Session[" + id() + ", " + details.loginType.label() + "]";
    }
}
