package dev.portcullis.auth.session;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.SHA256;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of one session: never the cookie's value, only its SHA-256. Times are kept in whole milliseconds, rounded
 * down, so that every store gives back what it was given.
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
 */
public record Session(
        UUID id,
        SHA256 hash,
        String account,
        LoginType loginType,
        CredentialKind openedBy,
        Set<String> permissions,
        @Nullable OpeningKey key,
        Instant createdAt,
        Instant expiresAt) {

    /**
     * Checks that a key is named where a key opened the session, and nowhere else.
     *
     * @throws IllegalArgumentException if login type, opener, key and permissions contradict each other
     */
    public Session {
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
        permissions = Set.copyOf(permissions);
        createdAt = Instant.ofEpochMilli(createdAt.toEpochMilli());
        expiresAt = Instant.ofEpochMilli(expiresAt.toEpochMilli());
    }

    /**
     * Whether its time is over.
     *
     * @param now the time to judge by
     * @return whether it no longer works
     */
    public boolean hasExpired(Instant now) {
        return !expiresAt.isAfter(now);
    }

    /**
     * This session, after its key was hashed anew.
     *
     * @param keyHash the key's hash as it stands now
     * @return the same session with another hash of its key
     * @throws IllegalStateException if no key opened it
     */
    public Session withKeyHash(SHA256 keyHash) {
        if (key == null) {
            throw new IllegalStateException("No key opened this session");
        }
        OpeningKey rehashed = new OpeningKey(key.id(), keyHash);
        return new Session(id, hash, account, loginType, openedBy, permissions, rehashed, createdAt, expiresAt);
    }

    /** The identifier and how it was opened, never a hash. */
    @Override
    public String toString() {
        return "Session[" + id + ", " + loginType.label() + "]";
    }
}
