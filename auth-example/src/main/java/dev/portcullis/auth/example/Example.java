package dev.portcullis.auth.example;

import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.testkit.TokenBuilder;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API as its options want it, and all that stands behind its door: the issuer or its address, the key store. */
final class Example implements AutoCloseable {

    private static final List<String> PERMISSIONS = Setup.Keys.SCOPES;
    private static final String DEMO_ACCOUNT = "user_demo";
    private static final Duration DEMO_TOKEN_LIFETIME = Duration.ofHours(1);

    private final Options options;
    private final @Nullable TokenIssuer development;
    private final KeyStorage storage;
    private final KeptState kept;
    private final ExampleServer server;

    private Example(
            Options options,
            @Nullable TokenIssuer development,
            KeyStorage storage,
            Setup.Issuer issuer,
            ExampleServer.Kind servers)
            throws IOException {
        APIKeyStore store = storage.store();
        this.options = options;
        this.development = development;
        this.storage = storage;
        this.kept = KeptState.of(options.redis(), storage);
        try {
            this.server = servers.start(Setup.of(
                            Setup.Tokens.of(issuer),
                            new Setup.Keys(store, options.environments(), Setup.Lifetimes.USUAL, options.leakKeys()))
                    .at(options.port())
                    .with(new Setup.Words(options.errors(), null))
                    .with(options.places())
                    .with(kept.kept()));
        } catch (IOException | RuntimeException e) {
            kept.close();
            throw e;
        }
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
        KeyStorage storage = KeyStorage.open(options.database());
        try {
            return start(options, storage, servers);
        } catch (IOException | RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    private static Example start(Options options, KeyStorage storage, ExampleServer.Kind servers) throws IOException {
        Options.ExternalIssuer external = options.external();
        if (external != null) {
            return before(options, external, storage, servers);
        }
        TokenIssuer development = TokenIssuer.start();
        try {
            Setup.Issuer issuer = issuer(options, development.issuer(), development.jwks());
            return new Example(options, development, storage, issuer, servers);
        } catch (IOException | RuntimeException e) {
            development.close();
            throw e;
        }
    }

    private static Example before(
            Options options, Options.ExternalIssuer external, KeyStorage storage, ExampleServer.Kind servers)
            throws IOException {
        try {
            return new Example(options, null, storage, issuer(options, external.name(), external.jwks()), servers);
        } catch (IllegalArgumentException e) {
            if (String.valueOf(e.getMessage()).startsWith("--")) {
                throw e; // it names its option already
            }
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
        APIKeys keys = APIKeys.builder().store(storage.store()).build();
        return new DemoKey(keys).issue(options.environments().iterator().next(), PERMISSIONS);
    }

    @Override
    public void close() {
        server.close();
        kept.close();
        storage.close();
        if (development != null) {
            development.close();
        }
    }
}
