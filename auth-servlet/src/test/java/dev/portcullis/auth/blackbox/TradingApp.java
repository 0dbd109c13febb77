package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.Admission;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.account.Accounts;
import dev.portcullis.auth.account.InMemoryAccountStore;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.ExpiryWarning;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.apikey.KeyRequest;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.place.TrustedProxies;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.ErrorFormat;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.PermissionFilter;
import dev.portcullis.auth.servlet.keys.APIKeyServlet;
import dev.portcullis.auth.servlet.session.LoginServlet;
import dev.portcullis.auth.servlet.session.LogoutServlet;
import dev.portcullis.auth.servlet.session.SessionServlet;
import dev.portcullis.auth.servlet.session.UserLoginServlet;
import dev.portcullis.auth.session.InMemoryRateLimit;
import dev.portcullis.auth.session.InMemorySessionStore;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.LoginOutcome;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.OpenedSession;
import dev.portcullis.auth.session.SessionAuthentication;
import dev.portcullis.auth.session.Sessions;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An API for trading: sessions and keys, judged by place and by account, in several formats. */
final class TradingApp implements App, AutoCloseable {

    /** How many logins there may be in an hour. */
    static final int FROM_ONE_ADDRESS = 100;

    static final int WITH_ONE_KEY = 5;

    static final String LOGIN = "/auth/api_key/login";
    static final String SELF = "/api/v1/api-keys/self/";

    static final String PAIR_CLOSED = "Trading of PEPE/USDT is not available to API keys.";

    final InMemoryAccountStore accounts = new InMemoryAccountStore();
    final InMemoryAPIKeyStore keyStore = new InMemoryAPIKeyStore();
    final InMemorySessionStore sessionStore = new InMemorySessionStore();
    private final APIKeys keys = APIKeys.builder().store(keyStore).build();
    private final APIKeyAuthentication keyMethod =
            APIKeyAuthentication.builder().store(keyStore).build();
    private final Places places = places();
    private final Accounts standings = Accounts.in(accounts);
    private final Admission admission = Admission.allOf(places, standings);
    final LoginLimits limits = LoginLimits.of(
                    InMemoryRateLimit.of(FROM_ONE_ADDRESS, Duration.ofHours(1)),
                    InMemoryRateLimit.of(WITH_ONE_KEY, Duration.ofHours(1)))
            .client(places::clientOf);
    private final Sessions sessions = Sessions.builder()
            .store(sessionStore)
            .keys(keyMethod)
            .admission(admission)
            .limits(limits)
            .build();

    @Override
    public String contextPath() {
        return "/trading";
    }

    @Override
    public void deploy(ServletContext context, Trust trust, Witness witness) {
        FilterSettings settings = Deployment.telling(witness)
                .errorFormatOn(ErrorFormat.CODED, "/full/**")
                .errorFormatOn(ErrorFormat.OPAQUE, "/opaque/**")
                .errorFormatOn(ErrorFormat.PROBLEM, "/problem/**")
                .realm("trading")
                .expiryWarning(ExpiryWarning.ahead(Duration.ofDays(14)))
                .build();
        AuthenticationMethod method = AuthenticationMethod.firstOf(
                        keyMethod,
                        SessionAuthentication.builder()
                                .store(sessionStore)
                                .keys(keyMethod)
                                .build(),
                        new StubMethod())
                .admitting(admission.exceptOn(route("GET", SELF)))
                .exceptOn(route("POST", LOGIN));
        Deployment.add(
                context,
                AuthenticationFilter.builder(method).settings(settings).build(),
                PermissionFilter.builder(rules()).settings(settings).build());
        addServlets(context, settings);
        Routes.addServlets(context);
    }

    private static PermissionRules route(String method, String path) {
        return PermissionRules.builder()
                .rule(method, path, Requirement.anyone())
                .build();
    }

    private void addServlets(ServletContext context, FilterSettings settings) {
        context.addServlet(
                        "login",
                        LoginServlet.builder(sessions).settings(settings).build())
                .addMapping(LOGIN);
        context.addServlet(
                        "web",
                        UserLoginServlet.builder(sessions, LoginType.WEB)
                                .settings(settings)
                                .build())
                .addMapping("/auth/web/login");
        context.addServlet(
                        "logout",
                        LogoutServlet.builder(sessions).settings(settings).build())
                .addMapping("/auth/logout");
        context.addServlet(
                        "sessions",
                        SessionServlet.builder(sessions).settings(settings).build())
                .addMapping("/auth/sessions/*");
        context.addServlet(
                        "keys",
                        APIKeyServlet.builder(keys)
                                .settings(settings)
                                .places(places)
                                .accounts(standings)
                                .build())
                .addMapping("/api/v1/api-keys/*");
    }

    private static Places places() {
        return Places.builder()
                .proxies(TrustedProxies.of(List.of("127.0.0.1")))
                .deniedCountries(List.of("US", "GB", "CN"))
                .countryHeader("X-Country")
                .letUnknownCountriesIn()
                .build();
    }

    private static PermissionRules rules() {
        List<String> trades = List.of("trades.localhost");
        return PermissionRules.builder()
                .rule("GET", "/health", Requirement.anyone())
                .ruleOn(List.of("edge.localhost"), "POST", LOGIN, Requirement.anyone())
                .rule("GET", LOGIN, Requirement.anyone())
                .rule("POST", "/auth/web/login", Requirement.signedIn())
                .rule("POST", "/auth/logout", Requirement.signedIn())
                .rule("GET, DELETE", "/auth/sessions/**", Requirement.signedIn())
                .rule("GET", "/api/v1/api-keys/**", Requirement.signedIn())
                .rule("GET", "/full/v1/ws", Requirement.allOf("trade:write"))
                .rule("GET", "/me", Requirement.signedIn())
                .rule("GET", "/pairs/{pair}", Requirement.signedIn())
                .rule("GET", "/problem/{pair}", Requirement.signedIn())
                .rule("GET", "/full/v1/pairs/{pair}", Requirement.signedIn())
                .rule("GET", "/opaque/{pair}", Requirement.allOf("account:read"))
                .rule("GET", "/opaque/trade", Requirement.allOf("trade:write"))
                .rule("GET", "/opaque/me", Requirement.signedIn(), CredentialKind.JWT)
                .ruleOn(trades, "POST", "/full/v1/create_order", Requirement.allOf("trade:write"))
                .ruleOn(List.of("market-data.localhost"), "POST", "/full/v1/instrument", Requirement.anyone())
                .otherHostsServeAll()
                .refuseWhen(PAIR_CLOSED, TradingApp::isClosedPair)
                .build();
    }

    /** The application's own rule: one pair is closed to API keys. */
    static boolean isClosedPair(Caller caller, AuthRequest request) {
        return caller.kind() == CredentialKind.API_KEY && request.segments().contains("PEPE");
    }

    /** A key of an account, tied to addresses or not. */
    IssuedAPIKey key(String account, String... addresses) {
        return keys.ofAccount(account, Actor.APPLICATION)
                .issue(KeyRequest.named("CI").scopes(List.of("account:read")).allowList(List.of(addresses)));
    }

    /** A key that works until then. */
    IssuedAPIKey key(String account, Instant until) {
        return keys.ofAccount(account, Actor.APPLICATION)
                .issue(KeyRequest.named("CI").scopes(List.of("account:read")).expiresAt(until));
    }

    void delete(IssuedAPIKey key) {
        keys.delete(key.key().id());
    }

    void revoke(IssuedAPIKey key) {
        keys.revoke(key.key().id());
    }

    OpenedSession login(IssuedAPIKey key) {
        Sessions anywhere =
                Sessions.builder().store(sessionStore).keys(keyMethod).build();
        LoginOutcome outcome = anywhere.login(SecretText.of(key.plaintext()), new NoHeaders());
        return ((LoginOutcome.Opened) outcome).opened();
    }

    OpenedSession user(String account, String... permissions) {
        Caller caller = Caller.of(CredentialKind.JWT, account, List.of(permissions), Map.of());
        return sessions.open(caller, LoginType.WEB);
    }

    /** A request as a client of a session sends it. */
    static Ask as(OpenedSession opened, Ask ask) {
        return ask.with("Cookie", "theme=dark; gravity=" + opened.cookieValue().reveal())
                .with("X-Grvt-Account-Id", opened.session().account());
    }

    static String down() {
        return StubMethod.down(Reason.SESSION_STORE_UNAVAILABLE, Duration.ofSeconds(3));
    }

    @Override
    public void close() {
        keyMethod.close();
    }

    private record NoHeaders() implements AuthRequest {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }
    }
}
