package dev.portcullis.auth.example;

import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.testkit.TokenBuilder;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API as its options want it, and all that stands behind its door: the issuer or its address, the key store. */
final class Example implements AutoCloseable {

    private static final List<String> PERMISSIONS =
            List.of("catalog:read", "catalog:write", "holdings:read", "holdings:write");
    private static final String DEMO_ACCOUNT = "user_demo";
    private static final Duration DEMO_TOKEN_LIFETIME = Duration.ofHours(1);
    private static final Duration DEMO_KEY_LIFETIME = Duration.ofDays(1);

    private final Options options;
    private final @Nullable TokenIssuer development;
    private final APIKeys keys;
    private final ExampleServer server;

    private Example(Options options, @Nullable TokenIssuer development, Setup.Issuer issuer, ExampleServer.Kind servers)
            throws IOException {
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        this.options = options;
        this.development = development;
        this.keys = APIKeys.builder().store(store).build();
        this.server =
                servers.start(Setup.of(Setup.Tokens.of(issuer), new Setup.Keys(store, options.environments(), null))
                        .at(options.port()));
    }

    /**
     * Starts the API. With an external issuer no development issuer is started.
     *
     * @param options how it is to run
     * @param servers what kind of server is to serve it
     * @throws IllegalArgumentException if an option is wrong
     * @throws IOException if it cannot start
     */
    static Example start(Options options, ExampleServer.Kind servers) throws IOException {
        Options.ExternalIssuer external = options.external();
        if (external != null) {
            return before(options, external, servers);
        }
        TokenIssuer development = TokenIssuer.start();
        try {
            return new Example(
                    options, development, issuer(options, development.issuer(), development.jwks()), servers);
        } catch (IOException | RuntimeException e) {
            development.close();
            throw e;
        }
    }

    private static Example before(Options options, Options.ExternalIssuer external, ExampleServer.Kind servers)
            throws IOException {
        try {
            return new Example(options, null, issuer(options, external.name(), external.jwks()), servers);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Option.JWKS_URL.flag() + ": " + e.getMessage(), e);
        }
    }

    private static Setup.Issuer issuer(Options options, String name, URI jwks) {
        return new Setup.Issuer(name, jwks, options.audiences(), options.authorizedParties());
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
        if (development != null) {
            development.close();
        }
    }
}
