package dev.portcullis.auth.session;

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
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates by session: the cookie and the header that names the account, both of them, which must belong together.
 *
 * <p>A request with a Bearer token or an {@code x-api-key} is left to other methods, and the cookie on it is not looked at:
 * browsers send cookies by themselves, headers are sent on purpose. Half of a session is rejected; of neither half this
 * method knows nothing.
 *
 * <p>A session that a key opened is judged together with its key, as that stands now: it has the key's permissions, and
 * dies with it.
 */
public final class SessionAuthentication implements AuthenticationMethod {

    private final SessionStore store;
    private final KeyJudge keys;
    private final SentCookie cookie;
    private final String header;
    private final InstantSource clock;

    private SessionAuthentication(SessionStore store, KeyJudge keys, Builder settings) {
        this.store = store;
        this.keys = keys;
        this.cookie = new SentCookie(settings.transport.cookieName());
        this.header = settings.transport.accountHeader().toLowerCase(Locale.ROOT);
        this.clock = settings.clock;
    }

    /**
     * Starts the settings.
     *
     * @return a builder that needs a store, and a judge of keys
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuthUnavailableException if the store of sessions, or that of keys, cannot be asked
     */
    @Override
    public Outcome authenticate(AuthRequest request) {
        PresentedCredentials sent = request.credentials();
        Reason fault = sent.fault();
        if (fault != null) {
            return Outcome.rejected(fault, null);
        }
        if (sent.bearer() != null || sent.apiKey() != null) {
            return Outcome.notApplicable();
        }
        SecretText value = cookie.in(request.headers("cookie"));
        List<String> accounts = request.headers(header);
        if (value == null && accounts.isEmpty()) {
            return Outcome.notApplicable();
        }
        if (value == null || accounts.isEmpty()) {
            return rejected(Reason.INCOMPLETE_SESSION);
        }
        boolean wellFormed = value.length() == SessionMint.LENGTH && accounts.size() == 1;
        return wellFormed ? judge(value, accounts.get(0)) : rejected(Reason.MALFORMED_SESSION);
    }

    private Outcome judge(SecretText value, String account) {
        SHA256 hash = SHA256.of(value);
        Session session = find(hash);
        if (session == null || !session.has(hash)) {
            return rejected(Reason.INVALID_SESSION);
        }
        if (!isNamed(session, account)) {
            return rejected(Reason.SESSION_OF_OTHER_ACCOUNT);
        }
        if (session.hasExpired(clock.millis())) {
            return rejected(Reason.SESSION_EXPIRED);
        }
        OpeningKey key = session.key();
        return key == null
                ? authenticated(session, session.permissions(), Map.of())
                : judge(session, key, keys.judge(key.id(), key.hash(), session.knownKey()));
    }

    /** HTTP strips white space around a field's value, so do not all containers. */
    private static boolean isNamed(Session session, String field) {
        return session.isOf(field)
                || SessionTransport.headerValueOf(session.account()).equals(field.strip());
    }

    private Outcome judge(Session session, OpeningKey key, KeyVerdict verdict) {
        if (verdict instanceof KeyVerdict.Good good) {
            session.rememberKey(good.known());
            if (!good.hash().equals(key.hash())) {
                rehash(key, good.hash());
            }
            Caller caller = good.caller();
            return session.isOf(caller.subject())
                    ? authenticated(session, caller.permissions(), caller.attributes())
                    : rejected(Reason.SESSION_WITHOUT_KEY);
        }
        boolean expired = verdict instanceof KeyVerdict.Bad bad && bad.reason() == Reason.API_KEY_EXPIRED;
        return rejected(expired ? Reason.SESSION_EXPIRED : Reason.SESSION_WITHOUT_KEY);
    }

    private static Outcome authenticated(Session session, Set<String> permissions, Map<String, Object> ofKey) {
        return Outcome.authenticated(Caller.of(
                CredentialKind.SESSION, session.account(), permissions, new SessionAttributes(session, ofKey)));
    }

    private static Outcome rejected(Reason reason) {
        return Outcome.rejected(reason, CredentialKind.SESSION);
    }

    private @Nullable Session find(SHA256 hash) {
        try {
            return store.find(hash);
        } catch (AuthUnavailableException e) {
            throw e;
        } catch (Exception e) {
            throw SessionOutage.of(e);
        }
    }

    /** That the key is found less cheaply next time too is no reason to turn the session away. */
    private void rehash(OpeningKey key, SHA256 hash) {
        try {
            store.rehashKey(key.id(), hash);
        } catch (Exception e) {
            SessionOutage.log(e);
        }
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {

        private @Nullable SessionStore store;
        private @Nullable KeyJudge keys;
        private SessionTransport transport = SessionTransport.usual();
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Sets where sessions are kept.
         *
         * @param store required; the one that {@link Sessions} has
         * @return this builder
         */
        public Builder store(SessionStore store) {
            this.store = store;
            return this;
        }

        /**
         * Sets who judges the keys that have opened sessions.
         *
         * @param keys required; {@link KeyJudge#ofNoKeys()} where no key opens one
         * @return this builder
         */
        public Builder keys(KeyJudge keys) {
            this.keys = keys;
            return this;
        }

        /**
         * Sets the names of the cookie and the header.
         *
         * @param transport the usual ones unless given
         * @return this builder
         */
        public Builder transport(SessionTransport transport) {
            this.transport = transport;
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
         * Makes the method.
         *
         * @return the method
         * @throws IllegalArgumentException if there is no store, or no judge of keys
         */
        public SessionAuthentication build() {
            if (store == null) {
                throw new IllegalArgumentException("SessionAuthentication needs a store: call store(…)");
            }
            if (keys == null) {
                throw new IllegalArgumentException("SessionAuthentication needs a judge of the keys that open sessions:"
                        + " call keys(…), with KeyJudge.ofNoKeys() if none does");
            }
            return new SessionAuthentication(store, keys, this);
        }
    }
}
