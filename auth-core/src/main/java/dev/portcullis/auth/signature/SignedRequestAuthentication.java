package dev.portcullis.auth.signature;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.LastUseRecorder;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PresentedCredentials;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates by a signature over the whole request: by default {@code x-thegrid-timestamp}, {@code -fingerprint} and
 * {@code -signature}, with {@link Builder#acceptMessageSignatures()} also HTTP message signatures (RFC 9421).
 *
 * <p>Decided in this order: the headers are there, once, and well formed; a key goes by the fingerprint; the request is
 * one that can be signed; the signature is the key's over it; it was made within the window; it did not come before.
 *
 * <p>Needs requests that know their {@linkplain AuthRequest#target target} and their {@linkplain AuthRequest#body body}.
 *
 * <p>The last use of a key is written to the store by a thread of its own, at most once a minute for a key. Close this
 * object when the server has stopped taking requests, so that the last uses are written too.
 */
public final class SignedRequestAuthentication implements AuthenticationMethod, AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Of a second, in nanoseconds. */
    private static final long LAST_MILLISECOND = 999_000_000;

    private final SigningKeyStore store;
    private final List<SignatureScheme> schemes;
    private final ReplayProtection protection;
    private final ReplayMemory memory;
    private final long window;
    private final InstantSource clock;
    private final LastUseRecorder<SigningKey> lastUses;

    private SignedRequestAuthentication(SigningKeyStore store, ReplayMemory memory, Builder settings) {
        this.store = store;
        this.memory = memory;
        this.protection = settings.protection;
        this.window = settings.window.toSeconds();
        this.clock = settings.clock;
        this.lastUses = LastUseRecorder.start(
                "signing keys", new LastUseRecorder.Uses<>(SigningKey::id, SigningKey::lastUse, store::touch), clock);
        SignatureScheme simple = new SimpleScheme(settings.headerPrefix, settings.maximumBody);
        this.schemes = settings.messageSignatures
                ? List.of(simple, new MessageSignatureScheme(settings.maximumBody))
                : List.of(simple);
    }

    /**
     * Starts the settings.
     *
     * @return a builder that needs a store and a replay memory
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public boolean isNamedBy(AuthRequest request) {
        for (SignatureScheme scheme : schemes) {
            if (scheme.isNamedBy(request)) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuthUnavailableException if the store or the replay memory cannot be asked, or the memory is full
     */
    @Override
    public Outcome authenticate(AuthRequest request) {
        SignatureScheme named = null;
        boolean several = false;
        for (SignatureScheme scheme : schemes) {
            if (scheme.isNamedBy(request)) {
                several |= named != null;
                named = scheme;
            }
        }
        if (named == null) {
            return Outcome.notApplicable();
        }
        PresentedCredentials beside = request.credentials();
        Reason fault = beside.fault();
        if (fault != null) {
            return Outcome.rejected(fault, null);
        }
        if (several || beside.bearer() != null || beside.apiKey() != null) {
            return Outcome.rejected(Reason.MORE_THAN_ONE_CREDENTIAL, null);
        }
        try {
            return judge(request, named.read(request));
        } catch (UnacceptableRequestException e) {
            return rejected(e.reason());
        }
    }

    /** Time goes by whole seconds, as timestamps do: a client that reads its own clock cuts the rest off. */
    private Outcome judge(AuthRequest request, PresentedSignature presented) throws UnacceptableRequestException {
        SigningKey key = find(presented.fingerprint());
        if (key == null) {
            return rejected(Reason.UNKNOWN_FINGERPRINT);
        }
        byte[] signed = presented.signed().get();
        if (!isUpperCase(request.method()) || !key.publicKey().verifies(signed, presented.signature())) {
            return rejected(Reason.INVALID_REQUEST_SIGNATURE);
        }
        Instant now = clock.instant();
        long second = now.getEpochSecond();
        if (Math.abs(second - presented.madeAt()) > window || second > presented.endsAt()) {
            return new Outcome.Rejected(Reason.REQUEST_OUTSIDE_WINDOW, CredentialKind.SIGNATURE, now);
        }
        if (protection.covers(request.method()) && !claim(key, signed, now, presented.madeAt() + window)) {
            return rejected(Reason.REQUEST_REPLAYED);
        }
        lastUses.used(key);
        return key.outcome();
    }

    /** Methods are compared by case (RFC 9110 section 9.1), and what is signed is in upper case. */
    private static boolean isUpperCase(String method) {
        for (int i = 0; i < method.length(); i++) {
            if (method.charAt(i) < 'A' || method.charAt(i) > 'Z') {
                return false;
            }
        }
        return !method.isEmpty();
    }

    /** What the store gives is not taken on trust: a record that does not fit the fingerprint is nobody's. */
    private @Nullable SigningKey find(SHA256 fingerprint) {
        SigningKey key;
        try {
            key = store.find(fingerprint);
        } catch (AuthUnavailableException e) {
            throw e;
        } catch (Exception e) {
            throw new AuthUnavailableException(Reason.SIGNING_KEY_STORE_UNAVAILABLE, RETRY_AFTER, e);
        }
        return key != null && key.fingerprint().equals(fingerprint) ? key : null;
    }

    private boolean claim(SigningKey key, byte[] signed, Instant now, long lastSecond) {
        try {
            return memory.claim(
                    key.fingerprint(), SHA256.of(signed), now, Instant.ofEpochSecond(lastSecond, LAST_MILLISECOND));
        } catch (AuthUnavailableException e) {
            throw e;
        } catch (Exception e) {
            throw new AuthUnavailableException(Reason.REPLAY_MEMORY_UNAVAILABLE, RETRY_AFTER, e);
        }
    }

    private static Outcome rejected(Reason reason) {
        return Outcome.rejected(reason, CredentialKind.SIGNATURE);
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

        private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        private static final Duration LONGEST_WINDOW = Duration.ofMinutes(5);
        private static final int USUAL_BODY = 1024 * 1024;
        private static final int LARGEST_BODY = 64 * 1024 * 1024;

        private @Nullable SigningKeyStore store;
        private @Nullable ReplayMemory memory;
        private ReplayProtection protection = ReplayProtection.UNSAFE;
        private String headerPrefix = "x-thegrid";
        private Duration window = Duration.ofSeconds(30);
        private int maximumBody = USUAL_BODY;
        private boolean messageSignatures;
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Sets where keys are kept.
         *
         * @param store required
         * @return this builder
         */
        public Builder store(SigningKeyStore store) {
            this.store = store;
            return this;
        }

        /**
         * Sets what remembers requests that came already. All nodes that let in the same requests share one.
         *
         * @param memory required, unless the protection is {@link ReplayProtection#OFF}
         * @return this builder
         */
        public Builder replayMemory(ReplayMemory memory) {
            this.memory = memory;
            return this;
        }

        /**
         * Sets which requests are let in only once.
         *
         * @param protection {@link ReplayProtection#UNSAFE} unless given
         * @return this builder
         */
        public Builder replayProtection(ReplayProtection protection) {
            this.protection = protection;
            return this;
        }

        /**
         * Sets what the names of the three headers begin with.
         *
         * @param prefix {@code x-thegrid} unless given; lower-case letters, digits and single hyphens between them
         * @return this builder
         */
        public Builder headerPrefix(String prefix) {
            this.headerPrefix = prefix;
            return this;
        }

        /**
         * Sets how far a request's time may be from the server's, either way and inclusive.
         *
         * @param window 30 seconds unless given; from 1 second to 5 minutes, in whole seconds
         * @return this builder
         */
        public Builder window(Duration window) {
            this.window = window;
            return this;
        }

        /**
         * Sets how large a body can be: it is held in memory to be checked.
         *
         * @param bytes 1 MiB unless given; from 1 byte to 64 MiB
         * @return this builder
         */
        public Builder maximumBody(int bytes) {
            this.maximumBody = bytes;
            return this;
        }

        /**
         * Also accepts HTTP message signatures (RFC 9421) over {@code @method}, {@code @authority}, {@code @path},
         * {@code @query} and, where there is a body, {@code content-digest} (RFC 9530), with the parameters
         * {@code created}, {@code nonce}, {@code keyid}, which is the fingerprint, and {@code alg="ed25519"}.
         *
         * @return this builder
         */
        public Builder acceptMessageSignatures() {
            this.messageSignatures = true;
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
         * Makes the method, and starts the thread that writes last uses.
         *
         * @return a method to be closed when the server has stopped
         * @throws IllegalArgumentException if the store or the replay memory is missing, or a setting is out of bounds
         */
        public SignedRequestAuthentication build() {
            if (store == null) {
                throw new IllegalArgumentException("SignedRequestAuthentication needs a store: call store(…)");
            }
            check();
            ReplayMemory remembering = memory;
            if (protection == ReplayProtection.OFF) {
                return new SignedRequestAuthentication(store, (key, request, now, until) -> true, this);
            }
            if (remembering == null) {
                throw new IllegalArgumentException("SignedRequestAuthentication needs a replay memory: call"
                        + " replayMemory(…), or replayProtection(ReplayProtection.OFF) to let requests in again");
            }
            return new SignedRequestAuthentication(store, remembering, this);
        }

        private void check() {
            if (protection == ReplayProtection.OFF && memory != null) {
                throw new IllegalArgumentException("replayProtection is OFF, so that replayMemory would do nothing");
            }
            if (!PREFIX.matcher(headerPrefix).matches()) {
                throw new IllegalArgumentException(
                        "headerPrefix must be lower-case letters, digits and single hyphens, not '" + headerPrefix
                                + "'");
            }
            if (window.compareTo(Duration.ofSeconds(1)) < 0
                    || window.compareTo(LONGEST_WINDOW) > 0
                    || !window.equals(window.truncatedTo(ChronoUnit.SECONDS))) {
                throw new IllegalArgumentException(
                        "window must be from 1 second to 5 minutes, in whole seconds, not " + window);
            }
            if (maximumBody < 1 || maximumBody > LARGEST_BODY) {
                throw new IllegalArgumentException("maximumBody must be from 1 byte to 64 MiB, not " + maximumBody);
            }
        }
    }
}
