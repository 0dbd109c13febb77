package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.PermissionFilter;
import dev.portcullis.auth.servlet.keys.SigningKeyServlet;
import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.signature.InMemoryReplayMemory;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import dev.portcullis.auth.signature.SigningKeys;
import dev.portcullis.auth.testkit.RequestSigner;
import dev.portcullis.auth.testkit.SettableClock;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.time.Instant;
import java.util.Set;

/** Applications that let signed requests in. */
@SuppressWarnings("ImmutableEnumChecker") // a list of applications, each with what it stands on
public enum SignedApp implements App {
    /** The simple scheme, at the root of the server. */
    SIMPLE(""),

    /** Message signatures too, below a context path. */
    BOTH("/both"),

    /** A bad credential is overlooked on open routes, of which {@code /v1/bytes} is one. */
    LENIENT("/lenient");

    /** What all applications take for now, until a test moves it. */
    public final SettableClock clock = SettableClock.at(Instant.parse("2030-01-01T12:00:00Z"));

    /** Where keys are. */
    public final InMemorySigningKeyStore store = new InMemorySigningKeyStore();

    /** Signs for an account that is known everywhere. */
    public final RequestSigner signer =
            RequestSigner.of(Ed25519SecretKey.generate()).clock(clock);

    /** A consumption key of the same account. */
    public final String consumptionKey;

    private final InMemoryAPIKeyStore keyStore = new InMemoryAPIKeyStore();
    private final APIKeys keys = APIKeys.builder().store(keyStore).build();
    private final SigningKeys signingKeys =
            SigningKeys.builder().store(store).maximumKeys(3).clock(clock).build();
    private final String contextPath;

    SignedApp(String contextPath) {
        this.contextPath = contextPath;
        signingKeys.register("trader", "desk", signer.key().publicKey(), Set.of());
        consumptionKey = keys.issue("trader", "inference", Environment.LIVE, Set.of(), null)
                .plaintext();
    }

    @Override
    public String contextPath() {
        return contextPath;
    }

    /** Where its API keys are. */
    public InMemoryAPIKeyStore keyStore() {
        return keyStore;
    }

    /** The endpoints that manage signing keys. */
    public SigningKeyServlet endpoints() {
        return SigningKeyServlet.builder(signingKeys, keys).build();
    }

    /** What lets signed requests in. */
    public SignedRequestAuthentication signed() {
        SignedRequestAuthentication.Builder settings = SignedRequestAuthentication.builder()
                .store(store)
                .replayMemory(new InMemoryReplayMemory())
                .maximumBody(10_000)
                .clock(clock);
        return (this == SIMPLE ? settings : settings.acceptMessageSignatures()).build();
    }

    @Override
    public void deploy(ServletContext context, Trust trust, Witness witness) {
        AuthenticationMethod method = AuthenticationMethod.firstOf(
                APIKeyAuthentication.builder().store(keyStore).build(), new StubMethod(), signed());
        AuthenticationFilter.Builder authentication = AuthenticationFilter.builder(method);
        PermissionRules rules = SignedRoutes.rules(this == LENIENT ? "/v1/bytes" : "");
        if (this == LENIENT) {
            authentication.ignoreBadCredentialsOnOpenRoutes(rules);
        }
        Deployment.add(
                context, authentication.build(), PermissionFilter.builder(rules).build());
        SignedRoutes.addServlets(context);
        ServletRegistration.Dynamic servlet = context.addServlet("signing-keys", endpoints());
        servlet.addMapping("/api/v1/signing-keys/*");
    }
}
