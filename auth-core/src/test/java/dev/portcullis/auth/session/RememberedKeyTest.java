package dev.portcullis.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.apikey.KeyHashing;
import dev.portcullis.auth.apikey.Pepper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session remembers the key that opened it, and is judged by that as it stands now all the same. */
class RememberedKeyTest {

    private final SessionFixture house = new SessionFixture();
    private final IssuedAPIKey key = house.key();
    private final SentRequest request = SentRequest.of(house.login(key));

    @AfterEach
    void close() {
        house.close();
    }

    private static Caller accepted(SessionAuthentication method, SentRequest request) {
        Outcome outcome = method.authenticate(request);
        assertThat(outcome).isInstanceOf(Outcome.Authenticated.class);
        return ((Outcome.Authenticated) outcome).caller();
    }

    private static void rejected(SessionAuthentication method, SentRequest request, Reason reason) {
        assertThat(method.authenticate(request)).isEqualTo(Outcome.rejected(reason, CredentialKind.SESSION));
    }

    /** Each is in force for the next request, though the session was used just before. */
    @Test
    void every_change_of_the_key_is_in_force_at_once() {
        accepted(house.method, request);
        house.keys
                .ofAccount("account-1", Actor.APPLICATION)
                .change(key.key().id(), KeyChange.nothing().scopes(Set.of("account:read")));
        assertThat(accepted(house.method, request).permissions()).containsExactly("account:read");
        house.keyStore.touch(key.key().id(), house.now);
        SHA256 anew = SHA256.of(SecretText.of("anew"));
        assertThat(accepted(house.method, request).attributes())
                .containsEntry("key_id", key.key().id().toString());
        assertThat(house.keyStore.rehash(key.key().id(), anew, 1)).isTrue();
        rejected(house.method, request, Reason.SESSION_WITHOUT_KEY); // nobody accepts that pepper here
        OpenedSession other = house.login(house.key());
        accepted(house.method, SentRequest.of(other));
        house.keys.revoke(Objects.requireNonNull(other.session().key()).id());
        rejected(house.method, SentRequest.of(other), Reason.SESSION_WITHOUT_KEY);
        OpenedSession third = house.login(house.key());
        accepted(house.method, SentRequest.of(third));
        house.keys.delete(Objects.requireNonNull(third.session().key()).id());
        rejected(house.method, SentRequest.of(third), Reason.SESSION_WITHOUT_KEY);
    }

    @Test
    void the_time_of_a_remembered_key_passes() {
        SentRequest expiring = SentRequest.of(house.login(house.key(house.now.plus(Duration.ofMinutes(1)))));
        accepted(house.method, expiring);
        house.pass(Duration.ofMinutes(1));
        rejected(house.method, expiring, Reason.SESSION_EXPIRED);
    }

    /** What one judge knew means nothing to another, whose keys are others. */
    @Test
    void a_judge_of_other_keys_is_not_told_by_what_was_remembered() {
        accepted(house.method, request);
        try (APIKeyAuthentication others =
                APIKeyAuthentication.builder().store(new InMemoryAPIKeyStore()).build()) {
            rejected(method(others), request, Reason.SESSION_WITHOUT_KEY);
        }
        try (APIKeyAuthentication stricter = APIKeyAuthentication.builder()
                .store(house.keyStore)
                .environments(Environment.TEST)
                .clock(() -> house.now)
                .build()) {
            rejected(method(stricter), request, Reason.SESSION_WITHOUT_KEY);
        }
        accepted(house.method, request);
    }

    private SessionAuthentication method(APIKeyAuthentication judge) {
        return SessionAuthentication.builder()
                .store(house.store)
                .keys(judge)
                .clock(() -> house.now)
                .build();
    }

    /** One look-up for as long as the key stays as it is. */
    @Test
    void a_key_in_memory_is_looked_for_once() {
        isLookedForOnce(house.keyStore);
    }

    @Test
    void a_key_of_which_there_is_a_copy_is_looked_for_once() {
        try (CachedAPIKeyStore copies =
                CachedAPIKeyStore.over(house.keyStore).ticker(() -> 0).build()) {
            isLookedForOnce(copies);
        }
    }

    private void isLookedForOnce(APIKeyStore store) {
        AtomicInteger finds = new AtomicInteger();
        APIKeyStore counting = (APIKeyStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {APIKeyStore.class}, (proxy, method, arguments) -> {
                    finds.addAndGet(method.getName().equals("find") ? 1 : 0);
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        try (APIKeyAuthentication judge = APIKeyAuthentication.builder()
                .store(counting)
                .clock(() -> house.now)
                .build()) {
            SessionAuthentication method = method(judge);
            for (int use = 0; use < 3; use++) {
                accepted(method, request);
            }
            assertThat(finds).hasValue(1);
            store.touch(key.key().id(), house.now);
            accepted(method, request);
            assertThat(finds).hasValue(2);
            APIKeys.builder().store(store).build().delete(key.key().id());
            rejected(method, request, Reason.SESSION_WITHOUT_KEY);
        }
    }

    /** Whoever uses the session all the while, and remembers the key again and again. */
    @Test
    void a_revocation_that_was_answered_is_never_undone_by_who_was_at_it() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger round = new AtomicInteger();
        IssuedAPIKey[] keys = new IssuedAPIKey[200];
        SentRequest[] requests = new SentRequest[keys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = house.keys.issue("account-" + i, "CI", Environment.LIVE, Set.of(), null);
            requests[i] = SentRequest.of(house.login(keys[i]));
        }
        Thread using = new Thread(() -> {
            while (!over.get()) {
                house.method.authenticate(requests[round.get()]);
            }
        });
        using.start();
        try {
            for (int i = 0; i < keys.length; i++) {
                round.set(i);
                accepted(house.method, requests[i]);
                house.keys.revoke(keys[i].key().id());
                for (int use = 0; use < 20; use++) {
                    rejected(house.method, requests[i], Reason.SESSION_WITHOUT_KEY);
                }
            }
        } finally {
            over.set(true);
            using.join();
        }
    }

    /** A session goes on if its key was moved to the new pepper in time, and dies with one that was not. */
    @Test
    void a_pepper_that_is_retired_takes_the_sessions_of_its_keys_with_it() {
        Pepper old = pepper(1);
        Pepper current = pepper(2);
        APIKeys issuer = APIKeys.builder()
                .store(house.keyStore)
                .hashing(KeyHashing.keyed(old).build())
                .build();
        IssuedAPIKey moved = issuer.issue("account-1", "moved", Environment.LIVE, Set.of(), null);
        IssuedAPIKey left = issuer.issue("account-1", "left", Environment.LIVE, Set.of(), null);
        SentRequest ofMoved;
        SentRequest ofLeft;
        try (APIKeyAuthentication before = judge(KeyHashing.keyed(old).build())) {
            Sessions sessions = house.settings().keys(before).build();
            ofMoved = SentRequest.of(login(sessions, moved));
            ofLeft = SentRequest.of(login(sessions, left));
        }
        try (APIKeyAuthentication both =
                judge(KeyHashing.keyed(current).accept(old).build())) {
            accepted(method(both), ofMoved);
            accepted(method(both), ofLeft); // by the session alone no key is moved: its text is not sent
            assertThat(both.authenticate(SentRequest.empty().bearer(moved.plaintext())))
                    .isInstanceOf(Outcome.Authenticated.class);
            await().until(() ->
                    Objects.requireNonNull(house.keyStore.get(moved.key().id())).hashVersion() == 2);
            accepted(method(both), ofMoved);
        }
        try (APIKeyAuthentication retired = judge(KeyHashing.keyed(current).build())) {
            accepted(method(retired), ofMoved);
            rejected(method(retired), ofLeft, Reason.SESSION_WITHOUT_KEY);
        }
    }

    private static Pepper pepper(int version) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return Pepper.of(version, secret);
    }

    private APIKeyAuthentication judge(KeyHashing hashing) {
        return APIKeyAuthentication.builder()
                .store(house.keyStore)
                .hashing(hashing)
                .build();
    }

    private static OpenedSession login(Sessions sessions, IssuedAPIKey key) {
        return ((LoginOutcome.Opened) sessions.login(SecretText.of(key.plaintext()), SentRequest.empty())).opened();
    }
}
