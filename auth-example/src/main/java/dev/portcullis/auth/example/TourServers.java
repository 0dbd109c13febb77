package dev.portcullis.auth.example;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.account.InMemoryAccountStore;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.servlet.ErrorFormat;
import dev.portcullis.auth.session.InMemoryRateLimit;
import dev.portcullis.auth.session.InMemorySessionStore;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.Session;
import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.signature.InMemoryReplayMemory;
import dev.portcullis.auth.signature.ReplayMemory;
import dev.portcullis.auth.signature.SigningKeyStore;
import dev.portcullis.auth.signature.SigningKeys;
import dev.portcullis.auth.testkit.RequestSigner;
import dev.portcullis.auth.testkit.TokenBuilder;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What the tour asks: the API several times over, each time behind other settings, and two issuers. */
final class TourServers implements AutoCloseable {

    static final String AUDIENCE = "tour-api";
    static final String PARTY = "https://app.example";
    static final String REALM = "catalogue";
    static final String OTHER_KIND = "This endpoint does not accept this kind of credential.";
    static final int LOGINS_WITH_ONE_KEY = 10;
    static final Instant NOW = Instant.ofEpochSecond(1_706_500_000);
    static final Duration MAXIMUM_KEY_AGE = Duration.ofDays(365);

    private static final Setup.Lifetimes LIFETIMES = Setup.Lifetimes.USUAL.withMaximumAge(MAXIMUM_KEY_AGE);

    private static final String LEAGUES = "/api/v1/leagues/**";
    private static final String SOURCES = "/api/v1/sources/**";
    private static final Requirement READ = Requirement.allOf("catalog:read");

    private final ExampleServer.Kind kind;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Path database;
    private final InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();

    /** One for all servers: whoever has logged in at one is known at the others. */
    final Setup.Kept kept = new Setup.Kept(
            new InMemorySessionStore(),
            new InMemoryAccountStore(),
            LoginLimits.of(
                    InMemoryRateLimit.of(1000, Duration.ofMinutes(1)),
                    InMemoryRateLimit.of(LOGINS_WITH_ONE_KEY, Duration.ofHours(1))),
            Signing.inMemory());

    final Forge forge = new Forge();
    final TourKeys keys = new TourKeys(store);
    final TokenIssuer issuer;
    final TokenIssuer otherIssuer;
    final Reporter reporter = new Reporter();

    /** The API as it is served without {@code --tour}: live keys alone, one authorized party, a greatest key age. */
    final int main;

    /** Behind a trusted proxy, with a database of countries of which some are denied. */
    final int placed;

    /** The same, where the proxy tells the country. */
    final int byCountryHeader;

    /** Bodies with codes. */
    final int coded;

    /** Bodies that tell nothing. */
    final int opaque;

    /** Bodies by RFC 9457, and a realm. */
    final int problems;

    /** Routes that accept only one kind of credential, and routes that need two permissions. */
    final int kinds;

    /** What can be loosened: open routes ignore bad credentials, other routes need a caller only, permissions in scope. */
    final int loose;

    /** Its clock stands still. */
    final int stopped;

    /** Trusts two issuers. */
    final int severalIssuers;

    /** Trusts the other issuer alone. */
    final int otherIssuerAlone;

    /** Its issuer was never reached. */
    final int withoutIssuer;

    /** Its key store says that it cannot be asked, and so does its memory of signed requests. */
    final int withoutStore;

    /** Its key stores fail without a word about what that means. */
    final int withFailingStore;

    TourServers(ExampleServer.Kind kind) throws IOException {
        this.kind = kind;
        issuer = closedAtEnd(TokenIssuer.start());
        otherIssuer = closedAtEnd(TokenIssuer.start());
        TokenIssuer partner = closedAtEnd(TokenIssuer.start());
        partner.publish(reporter.published());
        issuer.publish(forge.publishedBeside(issuer.keySet()));
        Setup usual = Setup.of(
                        Setup.Tokens.of(trusted(issuer)),
                        new Setup.Keys(store, Set.of(Environment.LIVE), LIFETIMES, partner.jwks()))
                .with(kept);
        main = serve(usual);
        database = TourCountries.write();
        List<String> denied = List.of("US", "GB", "CN");
        List<String> proxies = List.of("127.0.0.0/8");
        placed = serve(usual.with(new PlaceSettings(proxies, denied, database, null)));
        byCountryHeader = serve(usual.with(new PlaceSettings(proxies, denied, null, "CF-IPCountry")));
        coded = serve(usual.with(new Setup.Words(ErrorFormat.CODED, null)));
        opaque = serve(usual.with(new Setup.Words(ErrorFormat.OPAQUE, null)));
        problems = serve(usual.with(new Setup.Words(ErrorFormat.PROBLEM, REALM)));
        kinds = serve(usual.with(new Setup.Routes(kindRules(), Requirement.nobody(), false)));
        loose = serve(Setup.of(new Setup.Tokens(List.of(trusted(issuer)), "scope"), null)
                .with(new Setup.Routes(looseRules(), Requirement.signedIn(), true)));
        Signing signing = kept.signing();
        stopped = serve(usual.with(
                kept.with(new Signing(signing.keys(), new InMemoryReplayMemory(), InstantSource.fixed(NOW)))));
        severalIssuers = serve(Setup.of(Setup.Tokens.of(trusted(issuer), trusted(otherIssuer)), null));
        otherIssuerAlone = serve(Setup.of(Setup.Tokens.of(trusted(otherIssuer)), null));
        withoutIssuer = serve(Setup.of(Setup.Tokens.of(unreachable()), null));
        ReplayMemory full = (key, request, now, until) -> {
            throw new AuthUnavailableException(Reason.REPLAY_MEMORY_UNAVAILABLE, Duration.ofSeconds(2));
        };
        withoutStore = serve(Setup.of(Setup.Tokens.of(trusted(issuer)), keys(broken(APIKeyStore.class, outage())))
                .with(kept.with(signing.remembering(full))));
        RuntimeException failure = new IllegalStateException("A failure of the tour's own making");
        SigningKeyStore failing = broken(SigningKeyStore.class, failure);
        withFailingStore = serve(Setup.of(Setup.Tokens.of(trusted(issuer)), keys(broken(APIKeyStore.class, failure)))
                .with(kept.with(new Signing(failing, signing.requests(), signing.clock()))));
    }

    /** A new signing key of an account. */
    RequestSigner signer(String account, String... scopes) {
        RequestSigner signer = RequestSigner.of(Ed25519SecretKey.generate());
        SigningKeys.builder()
                .store(kept.signing().keys())
                .build()
                .register(account, "Tour", signer.key().publicKey(), Set.of(scopes));
        return signer;
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
                .permissions(
                        "catalog:read",
                        "catalog:write",
                        "holdings:read",
                        "holdings:write",
                        "account:read",
                        "trade:write");
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

    /** A session whose time was over an hour ago, as only its store can have it. */
    LoggedIn expiredSession() {
        String value = "E".repeat(43);
        Instant end = Instant.now().minus(Duration.ofHours(1));
        kept.sessions()
                .add(
                        new Session(
                                UUID.randomUUID(),
                                SHA256.of(SecretText.of(value)),
                                "user_tour_past",
                                LoginType.WEB,
                                CredentialKind.JWT,
                                Set.of("account:read"),
                                null,
                                end.minus(Duration.ofDays(7)),
                                end),
                        10);
        return LoggedIn.of("gravity=" + value + ";", "user_tour_past");
    }

    private static List<Setup.Rule> looseRules() {
        return List.of(Setup.Rule.of("GET", "/health", Requirement.anyone()), Setup.Rule.of("GET", LEAGUES, READ));
    }

    private static List<Setup.Rule> kindRules() {
        return List.of(
                Setup.Rule.of("GET", LEAGUES, READ, CredentialKind.JWT),
                Setup.Rule.of("GET", "/api/v1/leagues/1/", Requirement.allOf("catalog:read", "holdings:read")),
                Setup.Rule.of("GET", SOURCES, Requirement.allOf("holdings:read"), CredentialKind.API_KEY));
    }

    private static Setup.Issuer trusted(TokenIssuer by) {
        return new Setup.Issuer(by.issuer(), by.jwks(), List.of(AUDIENCE), List.of(PARTY));
    }

    /** An issuer at a port where nobody listens. */
    private static Setup.Issuer unreachable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String address = "http://127.0.0.1:" + port;
        return new Setup.Issuer(address, URI.create(address + "/jwks.json"), List.of(AUDIENCE), List.of());
    }

    private static Setup.Keys keys(APIKeyStore kept) {
        return new Setup.Keys(kept, Set.of(Environment.LIVE), LIFETIMES, null);
    }

    private static RuntimeException outage() {
        return new AuthUnavailableException(Reason.API_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(2));
    }

    private int serve(Setup setup) throws IOException {
        return closedAtEnd(kind.start(setup)).port();
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
        if (!database.toFile().delete()) {
            throw new IllegalStateException("What the tour has written cannot be deleted");
        }
    }

    /** A store that fails, whatever it is asked. */
    private static <T> T broken(Class<T> store, RuntimeException failure) {
        Object made = Proxy.newProxyInstance(store.getClassLoader(), new Class<?>[] {store}, (proxy, method, given) -> {
            throw failure;
        });
        return store.cast(made);
    }
}
