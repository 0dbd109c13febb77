package dev.portcullis.auth.apikey;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.KeyJudge;
import dev.portcullis.auth.KeyVerdict;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PresentedCredentials;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
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

    private static final long ANY_AGE = Long.MAX_VALUE;

    /** The end of the year 9999: what lies after it never comes. */
    private static final long LATEST = 253_402_300_799_999L;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final KeyAnswer<Outcome> OUTCOME =
            new KeyAnswer<>(key -> Outcome.authenticated(callerOf(key)), APIKeyAuthentication::rejected);

    private final APIKeyStore store;
    private final KeyScheme scheme;
    private final Set<Environment> environments;
    private final long maximumAge;
    private final InstantSource clock;
    private final LastUseRecorder lastUses;
    private final KeyAnswer<KeyVerdict> verdict = new KeyAnswer<>(this::good, KeyVerdict.Bad::new);

    private APIKeyAuthentication(APIKeyStore store, Builder settings) {
        this.store = store;
        this.scheme = new KeyScheme(settings.prefix);
        this.environments = settings.environments();
        this.maximumAge = settings.maximumAge();
        this.clock = settings.clock;
        this.lastUses = LastUseRecorder.start(store, clock);
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
        PresentedCredentials presented = PresentedCredentials.of(request);
        Reason fault = presented.fault();
        if (fault != null) {
            return Outcome.rejected(fault, null);
        }
        SecretText bearer = presented.bearer();
        SecretText header = presented.apiKey();
        if (bearer == null) {
            return header == null ? Outcome.notApplicable() : judge(header, OUTCOME);
        }
        if (scheme.claims(bearer)) {
            return judge(bearer, OUTCOME); // and the header, if there is one, holds the same
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
        APIKey key = ask(() -> store.find(hash));
        if (key == null || !key.hash().equals(hash) || !key.id().equals(id)) {
            key = ask(() -> store.get(id));
        }
        if (key == null || !key.id().equals(id) || !key.isOf(scheme.name(), key.environment())) {
            return verdict.bad().apply(Reason.UNKNOWN_API_KEY);
        }
        return environments.contains(key.environment())
                ? judge(key, verdict)
                : verdict.bad().apply(Reason.API_KEY_OF_OTHER_ENVIRONMENT);
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
        return key == null ? answer.bad().apply(Reason.UNKNOWN_API_KEY) : judge(key, answer);
    }

    private <T> T judge(APIKey key, KeyAnswer<T> answer) {
        if (key.isRevoked()) {
            return answer.bad().apply(Reason.API_KEY_REVOKED);
        }
        if (isExpired(key)) {
            return answer.bad().apply(Reason.API_KEY_EXPIRED);
        }
        lastUses.used(key);
        return answer.good().apply(key);
    }

    private static Caller callerOf(APIKey key) {
        return Caller.of(CredentialKind.API_KEY, key.owner(), key.scopes(), new KeyAttributes(key));
    }

    private KeyVerdict good(APIKey key) {
        return new KeyVerdict.Good(key.id(), key.hash(), callerOf(key), expiryOf(key));
    }

    private @Nullable Instant expiryOf(APIKey key) {
        Instant own = key.expiresAt();
        if (maximumAge == ANY_AGE || maximumAge >= LATEST - key.createdAt().toEpochMilli()) {
            return own;
        }
        Instant oldest = key.createdAt().plusMillis(maximumAge + 1); // at its greatest age it still works
        return own != null && own.isBefore(oldest) ? own : oldest;
    }

    /** What the store gives is not taken on trust: a record that does not fit the text is nobody's. */
    private @Nullable APIKey find(SecretText text, Environment environment) {
        SHA256 hash = SHA256.of(text);
        APIKey key = ask(() -> store.find(hash));
        boolean fits = key != null && key.hash().equals(hash) && key.isOf(scheme.name(), environment);
        return fits ? key : null;
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

    /** The clock is read only for a key that can expire at all. */
    private boolean isExpired(APIKey key) {
        if (maximumAge == ANY_AGE && !key.expires()) {
            return false;
        }
        long now = clock.millis();
        return key.isExpired(now, now - maximumAge);
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
        lastUses.close();
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {

        private @Nullable APIKeyStore store;
        private String prefix = KeyScheme.DEFAULT;
        private Environment[] environments = Environment.values();
        private @Nullable Duration maximumKeyAge;
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

        private long maximumAge() {
            if (maximumKeyAge == null) {
                return ANY_AGE;
            }
            if (maximumKeyAge.compareTo(Duration.ofMillis(1)) < 0) {
                throw new IllegalArgumentException(
                        "maximumKeyAge must be at least a millisecond; leave it out for no limit");
            }
            return maximumKeyAge.compareTo(Duration.ofMillis(ANY_AGE)) < 0 ? maximumKeyAge.toMillis() : ANY_AGE;
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
