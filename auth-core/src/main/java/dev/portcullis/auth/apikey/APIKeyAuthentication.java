package dev.portcullis.auth.apikey;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.KeyJudge;
import dev.portcullis.auth.KeyVerdict;
import dev.portcullis.auth.KnownKey;
import dev.portcullis.auth.LastUseRecorder;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PresentedCredentials;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates by API key: {@code Authorization: Bearer grd_…} (RFC 6750 section 2.1), or {@code x-api-key}.
 *
 * <p>A Bearer token that does not begin with the prefix is left to other methods. Everything else is judged here, in
 * this order: the shape, the environment, whether the key is known, whether it was revoked, whether its time is over.
 * Nothing about a key's state is told unless the whole key matched.
 *
 * <p>The last use of a key is written to the store by a thread of its own, at most once a minute for a key. Close this
 * object when the server has stopped taking requests, so that the last uses are written too; it goes on authenticating
 * after that, but writes no more.
 */
public final class APIKeyAuthentication implements AuthenticationMethod, KeyJudge, AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final APIKeyStore store;
    private final KeyScheme scheme;
    private final Set<Environment> environments;
    private final KeyLifetimes lifetimes;
    private final InstantSource clock;
    private final LastUseRecorder<APIKey> lastUses;
    private final KeyAnswer<Outcome> outcome =
            new KeyAnswer<>(key -> Outcome.authenticated(callerOf(key)), APIKeyAuthentication::rejected);
    private final KeyAnswer<KeyVerdict> verdict = new KeyAnswer<>(this::good, KeyVerdict.Bad::new);
    private final KeyHashing hashing;
    private final ExecutorService rehashing = Rehasher.thread();
    private final Rehasher rehasher;

    private APIKeyAuthentication(APIKeyStore store, Builder settings) {
        this.store = store;
        this.scheme = new KeyScheme(settings.prefix);
        this.environments = settings.environments();
        this.lifetimes = KeyLifetimes.of(settings.maximumKeyAge, settings.lapseAfterIssue, settings.lapseAfterLastUse);
        this.clock = settings.clock;
        this.lastUses = LastUseRecorder.start(
                "API keys", new LastUseRecorder.Uses<>(APIKey::id, APIKey::lastUse, store::touch), clock);
        this.hashing = settings.hashing;
        this.rehasher = new Rehasher(store, hashing, clock, rehashing);
    }

    /**
     * Starts the settings.
     *
     * @return a builder that needs at least a store
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Outcome authenticate(AuthRequest request) {
        PresentedCredentials presented = request.credentials();
        Reason fault = presented.fault();
        if (fault != null) {
            return Outcome.rejected(fault, null);
        }
        SecretText bearer = presented.bearer();
        SecretText header = presented.apiKey();
        if (bearer == null) {
            return header == null ? Outcome.notApplicable() : judge(header, outcome);
        }
        if (scheme.claims(bearer)) {
            return judge(bearer, outcome); // and the header, if there is one, holds the same
        }
        return header == null ? Outcome.notApplicable() : Outcome.rejected(Reason.MORE_THAN_ONE_CREDENTIAL, null);
    }

    /** {@inheritDoc} As when it authenticates by itself, in the same order. */
    @Override
    public KeyVerdict judge(SecretText key) {
        return judge(key, verdict);
    }

    @Override
    public KeyVerdict judge(UUID id, SHA256 hash) {
        return judge(id, hash, null);
    }

    @Override
    public KeyVerdict judge(UUID id, SHA256 hash, @Nullable KnownKey known) {
        APIKey newest = ifCurrent(known);
        APIKey key = newest == null ? find(id, hash) : newest;
        boolean ours = key != null && key.id().equals(id) && key.isOf(scheme.name(), key.environment());
        if (key == null || !ours || !hashing.accepts(key)) {
            return verdict.bad().apply(Reason.UNKNOWN_API_KEY);
        }
        return environments.contains(key.environment())
                ? judge(key, null, verdict)
                : verdict.bad().apply(Reason.API_KEY_OF_OTHER_ENVIRONMENT);
    }

    /** What is known of a key, if the store says at once that it still stands like that. */
    private @Nullable APIKey ifCurrent(@Nullable KnownKey known) {
        return ask(() -> known instanceof APIKey key && store.isCurrent(key) ? key : null);
    }

    private @Nullable APIKey find(UUID id, SHA256 hash) {
        APIKey key = ask(() -> store.find(hash));
        return key != null && key.hash().equals(hash) && key.id().equals(id) ? key : ask(() -> store.get(id));
    }

    private <T> T judge(SecretText text, KeyAnswer<T> answer) {
        Environment environment = scheme.environmentOf(text);
        if (environment == null) {
            return answer.bad().apply(Reason.MALFORMED_API_KEY);
        }
        if (!environments.contains(environment)) {
            return answer.bad().apply(Reason.API_KEY_OF_OTHER_ENVIRONMENT);
        }
        APIKey key = find(text, environment);
        return key == null ? answer.bad().apply(Reason.UNKNOWN_API_KEY) : judge(key, text, answer);
    }

    /**
     * What a key that was found is good for.
     *
     * @param text the whole key; null where only its hash is known, and nothing to move it to another pepper by
     */
    private <T> T judge(APIKey key, @Nullable SecretText text, KeyAnswer<T> answer) {
        if (key.isRevoked()) {
            return answer.bad().apply(Reason.API_KEY_REVOKED);
        }
        if (isExpired(key)) {
            return answer.bad().apply(Reason.API_KEY_EXPIRED);
        }
        lastUses.used(key);
        if (text != null && hashing.isOutdated(key)) {
            rehasher.used(key, text);
        }
        return answer.good().apply(key);
    }

    private Caller callerOf(APIKey key) {
        return Caller.of(CredentialKind.API_KEY, key.owner(), key.scopes(), new KeyAttributes(key, lifetimes, clock));
    }

    private KeyVerdict good(APIKey key) {
        return new KeyVerdict.Good(key.id(), key.hash(), callerOf(key), ifCurrent(key));
    }

    /** What the store gives is not taken on trust: a record that does not fit the text is nobody's. */
    private @Nullable APIKey find(SecretText text, Environment environment) {
        APIKey key = ask(() -> hashing.find(store, text));
        return key != null && key.isOf(scheme.name(), environment) ? key : null;
    }

    /**
     * A store that breaks its word and throws anything else could not be asked either, nor one that throws a checked
     * exception, as other languages let it.
     */
    private static @Nullable APIKey ask(Supplier<@Nullable APIKey> question) {
        try {
            return question.get();
        } catch (AuthUnavailableException e) {
            throw e;
        } catch (Exception e) {
            throw new AuthUnavailableException(Reason.API_KEY_STORE_UNAVAILABLE, RETRY_AFTER, e);
        }
    }

    private boolean isExpired(APIKey key) {
        return lifetimes.areLimited(key) && lifetimes.areOver(key, clock.millis());
    }

    private static Outcome rejected(Reason reason) {
        return Outcome.rejected(reason, CredentialKind.API_KEY);
    }

    /** Writes the last uses now. */
    void flush() {
        lastUses.flush();
    }

    /** Writes the last uses, trying for a few seconds if the store fails, and ends the thread that writes them. */
    @Override
    public void close() {
        rehashing.shutdownNow();
        lastUses.close();
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {

        private @Nullable APIKeyStore store;
        private String prefix = KeyScheme.DEFAULT;
        private Environment[] environments = Environment.values();
        private @Nullable Duration maximumKeyAge;
        private @Nullable Duration lapseAfterIssue;
        private @Nullable Duration lapseAfterLastUse;
        private KeyHashing hashing = KeyHashing.plain();
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Sets where keys are kept.
         *
         * @param store required
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
         * Sets which keys are accepted here. The others are answered like keys that do not exist.
         *
         * @param environments both unless given; at least one
         * @return this builder
         */
        public Builder environments(Environment... environments) {
            this.environments = environments.clone();
            return this;
        }

        /**
         * Sets the greatest age of a key, whatever its own expiry is. A key that is older has expired.
         *
         * @param maximumKeyAge no limit unless given; at least a millisecond
         * @return this builder
         */
        public Builder maximumKeyAge(Duration maximumKeyAge) {
            this.maximumKeyAge = maximumKeyAge;
            return this;
        }

        /**
         * Has keys without an allow-list expire some time after they were issued. A key that is given an allow-list works
         * again.
         *
         * @param age no limit unless given; at least a millisecond; 60 to 90 days are usual
         * @return this builder
         */
        public Builder lapseAfterIssue(Duration age) {
            this.lapseAfterIssue = age;
            return this;
        }

        /**
         * Has keys without an allow-list expire some time after they were last used, or issued if they never were. A key
         * that is given an allow-list works again.
         *
         * @param idle no limit unless given; at least an hour; 60 to 90 days are usual
         * @return this builder
         */
        public Builder lapseAfterLastUse(Duration idle) {
            this.lapseAfterLastUse = idle;
            return this;
        }

        /**
         * Sets how keys are hashed. A key that stands on an older pepper than the current one is moved to that when it is
         * used.
         *
         * @param hashing plainly unless given; the same as that of the {@link APIKeys} on this store
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

        private Set<Environment> environments() {
            if (environments.length == 0) {
                throw new IllegalArgumentException(
                        "environments must name at least one: LIVE, TEST or both, or be left out for both");
            }
            return EnumSet.copyOf(Arrays.asList(environments));
        }

        /**
         * Makes the method, and starts the thread that writes last uses.
         *
         * @return a method to be closed when the server has stopped
         * @throws IllegalArgumentException if there is no store, or another setting is not as it must be
         */
        public APIKeyAuthentication build() {
            if (store == null) {
                throw new IllegalArgumentException("APIKeyAuthentication needs a store: call store(…)");
            }
            return new APIKeyAuthentication(store, this);
        }
    }
}
