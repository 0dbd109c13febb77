package dev.portcullis.auth.example;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.TrustedIssuer;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.ErrorFormat;
import dev.portcullis.auth.servlet.PermissionFilter;
import dev.portcullis.auth.testkit.TokenBuilder;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What the tour asks: the API several times over, each time behind other settings, and two issuers. */
final class TourServers implements AutoCloseable {

    static final String AUDIENCE = "tour-api";
    static final String PARTY = "https://app.example";
    static final String REALM = "catalogue";
    static final Duration MAXIMUM_KEY_AGE = Duration.ofDays(365);

    private static final String LEAGUES = "/api/v1/leagues/**";
    private static final String SOURCES = "/api/v1/sources/**";
    private static final Requirement READ = Requirement.allOf("catalog:read");

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();

    final Forge forge = new Forge();
    final TourKeys keys = new TourKeys(store);
    final TokenIssuer issuer;
    final TokenIssuer otherIssuer;

    /** The API as it is served without {@code --tour}: live keys alone, one authorized party, a greatest key age. */
    final int main;

    /** Bodies by RFC 9457, and a realm. */
    final int problems;

    /** Routes that accept only one kind of credential, and routes that need two permissions. */
    final int kinds;

    /** What can be loosened: open routes ignore bad credentials, other routes need a caller only, permissions in scope. */
    final int loose;

    /** Trusts two issuers. */
    final int severalIssuers;

    /** Trusts the other issuer alone. */
    final int otherIssuerAlone;

    /** Its issuer was never reached. */
    final int withoutIssuer;

    /** Its key store says that it cannot be asked. */
    final int withoutStore;

    /** Its key store fails without a word about what that means. */
    final int withFailingStore;

    TourServers() throws IOException {
        issuer = closedAtEnd(TokenIssuer.start());
        otherIssuer = closedAtEnd(TokenIssuer.start());
        issuer.publish(forge.publishedBeside(issuer.keySet()));
        AuthenticationMethod method = AuthenticationMethod.firstOf(keys(store), tokens(trusted(issuer)));
        main = serve(Guard.of(method, Guard.rules()));
        problems = serve(inOtherWords(method));
        kinds = serve(Guard.of(method, kindRules()));
        loose = serve(loosened(trusted(issuer)));
        severalIssuers = serve(Guard.of(tokens(trusted(issuer), trusted(otherIssuer)), Guard.rules()));
        otherIssuerAlone = serve(Guard.of(tokens(trusted(otherIssuer)), Guard.rules()));
        withoutIssuer = serve(Guard.of(tokens(unreachable()), Guard.rules()));
        withoutStore = serve(Guard.of(keys(broken(outage())), Guard.rules()));
        RuntimeException failure = new IllegalStateException("A failure of the tour's own making");
        withFailingStore = serve(Guard.of(keys(broken(failure)), Guard.rules()));
    }

    /** A token that is let in everywhere but where the other issuer is trusted. */
    TokenBuilder token() {
        return token(issuer);
    }

    /** A token of one of the two issuers, with every permission. */
    static TokenBuilder token(TokenIssuer by) {
        return by.token()
                .audience(AUDIENCE)
                .authorizedParty(PARTY)
                .permissions("catalog:read", "catalog:write", "holdings:read", "holdings:write");
    }

    /** The payload of such a token as text, to be signed by the forge. */
    String payload(String more) {
        return "{\"iss\":\"" + issuer.issuer() + "\",\"aud\":\"" + AUDIENCE + "\",\"azp\":\"" + PARTY
                + "\",\"permissions\":[\"catalog:read\"]" + (more.isEmpty() ? "" : "," + more) + "}";
    }

    /** The member {@code exp} of a token that has not expired. */
    static String unexpired() {
        return "\"exp\":" + Instant.now().plusSeconds(300).getEpochSecond();
    }

    private Guard inOtherWords(AuthenticationMethod method) {
        return new Guard(
                AuthenticationFilter.builder(method)
                        .errorFormat(ErrorFormat.PROBLEM)
                        .realm(REALM)
                        .build(),
                PermissionFilter.builder(Guard.rules())
                        .errorFormat(ErrorFormat.PROBLEM)
                        .realm(REALM)
                        .build());
    }

    private Guard loosened(TrustedIssuer trusted) {
        PermissionRules rules = PermissionRules.builder()
                .rule("GET", "/health", Requirement.anyone())
                .rule("GET", LEAGUES, READ)
                .unnamedRoutes(Requirement.signedIn())
                .build();
        JWKSAuthentication tokens = closedAtEnd(JWKSAuthentication.builder()
                .trust(trusted)
                .permissionsClaim("scope")
                .build());
        return new Guard(
                AuthenticationFilter.builder(tokens)
                        .ignoreBadCredentialsOnOpenRoutes(rules)
                        .build(),
                PermissionFilter.builder(rules).build());
    }

    private static PermissionRules kindRules() {
        return PermissionRules.builder()
                .rule("GET", LEAGUES, READ, CredentialKind.JWT)
                .rule("GET", "/api/v1/leagues/1/", Requirement.allOf("catalog:read", "holdings:read"))
                .rule("GET", SOURCES, Requirement.allOf("holdings:read"), CredentialKind.API_KEY)
                .build();
    }

    private static TrustedIssuer trusted(TokenIssuer by) {
        return TrustedIssuer.named(by.issuer())
                .jwks(by.jwks())
                .audience(AUDIENCE)
                .authorizedParties(PARTY)
                .build();
    }

    /** An issuer at a port where nobody listens. */
    private static TrustedIssuer unreachable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        return TrustedIssuer.named("http://127.0.0.1:" + port)
                .jwks(URI.create("http://127.0.0.1:" + port + "/jwks.json"))
                .audience(AUDIENCE)
                .build();
    }

    private JWKSAuthentication tokens(TrustedIssuer... trusted) {
        JWKSAuthentication.Builder tokens = JWKSAuthentication.builder();
        for (TrustedIssuer one : trusted) {
            tokens.trust(one);
        }
        return closedAtEnd(tokens.build());
    }

    private APIKeyAuthentication keys(APIKeyStore kept) {
        return closedAtEnd(APIKeyAuthentication.builder()
                .store(kept)
                .environments(Environment.LIVE)
                .maximumKeyAge(MAXIMUM_KEY_AGE)
                .build());
    }

    private static RuntimeException outage() {
        return new AuthUnavailableException(Reason.API_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(2));
    }

    private int serve(Guard guard) throws IOException {
        return closedAtEnd(ExampleServer.start(0, guard)).port();
    }

    private <T extends AutoCloseable> T closedAtEnd(T closeable) {
        started.push(closeable);
        return closeable;
    }

    /** What was started last is closed first. */
    @Override
    public void close() {
        for (AutoCloseable closeable : started) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("What the tour has started does not stop", e);
            }
        }
    }

    /** A store that fails, whatever it is asked. */
    private static APIKeyStore broken(RuntimeException failure) {
        return (APIKeyStore) Proxy.newProxyInstance(
                APIKeyStore.class.getClassLoader(), new Class<?>[] {APIKeyStore.class}, (store, method, given) -> {
                    throw failure;
                });
    }
}
