package dev.portcullis.auth.example;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.TrustedIssuer;
import dev.portcullis.auth.testkit.TokenBuilder;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API, and all that stands behind its door: the issuer or its address, the key store, the filters. */
final class Example implements AutoCloseable {

    private static final List<String> PERMISSIONS =
            List.of("catalog:read", "catalog:write", "holdings:read", "holdings:write");
    private static final String DEMO_ACCOUNT = "user_demo";
    private static final Duration DEMO_TOKEN_LIFETIME = Duration.ofHours(1);
    private static final Duration DEMO_KEY_LIFETIME = Duration.ofDays(1);

    private final Options options;
    private final @Nullable TokenIssuer development;
    private final JWKSAuthentication tokens;
    private final APIKeys keys;
    private final APIKeyAuthentication keyAuthentication;
    private final ExampleServer server;

    private Example(Options options, @Nullable TokenIssuer development, TrustedIssuer issuer) throws IOException {
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        this.options = options;
        this.development = development;
        this.tokens = JWKSAuthentication.builder().trust(issuer).build();
        this.keys = APIKeys.builder().store(store).build();
        this.keyAuthentication = APIKeyAuthentication.builder()
                .store(store)
                .environments(options.environments().toArray(Environment[]::new))
                .build();
        this.server = ExampleServer.start(
                options.port(), Guard.of(AuthenticationMethod.firstOf(keyAuthentication, tokens), Guard.rules()));
    }

    /**
     * Starts the API. With an external issuer no development issuer is started.
     *
     * @throws IllegalArgumentException if an option is wrong
     * @throws IOException if it cannot start
     */
    static Example start(Options options) throws IOException {
        Options.ExternalIssuer external = options.external();
        if (external != null) {
            return new Example(options, null, trusted(options, external));
        }
        TokenIssuer development = TokenIssuer.start();
        try {
            return new Example(options, development, trusted(options, development.issuer(), development.jwks()));
        } catch (IOException | RuntimeException e) {
            development.close();
            throw e;
        }
    }

    private static TrustedIssuer trusted(Options options, Options.ExternalIssuer external) {
        try {
            return trusted(options, external.name(), external.jwks());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Option.JWKS_URL.flag() + ": " + e.getMessage(), e);
        }
    }

    private static TrustedIssuer trusted(Options options, String name, URI jwks) {
        return TrustedIssuer.named(name)
                .jwks(jwks)
                .audience(options.audiences().toArray(String[]::new))
                .authorizedParties(options.authorizedParties().toArray(String[]::new))
                .build();
    }

    /** Where it listens. */
    int port() {
        return server.port();
    }

    /** A token with every permission, good for an hour; null if the issuer is not ours. */
    @Nullable
    String demoToken() {
        if (development == null) {
            return null;
        }
        TokenBuilder token = development
                .token()
                .subject(DEMO_ACCOUNT)
                .audience(options.audiences().get(0))
                .permissions(PERMISSIONS.toArray(String[]::new))
                .expiresIn(DEMO_TOKEN_LIFETIME);
        if (!options.authorizedParties().isEmpty()) {
            token.authorizedParty(options.authorizedParties().get(0));
        }
        return token.sign();
    }

    /** A key with every permission, good for a day, of an environment that is accepted here. */
    String demoKey() {
        Environment environment = options.environments().iterator().next();
        Instant end = Instant.now().plus(DEMO_KEY_LIFETIME);
        return keys.issue(DEMO_ACCOUNT, "Demo", environment, PERMISSIONS, end).plaintext();
    }

    @Override
    public void close() {
        server.close();
        keyAuthentication.close();
        tokens.close();
        if (development != null) {
            development.close();
        }
    }
}
