package dev.portcullis.auth.apikey;

import dev.portcullis.auth.AccountName;
import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The life of keys: issued, listed, changed, rotated, revoked and deleted. {@link #of(Caller, String)} gives what a
 * signed-in user may do with the keys of their own account, {@link #ofAccount(String, Actor)} what an operator may with
 * any account's. A key is 24 bytes from a secure source; what is stored is its hash and the few characters that may be
 * shown. Safe for use by many threads.
 *
 * <p>Every method that asks the store throws {@link AuthUnavailableException} if it cannot be asked.
 */
public final class APIKeys {

    private final APIKeyStore store;
    private final KeyRules rules;
    private final KeyMint mint;
    private final UnkeyedKeys unkeyed;
    private final KeyImport imports;
    private final int maximumKeys;
    private final InstantSource clock;

    private APIKeys(APIKeyStore store, KeyRules rules, KeyMint mint, Builder settings) {
        this.store = store;
        this.rules = rules;
        this.mint = mint;
        this.unkeyed = new UnkeyedKeys(store, mint.hashing());
        this.imports = new KeyImport(store, rules, mint.scheme().name(), unkeyed);
        this.maximumKeys = settings.maximumKeys;
        this.clock = settings.clock;
    }

    /**
     * Starts the settings.
     *
     * @return a builder that needs at least a store
     */
    public static Builder builder() {
        return new Builder();
    }

    APIKeyStore store() {
        return store;
    }

    KeyRules rules() {
        return rules;
    }

    KeyMint mint() {
        return mint;
    }

    int maximumKeys() {
        return maximumKeys;
    }

    /**
     * What time it is for keys, such as for {@link APIKey#isActive(Instant)}.
     *
     * @return the time of the clock that is set, in whole milliseconds
     */
    public Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /**
     * The keys of a caller's own account. No key gets a scope that the caller does not hold.
     *
     * @param caller who signed in, by {@link CredentialKind#JWT} or by a session that was opened with one, with a subject
     *     of at most 255 characters
     * @param from the client's address, for the audit; see {@link Actor}
     * @return what the caller may do
     * @throws KeyRefusedException with {@link KeyRefusal#USER_REQUIRED} for any other caller
     */
    public AccountKeys of(Caller caller, String from) {
        String subject = caller.subject();
        if (!isUser(caller) || subject == null || !AccountName.isOne(subject)) {
            throw KeyRefusedException.of(KeyRefusal.USER_REQUIRED);
        }
        return new AccountKeys(this, subject, new Actor(subject, from), caller.permissions());
    }

    /** A key manages no keys, nor does a session that a key opened. */
    private static boolean isUser(Caller caller) {
        return caller.kind() == CredentialKind.JWT
                || (caller.kind() == CredentialKind.SESSION
                        && caller.attributes().get("opened_by") == CredentialKind.JWT);
    }

    /**
     * An account's keys, for an operator or for the application itself: any scope of the catalogue can be given.
     *
     * @param owner the account; 1 to 255 characters, none of them a control character
     * @param by who does it
     * @return what can be done
     * @throws KeyRefusedException if the owner is not as it must be
     */
    public AccountKeys ofAccount(String owner, Actor by) {
        Faults faults = Faults.none();
        KeyRules.checkOwner(owner, faults);
        faults.refuse();
        return new AccountKeys(this, owner, by, null);
    }

    /**
     * Issues a key in the application's own name.
     *
     * @param owner the account that it acts for
     * @param name what its owner calls it
     * @param environment what it is meant for
     * @param scopes the permissions of its callers; may be empty
     * @param expiresAt the first moment at which it no longer works, in the future; or null if there is none
     * @return the key with its plaintext, which is nowhere else
     * @throws KeyRefusedException if one of these is not as it must be; nothing is stored
     */
    public IssuedAPIKey issue(
            String owner,
            String name,
            Environment environment,
            Collection<String> scopes,
            @Nullable Instant expiresAt) {
        return ofAccount(owner, Actor.APPLICATION)
                .issue(KeyRequest.named(name)
                        .environment(environment)
                        .scopes(scopes)
                        .expiresAt(expiresAt));
    }

    /**
     * Issues many keys at once, whatever their number: all of them, or in case of an exception none.
     *
     * @param owner the account that they act for
     * @param requests what is asked for; a few thousand at a time
     * @param by who does it
     * @return the keys with their plaintexts, in the same order
     * @throws KeyRefusedException if something is not as it must be
     */
    public List<IssuedAPIKey> issueAll(String owner, List<KeyRequest> requests, Actor by) {
        AccountKeys account = ofAccount(owner, by);
        Instant now = now();
        List<IssuedAPIKey> issued = new ArrayList<>(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            issued.add(account.make(requests.get(i), now, Faults.ofEntry(i)));
        }
        store.addAll(issued.stream().map(IssuedAPIKey::key).toList(), new AuditNote(AuditAction.ISSUE, by, now));
        return issued;
    }

    /**
     * Takes over keys that were issued elsewhere, of which only the hashes are known: all that are not there yet, or in
     * case of an exception none. What was interrupted can be repeated. Names, owners and scopes are checked as when
     * issuing; expiries and the number of keys are not.
     *
     * @param keys made with {@link APIKey#builder()}, with an identifier from {@link #idOf(Instant)}, the plain SHA-256 of
     *     the key, to which the pepper is added here, and a key prefix of the configured scheme; a few thousand at a time
     * @param by who does it
     * @return those that were added, as they are stored
     * @throws KeyRefusedException if something is not as it must be
     */
    public List<APIKey> importAll(List<APIKey> keys, Actor by) {
        return imports.addAll(keys, new AuditNote(AuditAction.IMPORT, by, now()));
    }

    /**
     * An identifier for a key that was issued elsewhere, so that it stands among the others in its place.
     *
     * @param createdAt when it was issued
     * @return an identifier that is ordered by time (RFC 9562 section 5.7)
     */
    public UUID idOf(Instant createdAt) {
        return mint.idOf(createdAt);
    }

    /**
     * Gets a key of any account.
     *
     * @param id the identifier
     * @return the key, or null if there is none
     */
    public @Nullable APIKey get(UUID id) {
        return store.get(id);
    }

    /**
     * Finds a key by its plaintext, without any judgement: it may be revoked or expired. The store is asked, and no copy;
     * so this is for few questions by trusted callers, not for requests.
     *
     * @param plaintext the whole key
     * @return the key, or null if that is no key of ours
     */
    public @Nullable APIKey find(SecretText plaintext) {
        return mint.scheme().environmentOf(plaintext) == null
                ? null
                : mint.hashing().findNow(store, plaintext);
    }

    /**
     * Moves all keys that are hashed without a pepper to the current one, whether they are used or not. When it is done,
     * and no node makes such keys any more, {@link KeyHashing.Builder#acceptUnkeyed()} can be left out.
     *
     * @return how many were moved
     * @throws IllegalStateException if there is no pepper
     */
    public long rehashUnkeyed() {
        if (mint.hashing().version() == 0) {
            throw new IllegalStateException("There is no pepper to move keys to: call hashing(…)");
        }
        return unkeyed.rehashAll();
    }

    /**
     * Lists the keys of all accounts, newest first.
     *
     * @param before the last identifier of the page before, or null to begin
     * @param limit how many at most, from 1 to 1,000
     * @return the keys; empty at the end
     * @throws KeyRefusedException if the limit is out of range
     */
    public List<APIKey> list(@Nullable UUID before, int limit) {
        return store.list(null, before, AccountKeys.checked(limit));
    }

    /**
     * Lists what was done to keys of all accounts, the latest first.
     *
     * @param before the last number of the page before; {@link Long#MAX_VALUE} to begin
     * @param limit how many at most, from 1 to 1,000
     * @return the records; empty at the end
     * @throws KeyRefusedException if the limit is out of range
     */
    public List<AuditRecord> audit(long before, int limit) {
        return store.audit(null, before, AccountKeys.checked(limit));
    }

    /**
     * Revokes a key in the application's own name, for good and from now on. A key that was revoked before keeps its
     * time.
     *
     * @param id the identifier
     * @return the key as it stands afterwards, or null if there is none
     */
    public @Nullable APIKey revoke(UUID id) {
        return store.revoke(id, new AuditNote(AuditAction.REVOKE, Actor.APPLICATION, now()));
    }

    /**
     * Revokes a key that was found in public.
     *
     * @param plaintext what was found
     * @param by who found it
     * @return the key as it stands afterwards, or null if that is no key of ours
     */
    public @Nullable APIKey revokeLeaked(SecretText plaintext, Actor by) {
        APIKey key = find(plaintext);
        return key == null ? null : store.revoke(key.id(), new AuditNote(AuditAction.LEAK_REVOCATION, by, now()));
    }

    /**
     * Deletes a key in the application's own name.
     *
     * @param id the identifier
     * @return whether there was such a key
     */
    public boolean delete(UUID id) {
        return store.delete(id, new AuditNote(AuditAction.DELETE, Actor.APPLICATION, now())) != null;
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {

        private static final int USUAL_MAXIMUM = 100;
        private static final int USUAL_ADDRESSES = 5;

        private @Nullable APIKeyStore store;
        private String prefix = KeyScheme.DEFAULT;
        private @Nullable Set<String> catalogue;
        private @Nullable Duration maximumLifetime;
        private @Nullable Duration usualLifetime;
        private int maximumKeys = USUAL_MAXIMUM;
        private int maximumAddresses = USUAL_ADDRESSES;
        private KeyHashing hashing = KeyHashing.plain();
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
         * Sets which scopes there are. A key that was given another one before keeps it.
         *
         * @param catalogue all that are well formed unless given; copied
         * @return this builder
         */
        public Builder scopeCatalogue(Collection<String> catalogue) {
            this.catalogue = Set.copyOf(catalogue);
            return this;
        }

        /**
         * Sets how long a key may live. An expiry further ahead is refused, and so is a request without one, unless
         * there is a {@link #usualLifetime(Duration)}. A successor that inherits its expiry expires no later than this.
         *
         * @param maximumLifetime for ever unless given; from 1 millisecond to 36,500 days
         * @return this builder
         */
        public Builder maximumLifetime(Duration maximumLifetime) {
            this.maximumLifetime = maximumLifetime;
            return this;
        }

        /**
         * Sets how long a key lives that is issued without an expiry.
         *
         * @param usualLifetime for ever unless given, or none if there is a maximum; from 1 millisecond to the maximum
         * @return this builder
         */
        public Builder usualLifetime(Duration usualLifetime) {
            this.usualLifetime = usualLifetime;
            return this;
        }

        /**
         * Sets how many keys an account may have that work. Revoked and expired keys do not count. Nor do those that
         * have a successor, but there may be no more of them than this either. Many keys at once, issued or imported by
         * an operator, are not held to it.
         *
         * @param maximumKeys 100 unless given; at least 1
         * @return this builder
         */
        public Builder maximumKeys(int maximumKeys) {
            this.maximumKeys = maximumKeys;
            return this;
        }

        /**
         * Sets how many addresses and blocks the allow-list of a key may have. One that was given more before keeps them.
         *
         * @param maximumAddresses 5 unless given; from 1 to 1,000
         * @return this builder
         */
        public Builder maximumAddresses(int maximumAddresses) {
            this.maximumAddresses = maximumAddresses;
            return this;
        }

        /**
         * Sets how keys are hashed.
         *
         * @param hashing plainly unless given; the same as that of the {@link APIKeyAuthentication} on this store
         * @return this builder
         */
        public Builder hashing(KeyHashing hashing) {
            this.hashing = hashing;
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
         * @throws IllegalArgumentException if there is no store, the prefix is not one, a scope is malformed, or a
         *     number or time is out of range
         */
        public APIKeys build() {
            if (store == null) {
                throw new IllegalArgumentException("APIKeys needs a store: call store(…)");
            }
            if (maximumKeys < 1) {
                throw new IllegalArgumentException("maximumKeys must be at least 1, not " + maximumKeys);
            }
            KeyRules rules = new KeyRules(catalogue, maximumLifetime, usualLifetime, maximumAddresses);
            return new APIKeys(store, rules, new KeyMint(new KeyScheme(prefix), hashing), this);
        }
    }
}
