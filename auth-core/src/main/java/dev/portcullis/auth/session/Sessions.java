package dev.portcullis.auth.session;

import dev.portcullis.auth.AccountName;
import dev.portcullis.auth.Admission;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.KeyJudge;
import dev.portcullis.auth.KeyVerdict;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The life of sessions: opened with an API key or for a signed-in user, listed, ended. Safe for use by many threads.
 *
 * <p>Every method that asks a store throws {@link AuthUnavailableException} if it cannot be asked.
 */
public final class Sessions {

    private final SessionStore store;
    private final KeyJudge keys;
    private final Admission admission;
    private final LoginLimits limits;
    private final Map<LoginType, Duration> lifetimes;
    private final int maximumSessions;
    private final InstantSource clock;
    private final SessionMint mint = new SessionMint();

    private Sessions(SessionStore store, KeyJudge keys, Builder settings) {
        this.store = store;
        this.keys = keys;
        this.admission = settings.admission;
        this.limits = settings.limits;
        this.lifetimes = Map.copyOf(settings.lifetimes);
        this.maximumSessions = settings.maximumSessions;
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
     * Exchanges an API key for a session. The attempt is counted first; then the key is judged, then whether its caller is
     * let in from where the request comes. What a login costs is paid before the key is looked up, so that the time says
     * little about it.
     *
     * @param apiKey the key, as it was sent
     * @param request the login request
     * @return the session, or why there is none
     */
    public LoginOutcome login(SecretText apiKey, AuthRequest request) {
        Duration wait = SessionOutage.guard(() -> limits.take(apiKey, request));
        if (!wait.isZero()) {
            return new LoginOutcome.Limited(wait);
        }
        SecretText value = mint.newValue();
        SHA256 hash = SHA256.of(value);
        KeyVerdict verdict = keys.judge(apiKey);
        if (verdict instanceof KeyVerdict.Bad bad) {
            return new LoginOutcome.Failed(LoginFailure.ofKey(bad.reason()), bad.reason());
        }
        KeyVerdict.Good good = (KeyVerdict.Good) verdict;
        String account = good.caller().subject();
        if (account == null) {
            return new LoginOutcome.Failed(LoginFailure.API_KEY_NOT_FOUND, Reason.UNKNOWN_API_KEY);
        }
        Reason objection = admission.objection(good.caller(), request);
        if (objection != null) {
            return new LoginOutcome.Failed(LoginFailure.ofObjection(objection), objection);
        }
        OpeningKey key = new OpeningKey(good.id(), good.hash());
        Instant now = now();
        Instant end = earlier(now.plus(lifetime(LoginType.API_KEY)), good.expiresAt());
        Session session = new Session(
                UUID.randomUUID(), hash, account, LoginType.API_KEY, CredentialKind.API_KEY, Set.of(), key, now, end);
        SessionOutage.guard(() -> makeRoomAmongOwn(session, key));
        return new LoginOutcome.Opened(opened(session, value));
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private Duration lifetime(LoginType type) {
        return lifetimes.getOrDefault(type, type.usualLifetime());
    }

    /** A key is less than its owner: however often it logs in, it ends no sessions but its own if there are any. */
    private void makeRoomAmongOwn(Session session, OpeningKey key) {
        List<Session> latestFirst = store.list(session.account(), session.createdAt());
        List<Session> own = latestFirst.stream()
                .filter(other -> isOf(key.id().toString(), other))
                .toList();
        if (latestFirst.size() >= maximumSessions && !own.isEmpty()) {
            store.end(session.account(), own.get(own.size() - 1).id());
        }
    }

    private OpenedSession opened(Session session, SecretText value) {
        SessionOutage.guard(() -> store.add(session, maximumSessions));
        return new OpenedSession(session, value);
    }

    /**
     * Opens a session for a user who has signed in. It has the permissions that the user holds now, until it ends. Its
     * cookie's value is always new: nothing that the client sent is ever used.
     *
     * @param caller who signed in, by {@link CredentialKind#JWT} or by a method of the application's own, with a subject
     * @param type how
     * @return the session
     * @throws IllegalArgumentException if the type is {@link LoginType#API_KEY}, or this caller cannot open a session: a
     *     key must be exchanged by {@link #login}, a session opens no other, and nobody opens one for no account
     */
    public OpenedSession open(Caller caller, LoginType type) {
        String account = caller.subject();
        if (type == LoginType.API_KEY) {
            throw new IllegalArgumentException("A session of this type is opened with a key: call login(…)");
        }
        if (account == null || !canOpen(caller)) {
            throw new IllegalArgumentException("Only a user who signed in, with a subject, can open a session");
        }
        SecretText value = mint.newValue();
        Instant now = now();
        return opened(
                new Session(
                        UUID.randomUUID(),
                        SHA256.of(value),
                        account,
                        type,
                        caller.kind(),
                        caller.permissions(),
                        null,
                        now,
                        now.plus(lifetime(type))),
                value);
    }

    /**
     * Whether {@link #open} takes a caller.
     *
     * @param caller who wants to open a session
     * @return whether it is a user who signed in, with a subject that names an account
     */
    public static boolean canOpen(Caller caller) {
        return AccountName.isOne(caller.subject())
                && (caller.kind() == CredentialKind.JWT || caller.kind() == CredentialKind.CUSTOM);
    }

    /**
     * Ends the session by which a caller authenticated.
     *
     * @param caller who logs out
     * @return whether there was such a session; not if the caller authenticated by other means
     */
    public boolean end(Caller caller) {
        Object id =
                caller.kind() == CredentialKind.SESSION ? caller.attributes().get(SessionAttributes.SESSION_ID) : null;
        return id instanceof String text && end(caller, UUID.fromString(text));
    }

    /**
     * Ends one of the caller's own sessions, as {@link #list} tells them. Another's session and a missing one look the same.
     *
     * @param caller whose session it must be
     * @param id the session's identifier
     * @return whether there was such a session
     */
    public boolean end(Caller caller, UUID id) {
        String account = caller.subject();
        boolean own = SessionAttributes.keyOf(caller) == null
                || list(caller).stream().anyMatch(session -> session.id().equals(id));
        return account != null && own && SessionOutage.guard(() -> store.end(account, id));
    }

    /**
     * Lists the caller's own sessions that are not over, the latest first: all of the account for a user who signed in, and
     * for a key, or a session that a key opened, those that this key opened.
     *
     * @param caller whose sessions
     * @return all of them; empty if there are none, or the caller has no subject
     */
    public List<Session> list(Caller caller) {
        String account = caller.subject();
        if (account == null) {
            return List.of();
        }
        List<Session> all = SessionOutage.guard(() -> store.list(account, now()));
        String key = SessionAttributes.keyOf(caller);
        return key == null
                ? all
                : all.stream().filter(session -> isOf(key, session)).toList();
    }

    private static boolean isOf(String key, Session session) {
        OpeningKey opener = session.key();
        return opener != null && opener.id().toString().equals(key);
    }

    /**
     * Ends all sessions that a key opened. They are dead already when the key is; this is for who wants them gone.
     *
     * @param keyID the key's identifier
     * @return how many there were
     */
    public int endAllOfKey(UUID keyID) {
        return SessionOutage.guard(() -> store.endAllOfKey(keyID));
    }

    /**
     * Ends all sessions of an account.
     *
     * @param account whose sessions
     * @return how many there were
     */
    public int endAllOfAccount(String account) {
        return SessionOutage.guard(() -> store.endAllOfAccount(account));
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {

        /** Browsers keep no cookie for longer. */
        private static final Duration LONGEST = Duration.ofDays(400);

        private static final int USUAL_MAXIMUM = 100;

        private final Map<LoginType, Duration> lifetimes = new EnumMap<>(LoginType.class);
        private @Nullable SessionStore store;
        private @Nullable KeyJudge keys;
        private Admission admission = Admission.everyone();
        private LoginLimits limits = LoginLimits.usual();
        private int maximumSessions = USUAL_MAXIMUM;
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Sets where sessions are kept.
         *
         * @param store required; the one that {@link SessionAuthentication} asks
         * @return this builder
         */
        public Builder store(SessionStore store) {
            this.store = store;
            return this;
        }

        /**
         * Sets who judges the keys that open sessions.
         *
         * @param keys required; {@link KeyJudge#ofNoKeys()} where no key opens one
         * @return this builder
         */
        public Builder keys(KeyJudge keys) {
            this.keys = keys;
            return this;
        }

        /**
         * Sets who may log in with a good key, by where the request comes from and by how the account stands.
         *
         * @param admission everyone unless given; the same as for all other requests
         * @return this builder
         */
        public Builder admission(Admission admission) {
            this.admission = admission;
            return this;
        }

        /**
         * Sets how often anybody may try to log in with a key.
         *
         * @param limits {@link LoginLimits#usual} unless given; behind a proxy, limits that know about it
         * @return this builder
         */
        public Builder limits(LoginLimits limits) {
            this.limits = limits;
            return this;
        }

        /**
         * Sets how long sessions of a type last. Those that were opened before keep their time.
         *
         * @param type how they are opened
         * @param lifetime the type's own unless given; from a second to 400 days
         * @return this builder
         */
        public Builder lifetime(LoginType type, Duration lifetime) {
            lifetimes.put(type, lifetime);
            return this;
        }

        /**
         * Sets how many sessions an account may have. When it opens another, the one that was opened first ends; when a key
         * does, the first of those that it has opened.
         *
         * @param maximumSessions 100 unless given; at least 1
         * @return this builder
         */
        public Builder maximumSessions(int maximumSessions) {
            this.maximumSessions = maximumSessions;
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
         * @throws IllegalArgumentException if there is no store or no judge of keys, or a number or time is out of range
         */
        public Sessions build() {
            if (store == null) {
                throw new IllegalArgumentException("Sessions needs a store: call store(…)");
            }
            if (keys == null) {
                throw new IllegalArgumentException(
                        "Sessions needs a judge of the keys that open sessions: call keys(…),"
                                + " with KeyJudge.ofNoKeys() if none does");
            }
            if (maximumSessions < 1) {
                throw new IllegalArgumentException("maximumSessions must be at least 1, not " + maximumSessions);
            }
            lifetimes.forEach(Builder::check);
            return new Sessions(store, keys, this);
        }

        private static void check(LoginType type, Duration lifetime) {
            if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "lifetime(" + type + ", …) must be from a second to 400 days, not " + lifetime);
            }
        }
    }
}
