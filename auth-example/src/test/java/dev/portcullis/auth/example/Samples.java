package dev.portcullis.auth.example;

import dev.portcullis.auth.Admission;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.account.Accounts;
import dev.portcullis.auth.account.CachedAccountStore;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.jdbc.JDBCAPIKeyStore;
import dev.portcullis.auth.jdbc.PostgreSQLChangeNotices;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.redis.RedisServer;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.session.OpenSockets;
import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.SessionAuthentication;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.session.Sessions;
import dev.portcullis.auth.signature.InMemoryReplayMemory;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import dev.portcullis.auth.signature.SigningKeyStore;
import java.time.Duration;
import javax.sql.DataSource;

/** What the documents show in pieces, as it stands there; that it compiles is what matters. */
@SuppressWarnings("UnusedVariable")
final class Samples {

    private Samples() {}

    static void stores(DataSource pool) {
        JDBCAPIKeyStore keys = JDBCAPIKeyStore.builder(pool).build();
        PostgreSQLChangeNotices notices = PostgreSQLChangeNotices.builder(pool).build();
        SessionStore sessions =
                CachedSessionStore.over(keys.sessions()).notices(notices).build();
        AccountStore accounts =
                CachedAccountStore.over(keys.accounts()).notices(notices).build();

        RedisServer redis = RedisServer.at(System.getenv("REDIS_URL")).build();
        SessionStore shared = CachedSessionStore.over(redis.sessions())
                .notices(redis.changeNotices())
                .build();
        LoginLimits limits =
                LoginLimits.of(redis.rateLimit(60, Duration.ofMinutes(1)), redis.rateLimit(20, Duration.ofMinutes(1)));
    }

    static void sessions(SessionStore store, APIKeyAuthentication keys, Admission admission) {
        Sessions sessions =
                Sessions.builder().store(store).keys(keys).admission(admission).build();
        SessionAuthentication method =
                SessionAuthentication.builder().store(store).keys(keys).build();
    }

    static AuthenticationMethod method(
            APIKeyAuthentication keys,
            SessionAuthentication method,
            JWKSAuthentication tokens,
            Places places,
            Accounts accounts,
            PermissionRules self,
            PermissionRules login) {
        return AuthenticationMethod.firstOf(keys, method, tokens)
                .admitting(Admission.allOf(places, accounts).exceptOn(self))
                .exceptOn(login);
    }

    static void sockets(
            AuthenticationMethod method, Accounts accounts, PermissionRules rules, FilterSettings settings) {
        OpenSockets sockets = OpenSockets.builder(method.admitting(accounts))
                .rules(rules)
                .settings(settings)
                .start();
    }

    static void signed(APIKeyAuthentication keys, JWKSAuthentication tokens) {
        SigningKeyStore store = new InMemorySigningKeyStore(); // or signingKeys() of a JDBCAPIKeyStore
        SignedRequestAuthentication signed = SignedRequestAuthentication.builder()
                .store(store)
                .replayMemory(new InMemoryReplayMemory()) // one node; several share RedisServer.replayMemory()
                .build();
        AuthenticationMethod method = AuthenticationMethod.firstOf(keys, tokens, signed);
    }
}
