package dev.portcullis.auth.session;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sessions and keys in memory, on a clock that a test moves. */
final class SessionFixture implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-22T10:00:00.123Z");

    Instant now = START;
    final InMemoryAPIKeyStore keyStore = new InMemoryAPIKeyStore();
    final WatchedSessionStore store = new WatchedSessionStore();
    final APIKeys keys = APIKeys.builder().store(keyStore).clock(() -> now).build();
    final APIKeyAuthentication keyMethod =
            APIKeyAuthentication.builder().store(keyStore).clock(() -> now).build();
    final Sessions sessions = settings().build();
    final SessionAuthentication method = SessionAuthentication.builder()
            .store(store)
            .keys(keyMethod)
            .clock(() -> now)
            .build();

    Sessions.Builder settings() {
        return Sessions.builder()
                .store(store)
                .keys(keyMethod)
                .limits(LoginLimits.none())
                .clock(() -> now);
    }

    IssuedAPIKey key(@Nullable Instant expiresAt) {
        return keys.issue("account-1", "CI", Environment.LIVE, Set.of("account:read", "trade:write"), expiresAt);
    }

    IssuedAPIKey key() {
        return key(null);
    }

    LoginOutcome tryLogin(String apiKey) {
        return sessions.login(SecretText.of(apiKey), SentRequest.empty());
    }

    OpenedSession login(IssuedAPIKey key) {
        return ((LoginOutcome.Opened) tryLogin(key.plaintext())).opened();
    }

    /** A user who has signed in. */
    static Caller user(String subject, String... permissions) {
        return caller(CredentialKind.JWT, subject, permissions);
    }

    static Caller caller(CredentialKind kind, @Nullable String subject, String... permissions) {
        return Caller.of(kind, subject, List.of(permissions), Map.of());
    }

    OpenedSession open(String subject) {
        return sessions.open(user(subject, "account:read"), LoginType.WEB);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public void close() {
        keyMethod.close();
    }

    /** The store in memory, with faults to order. */
    static final class WatchedSessionStore implements SessionStore {

        final InMemorySessionStore memory = new InMemorySessionStore();
        int rehashed;

        @Nullable
        Exception fault;

        /** What is found whichever hash is asked for, as a store with a fault of its own would. */
        @Nullable
        Session always;

        boolean notesFail;

        /** Throws also what no signature names, as stores written in other languages do. */
        @SuppressWarnings("unchecked")
        private <E extends Exception> InMemorySessionStore ask() throws E {
            if (fault != null) {
                throw (E) fault;
            }
            return memory;
        }

        private InMemorySessionStore asked() {
            return this.<RuntimeException>ask();
        }

        @Override
        public @Nullable Session find(SHA256 hash) {
            return always == null ? asked().find(hash) : always;
        }

        @Override
        public void add(Session session, int maximum) {
            asked().add(session, maximum);
        }

        @Override
        public List<Session> list(String account, Instant now) {
            return asked().list(account, now);
        }

        @Override
        public boolean end(String account, UUID id) {
            return asked().end(account, id);
        }

        @Override
        public int endAllOfKey(UUID keyID) {
            return asked().endAllOfKey(keyID);
        }

        @Override
        public int endAllOfAccount(String account) {
            return asked().endAllOfAccount(account);
        }

        @Override
        public void rehashKey(UUID keyID, SHA256 keyHash) {
            rehashed++;
            if (notesFail) {
                throw new IllegalStateException("read only");
            }
            asked().rehashKey(keyID, keyHash);
        }
    }
}
