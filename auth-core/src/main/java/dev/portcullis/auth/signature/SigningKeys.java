package dev.portcullis.auth.signature;

import dev.portcullis.auth.AccountName;
import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthUnavailableException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The life of signing keys: registered, listed, looked at and deleted. Whoever calls this has made sure that the account may have
 * these keys, with these names and scopes. Safe for use by many threads.
 *
 * <p>Every method throws {@link AuthUnavailableException} if the store cannot be asked.
 */
public final class SigningKeys {

    private final SigningKeyStore store;
    private final int maximumKeys;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    private SigningKeys(SigningKeyStore store, Builder settings) {
        this.store = store;
        this.maximumKeys = settings.maximumKeys;
        this.clock = settings.clock;
    }

    /**
     * Starts the settings.
     *
     * @return a builder that needs a store
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Registers a public key, for the application itself.
     *
     * @param owner the account that it acts for; 1 to 255 characters, none of them a control character
     * @param name what its owner calls it; as the account
     * @param publicKey the key
     * @param scopes the permissions of its callers; may be empty
     * @return what came of it
     * @throws IllegalArgumentException if the account or the name is not as it must be
     */
    public SigningKeyRegistration register(
            String owner, String name, Ed25519PublicKey publicKey, Collection<String> scopes) {
        return register(owner, name, publicKey, scopes, Actor.APPLICATION);
    }

    /**
     * Registers a public key.
     *
     * @param owner the account that it acts for; 1 to 255 characters, none of them a control character
     * @param name what its owner calls it; as the account
     * @param publicKey the key
     * @param scopes the permissions of its callers; may be empty
     * @param by who does so, for the audit
     * @return what came of it
     * @throws IllegalArgumentException if the account or the name is not as it must be
     */
    public SigningKeyRegistration register(
            String owner, String name, Ed25519PublicKey publicKey, Collection<String> scopes, Actor by) {
        check(owner, "owner");
        check(name, "name");
        Instant now = clock.instant();
        SigningKey key = new SigningKey(newID(), owner, name, publicKey, scopes, now);
        return new SigningKeyRegistration(store.add(key, maximumKeys, new SigningKeyNote(by, now)), key);
    }

    static void check(String text, String what) {
        if (!AccountName.isOne(text)) {
            throw new IllegalArgumentException(
                    what + " must have 1 to 255 characters, none of them a control character");
        }
    }

    /** An identifier that is ordered by time (RFC 9562 section 5.7). */
    private UUID newID() {
        long high = clock.millis() << 16 | 0x7000 | random.nextInt(0x1000);
        long low = random.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /**
     * Lists an account's keys, newest first.
     *
     * @param owner whose keys
     * @param before the last identifier of the page before, or null to begin
     * @param limit how many at most, at least 1
     * @return the keys; empty at the end
     */
    public List<SigningKey> list(String owner, @Nullable UUID before, int limit) {
        return store.list(owner, before, limit);
    }

    /**
     * Finds one of an account's keys, as it stands now.
     *
     * @param owner whose key it must be
     * @param id the identifier
     * @return the key, or null if the account has no such key
     */
    public @Nullable SigningKey get(String owner, UUID id) {
        SigningKey key = store.get(id);
        return key != null && key.owner().equals(owner) ? key : null;
    }

    /**
     * Deletes a key, for the application itself: from now on nothing that is signed with it is let in.
     *
     * @param owner whose key it must be
     * @param id the identifier
     * @return whether the account had such a key
     */
    public boolean delete(String owner, UUID id) {
        return delete(owner, id, Actor.APPLICATION);
    }

    /**
     * Deletes a key: from now on nothing that is signed with it is let in.
     *
     * @param owner whose key it must be
     * @param id the identifier
     * @param by who does so, for the audit
     * @return whether the account had such a key
     */
    public boolean delete(String owner, UUID id, Actor by) {
        return store.delete(owner, id, new SigningKeyNote(by, clock.instant())) != null;
    }

    /**
     * Lists what was done to keys, the latest first.
     *
     * @param owner to whose keys, or null for everybody's
     * @param before only records with a lesser number than this; {@link Long#MAX_VALUE} to begin
     * @param limit how many at most, at least 1
     * @return the records; empty at the end
     */
    public List<SigningKeyRecord> audit(@Nullable String owner, long before, int limit) {
        return store.audit(owner, before, limit);
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {

        private static final int USUAL_MAXIMUM = 100;

        private @Nullable SigningKeyStore store;
        private int maximumKeys = USUAL_MAXIMUM;
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Sets where keys are kept.
         *
         * @param store required; the one that {@link SignedRequestAuthentication} asks
         * @return this builder
         */
        public Builder store(SigningKeyStore store) {
            this.store = store;
            return this;
        }

        /**
         * Sets how many keys an account may have.
         *
         * @param maximumKeys 100 unless given; at least 1
         * @return this builder
         */
        public Builder maximumKeys(int maximumKeys) {
            this.maximumKeys = maximumKeys;
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
         * @return the service
         * @throws IllegalArgumentException if there is no store, or no key is allowed
         */
        public SigningKeys build() {
            if (store == null) {
                throw new IllegalArgumentException("SigningKeys needs a store: call store(…)");
            }
            if (maximumKeys < 1) {
                throw new IllegalArgumentException("maximumKeys must be at least 1, not " + maximumKeys);
            }
            return new SigningKeys(store, this);
        }
    }
}
