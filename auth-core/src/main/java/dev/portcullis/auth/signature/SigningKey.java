package dev.portcullis.auth.signature;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.LastUseRecorder;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.SHA256;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A public key that an account has registered, and what requests signed with it may do. It holds no secret. Immutable;
 * times are in whole milliseconds.
 */
public final class SigningKey {

    private final UUID id;
    private final String owner;
    private final String name;
    private final Ed25519PublicKey publicKey;
    private final Set<String> scopes;
    private final Instant createdAt;
    private final long lastUsedAt;
    private final Outcome outcome;

    /**
     * A key that was never used.
     *
     * @param id what it is managed by
     * @param owner the account
     * @param name what its owner calls it
     * @param publicKey the key itself
     * @param scopes the permissions of its callers; copied
     * @param createdAt when it was registered; rounded down to milliseconds
     */
    public SigningKey(
            UUID id,
            String owner,
            String name,
            Ed25519PublicKey publicKey,
            Collection<String> scopes,
            Instant createdAt) {
        this(id, owner, name, publicKey, Set.copyOf(scopes), createdAt, LastUseRecorder.NEVER_YET);
    }

    private SigningKey(
            UUID id,
            String owner,
            String name,
            Ed25519PublicKey publicKey,
            Set<String> scopes,
            Instant createdAt,
            long lastUsedAt) {
        this.id = id;
        this.owner = owner;
        this.name = name;
        this.publicKey = publicKey;
        this.scopes = scopes;
        this.createdAt = Instant.ofEpochMilli(createdAt.toEpochMilli());
        this.lastUsedAt = lastUsedAt;
        this.outcome = Outcome.authenticated(Caller.of(
                CredentialKind.SIGNATURE,
                owner,
                scopes,
                Map.of("key_id", id.toString(), "fingerprint", publicKey.fingerprintText(), "name", name)));
    }

    /**
     * What it is managed by.
     *
     * @return the identifier
     */
    public UUID id() {
        return id;
    }

    /**
     * The account that it acts for.
     *
     * @return the account's name
     */
    public String owner() {
        return owner;
    }

    /**
     * What its owner calls it.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The key itself.
     *
     * @return the public key
     */
    public Ed25519PublicKey publicKey() {
        return publicKey;
    }

    /**
     * What requests name it by.
     *
     * @return the SHA-256 of the raw public key
     */
    public SHA256 fingerprint() {
        return publicKey.fingerprint();
    }

    /**
     * The permissions of its callers.
     *
     * @return an immutable set
     */
    public Set<String> scopes() {
        return scopes;
    }

    /**
     * When it was registered.
     *
     * @return the time
     */
    public Instant createdAt() {
        return createdAt;
    }

    /**
     * When a request was last signed with it, as far as that was written down.
     *
     * @return the time, or null if it never was
     */
    public @Nullable Instant lastUsedAt() {
        return lastUsedAt == LastUseRecorder.NEVER_YET ? null : Instant.ofEpochMilli(lastUsedAt);
    }

    /** The same in milliseconds. */
    long lastUse() {
        return lastUsedAt;
    }

    /**
     * The same key, used.
     *
     * @param at when; rounded down to milliseconds
     * @return the key with this last use, or as it is if that is not later than what it has
     */
    public SigningKey lastUsedAt(Instant at) {
        long millis = at.toEpochMilli();
        return millis <= lastUsedAt ? this : new SigningKey(id, owner, name, publicKey, scopes, createdAt, millis);
    }

    /** What comes out when a request is proven to be signed with it. */
    Outcome outcome() {
        return outcome;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SigningKey that
                && id.equals(that.id)
                && owner.equals(that.owner)
                && name.equals(that.name)
                && publicKey.equals(that.publicKey)
                && scopes.equals(that.scopes)
                && createdAt.equals(that.createdAt)
                && lastUsedAt == that.lastUsedAt;
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Which key it is. */
    @Override
    public String toString() {
        return "SigningKey[" + id + ", " + publicKey.fingerprintText() + "]";
    }
}
