package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.TrustedIssuer;
import dev.portcullis.auth.testkit.TokenBuilder;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom the applications with real credentials trust: an issuer of tokens, and a store of API keys. A server that is set
 * up by other means than {@link Deployment} takes its settings from here.
 */
public final class Trust implements AutoCloseable {

    /** The audience of the API. */
    public static final String AUDIENCE = "catalogue";

    /** The one authorized party. */
    public static final String PARTY = "https://app.example";

    /** The greatest age of an API key, where there is one. */
    public static final Duration OLDEST_KEY = Duration.ofDays(365);

    private @Nullable TokenIssuer started;
    private @Nullable RawKey made;
    private final List<Runnable> opened = new ArrayList<>();
    private final InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();

    /** The issuer, with two keys. It starts for those who ask for it: its keys take longer to make than most tests. */
    private synchronized TokenIssuer started() {
        TokenIssuer issuer = started;
        if (issuer == null) {
            issuer = TokenIssuer.start();
            issuer.publish(issuer.keySet().replace("\"keys\":[", "\"keys\":[" + rawKey().published() + ","));
            started = issuer;
        }
        return issuer;
    }

    /** The exact issuer. */
    public String issuer() {
        return started().issuer();
    }

    /** Where its keys are. */
    public URI jwks() {
        return started().jwks();
    }

    /** Where API keys are. Of their environments only {@code live} is accepted. */
    public InMemoryAPIKeyStore store() {
        return store;
    }

    synchronized RawKey rawKey() {
        RawKey key = made;
        if (key == null) {
            key = new RawKey();
            made = key;
        }
        return key;
    }

    /** The methods, in the contract's order. */
    public AuthenticationMethod method() {
        TrustedIssuer trusted = TrustedIssuer.named(issuer())
                .jwks(jwks())
                .audience(AUDIENCE)
                .authorizedParties(PARTY)
                .build();
        APIKeyAuthentication keys = APIKeyAuthentication.builder()
                .store(store)
                .environments(Environment.LIVE)
                .maximumKeyAge(OLDEST_KEY)
                .build();
        JWKSAuthentication tokens = JWKSAuthentication.builder().trust(trusted).build();
        opened.add(keys::close);
        opened.add(tokens::close);
        return AuthenticationMethod.firstOf(keys, tokens);
    }

    /** A token that is let in, unless it is changed. */
    TokenBuilder token() {
        return started().token().audience(AUDIENCE).authorizedParty(PARTY);
    }

    /** A live key that is let in. */
    String key(String... scopes) {
        return key(Environment.LIVE, Duration.ZERO, null, scopes);
    }

    /** A key that was issued some time ago, and is or was good until some time after that. */
    String key(Environment environment, Duration ago, @Nullable Duration lifetime, String... scopes) {
        Instant issued = Instant.now().minus(ago);
        return keysAt(issued)
                .issue(
                        "account-1",
                        "a key",
                        environment,
                        List.of(scopes),
                        lifetime == null ? null : issued.plus(lifetime))
                .plaintext();
    }

    /** A live key that was issued some time ago and has been revoked since. */
    String revokedKey(Duration ago, @Nullable Duration lifetime) {
        Instant issued = Instant.now().minus(ago);
        APIKeys keys = keysAt(issued);
        var key = keys.issue(
                "account-1", "a key", Environment.LIVE, List.of(), lifetime == null ? null : issued.plus(lifetime));
        keys.revoke(key.key().id());
        return key.plaintext();
    }

    private APIKeys keysAt(Instant time) {
        InstantSource clock = () -> time;
        return APIKeys.builder().store(store).clock(clock).build();
    }

    @Override
    public synchronized void close() {
        opened.forEach(Runnable::run);
        if (started != null) {
            started.close();
        }
    }
}
