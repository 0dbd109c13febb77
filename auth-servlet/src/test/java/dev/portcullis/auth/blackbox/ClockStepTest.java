package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.TrustedIssuer;
import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.session.InMemorySessionStore;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.OpenedSession;
import dev.portcullis.auth.session.SessionAuthentication;
import dev.portcullis.auth.session.Sessions;
import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.signature.InMemoryReplayMemory;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import dev.portcullis.auth.signature.SigningKeys;
import dev.portcullis.auth.testkit.RequestSigner;
import dev.portcullis.auth.testkit.SettableClock;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The clock of the server steps by an hour, and back. What has a time is judged by the clock as it is; nothing that was
 * forgotten comes to life again, and what is kept for a while, keys of the issuer and copies, goes by time that passes.
 */
@Timeout(60)
final class ClockStepTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Duration SHORT = Duration.ofMinutes(30);
    private static final Duration LONG = Duration.ofHours(5);

    private final SettableClock clock = SettableClock.at(NOW);
    private final TokenIssuer issuer = TokenIssuer.start(clock);
    private final InMemoryAPIKeyStore keyStore = new InMemoryAPIKeyStore();
    private final CachedAPIKeyStore keyCopies = CachedAPIKeyStore.over(keyStore).build();
    private final APIKeyAuthentication keyMethod =
            APIKeyAuthentication.builder().store(keyCopies).clock(clock).build();
    private final APIKeys keys = APIKeys.builder().store(keyCopies).clock(clock).build();
    private final CachedSessionStore sessionStore =
            CachedSessionStore.over(new InMemorySessionStore()).build();
    private final InMemorySigningKeyStore signingStore = new InMemorySigningKeyStore();
    private final RequestSigner signer =
            RequestSigner.of(Ed25519SecretKey.generate()).clock(clock);
    private final JWKSAuthentication tokens = JWKSAuthentication.builder()
            .trust(TrustedIssuer.named(issuer.issuer())
                    .jwks(issuer.jwks())
                    .audience("api")
                    .build())
            .clock(clock)
            .build();
    private final SignedRequestAuthentication signed = SignedRequestAuthentication.builder()
            .store(signingStore)
            .replayMemory(new InMemoryReplayMemory())
            .clock(clock)
            .build();
    private final Guarded door = new Guarded(AuthenticationMethod.firstOf(
            keyMethod,
            SessionAuthentication.builder()
                    .store(sessionStore)
                    .keys(keyMethod)
                    .clock(clock)
                    .build(),
            signed,
            tokens));
    private Server server;

    @BeforeEach
    void start() {
        SigningKeys.builder()
                .store(signingStore)
                .clock(clock)
                .build()
                .register("user-1", "desk", signer.key().publicKey(), Set.of("catalog:write"));
        server = new TomcatServer(door);
    }

    @AfterEach
    void stop() {
        server.close();
        tokens.close();
        signed.close();
        keyMethod.close();
        keyCopies.close();
        sessionStore.close();
        issuer.close();
    }

    private Ask token(Duration lifetime) {
        return me().bearer(issuer.token().audience("api").expiresIn(lifetime).sign());
    }

    private Ask key(Duration lifetime) {
        Instant end = clock.instant().plus(lifetime);
        return me().with(
                        "x-api-key",
                        keys.issue("user-1", "a key", Environment.LIVE, List.of(), end)
                                .plaintext());
    }

    private Ask session(Duration lifetime) {
        Sessions sessions = Sessions.builder()
                .store(sessionStore)
                .keys(keyMethod)
                .lifetime(LoginType.WEB, lifetime)
                .clock(clock)
                .build();
        OpenedSession opened =
                sessions.open(Caller.of(CredentialKind.JWT, "user-1", List.of(), Map.of()), LoginType.WEB);
        return TradingApp.as(opened, me());
    }

    private static Ask me() {
        return Ask.get("/me");
    }

    private Ask read() {
        return signed(me());
    }

    private Ask change(String body) {
        return signed(SignedBox.json("POST", "/api/v1/leagues/", body));
    }

    private Ask signed(Ask ask) {
        Ask more = ask;
        for (Map.Entry<String, String> header :
                signer.sign(ask.method(), ask.target(), Bytes.of(ask.body())).entrySet()) {
            more = more.with(header.getKey(), header.getValue());
        }
        return more;
    }

    private void assertIn(Ask... asks) {
        for (Ask ask : asks) {
            Answer answer = server.wire(door).send(ask);
            assertThat(answer.status()).as("%s: %s", ask, answer).isEqualTo(200);
        }
    }

    private void assertRefused(int status, String detail, Ask ask) {
        Answer answer = server.wire(door).send(ask);
        assertThat(answer.body()).as(ask.toString()).isEqualTo("{\"detail\":\"" + detail + "\"}");
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void an_hour_forward_and_back() {
        Ask lasting = token(LONG);
        Ask token = token(SHORT);
        Ask key = key(SHORT);
        Ask session = session(SHORT);
        Ask read = read();
        Ask change = change("{\"a\":1}");
        assertIn(lasting, token, key, session, read, change);
        assertRefused(401, "Request signature was already used.", change);
        int fetches = issuer.fetches();

        clock.advance(Duration.ofHours(1));
        assertIn(lasting, key(SHORT), session(SHORT), token(SHORT), read(), change("{\"a\":2}"));
        assertRefused(401, "Token has expired.", token);
        assertRefused(401, "API key has expired.", key);
        assertRefused(401, "Session has expired.", session);
        assertRefused(401, "Request timestamp is outside the allowed window.", read);
        assertRefused(401, "Request timestamp is outside the allowed window.", change);

        clock.set(NOW.plusSeconds(1));
        assertIn(lasting, token, key, session, read, read());
        // Forgotten an hour ahead: it is not known whether it came, nor of any other until that time comes.
        assertRefused(503, "API key store is unavailable.", change);
        assertRefused(503, "API key store is unavailable.", change("{\"a\":3}"));
        assertThat(issuer.fetches()).isEqualTo(fetches);

        clock.set(NOW.plus(Duration.ofHours(1)).plusSeconds(1));
        assertIn(change("{\"a\":3}"));
    }

    @Test
    void an_hour_back_and_forward() {
        Ask token = token(SHORT);
        Ask key = key(SHORT);
        Ask session = session(SHORT);
        Ask read = read();
        Ask change = change("{\"a\":1}");
        assertIn(token, key, session, read, change);
        int fetches = issuer.fetches();

        clock.set(NOW.minus(Duration.ofHours(1)));
        assertIn(key, session, key(SHORT), session(SHORT), token(SHORT), read());
        assertRefused(401, "Token is not yet valid.", token);
        assertRefused(401, "Request timestamp is outside the allowed window.", read);
        assertRefused(401, "Request timestamp is outside the allowed window.", change);
        assertRefused(503, "API key store is unavailable.", change("{\"a\":2}"));

        clock.set(NOW.plusSeconds(1));
        assertIn(token, key, session, read, change("{\"a\":3}"));
        assertRefused(401, "Request signature was already used.", change);
        assertThat(issuer.fetches()).isEqualTo(fetches);
    }
}
