package dev.portcullis.auth.example;

import dev.portcullis.auth.Admission;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.KeyJudge;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.account.Accounts;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.ExpiryWarning;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.place.CountryDatabase;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.PermissionFilter;
import dev.portcullis.auth.servlet.session.OpenSockets;
import dev.portcullis.auth.session.SessionAuthentication;
import dev.portcullis.auth.session.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two filters in front of the API, and what they stand on. */
final class Guard implements AutoCloseable {

    /** Serves log-ins alone. */
    static final String AUTHENTICATION_HOST = "edge.localhost";

    /** Serves trading. */
    static final String TRADING_HOST = "trades.localhost";

    /** Serves what everybody may know of the market. */
    static final String MARKET_HOST = "market-data.localhost";

    private final List<Runnable> opened = new ArrayList<>();
    private final AuthenticationFilter authentication;
    private final PermissionFilter permissions;
    private final FilterSettings settings;
    private final PermissionRules rules;
    private final Places places;
    private final Accounts accounts;
    private final KeyJudge judge;
    private final Sessions sessions;
    private final OpenSockets sockets;

    /**
     * Filters as they are set up.
     *
     * @throws IllegalArgumentException if a setting is wrong
     */
    Guard(Setup setup) {
        this.rules = rules(setup.routes());
        this.settings = settings(setup);
        CountryDatabase countries = setup.places().openDatabase();
        if (countries != null) {
            opened.add(countries::close);
        }
        this.places = setup.places().places(countries);
        this.accounts = Accounts.in(setup.kept().accounts());
        APIKeyAuthentication keys = setup.keys() == null ? null : keys(setup.keys());
        this.judge = keys == null ? KeyJudge.ofNoKeys() : keys;
        Admission admission = Admission.allOf(places, accounts);
        this.sessions = Sessions.builder()
                .store(setup.kept().sessions())
                .keys(judge)
                .admission(admission)
                .limits(setup.kept().limits().client(places::clientOf))
                .build();
        AuthenticationMethod callers = method(setup, keys);
        this.sockets = OpenSockets.builder(callers.admitting(accounts))
                .rules(rules)
                .settings(settings)
                .start();
        opened.add(sockets::close);
        AuthenticationMethod method = callers.admitting(admission.exceptOn(only("GET", "/api/v1/api-keys/self")))
                .exceptOn(only("POST", "/auth/api_key/login"));
        AuthenticationFilter.Builder finding =
                AuthenticationFilter.builder(method).settings(settings);
        if (setup.routes().ignoreBadCredentials()) {
            finding.ignoreBadCredentialsOnOpenRoutes(rules);
        }
        this.authentication = finding.build();
        this.permissions = PermissionFilter.builder(rules).settings(settings).build();
    }

    /** One route, for what makes an exception of it. */
    private static PermissionRules only(String method, String path) {
        return PermissionRules.builder()
                .rule(method, path, Requirement.anyone())
                .build();
    }

    /** How refusals are written, and who is warned. */
    static FilterSettings settings(Setup setup) {
        FilterSettings.Builder settings =
                FilterSettings.builder().errorFormat(setup.words().format());
        String realm = setup.words().realm();
        if (realm != null) {
            settings.realm(realm);
        }
        Duration ahead = setup.keys() == null ? null : setup.keys().lifetimes().warnedAhead();
        if (ahead != null) {
            settings.expiryWarning(ExpiryWarning.ahead(ahead));
        }
        return settings.build();
    }

    private AuthenticationMethod method(Setup setup, @Nullable APIKeyAuthentication keys) {
        List<AuthenticationMethod> methods = new ArrayList<>();
        if (keys != null) {
            methods.add(keys);
        }
        methods.add(SessionAuthentication.builder()
                .store(setup.kept().sessions())
                .keys(judge)
                .build());
        Setup.Tokens tokens = setup.tokens();
        if (tokens != null) {
            methods.add(tokens(tokens));
        }
        // Last, for whoever sends a signature is asked first all the same.
        methods.add(setup.kept().signing().authentication());
        return AuthenticationMethod.firstOf(methods);
    }

    private APIKeyAuthentication keys(Setup.Keys accepted) {
        APIKeyAuthentication.Builder keys = APIKeyAuthentication.builder()
                .store(accepted.store())
                .environments(accepted.environments().toArray(Environment[]::new));
        Setup.Lifetimes lifetimes = accepted.lifetimes();
        if (lifetimes.maximumAge() != null) {
            keys.maximumKeyAge(lifetimes.maximumAge());
        }
        if (lifetimes.afterIssue() != null) {
            keys.lapseAfterIssue(lifetimes.afterIssue());
        }
        if (lifetimes.afterLastUse() != null) {
            keys.lapseAfterLastUse(lifetimes.afterLastUse());
        }
        APIKeyAuthentication made = keys.build();
        opened.add(made::close);
        return made;
    }

    private AuthenticationMethod tokens(Setup.Tokens accepted) {
        JWKSAuthentication.Builder tokens = JWKSAuthentication.builder().permissionsClaim(accepted.permissionsClaim());
        accepted.issuers().forEach(issuer -> tokens.trust(issuer.trusted()));
        JWKSAuthentication made = tokens.build();
        opened.add(made::close);
        return made;
    }

    private static PermissionRules rules(Setup.Routes routes) {
        PermissionRules.Builder rules = PermissionRules.builder()
                .unnamedRoutes(routes.unnamed())
                .message(TradingDesk.PAIR_CLOSED)
                .message(TradingDesk.NOT_ON_RPI_LIST);
        List<Setup.Rule> all = routes.rules().isEmpty() ? own() : routes.rules();
        for (Setup.Rule rule : all) {
            rules.ruleOn(
                    rule.hosts(),
                    rule.methods(),
                    rule.path(),
                    rule.requirement(),
                    rule.kinds().toArray(CredentialKind[]::new));
        }
        if (all.stream().anyMatch(rule -> !rule.hosts().isEmpty())) {
            rules.otherHostsServeAll();
        }
        return rules.build();
    }

    /** What the routes of the API require. Write does not imply read. */
    static List<Setup.Rule> own() {
        String change = "POST, PUT, PATCH, DELETE";
        return List.of(
                Setup.Rule.of("GET", "/health", Requirement.anyone()),
                Setup.Rule.of("GET", "/api/v1/leagues/**", Requirement.allOf("catalog:read")),
                Setup.Rule.of(change, "/api/v1/leagues/**", Requirement.allOf("catalog:write")),
                Setup.Rule.of("GET", "/api/v1/sources/**", Requirement.allOf("holdings:read")),
                Setup.Rule.of(change, "/api/v1/sources/**", Requirement.allOf("holdings:write")),
                // Whose keys somebody manages, and that it takes a person, is for the endpoints to say.
                Setup.Rule.of("GET, " + change, "/api/v1/api-keys/**", Requirement.signedIn()),
                Setup.Rule.of("GET", "/api/v1/api-keys/self", Requirement.signedIn()),
                Setup.Rule.of("GET, " + change, "/api/v1/signing-keys/**", Requirement.signedIn()),
                Setup.Rule.of("GET", "/api/v1/api-keys/openapi.json", Requirement.anyone()),
                Setup.Rule.of("GET", "/api/v1/signing-keys/openapi.json", Requirement.anyone()),
                Setup.Rule.of("GET", "/api-keys/**", Requirement.anyone()),
                // Reports are proven by their signatures.
                Setup.Rule.of("POST", "/leaks", Requirement.anyone()),
                // What is sent there, the login judges by itself.
                Setup.Rule.of("POST", "/auth/api_key/login", Requirement.anyone())
                        .on(AUTHENTICATION_HOST),
                Setup.Rule.of("POST", "/auth/web/login", Requirement.signedIn()).on(AUTHENTICATION_HOST),
                Setup.Rule.of("POST", "/auth/mobile/login", Requirement.signedIn())
                        .on(AUTHENTICATION_HOST),
                Setup.Rule.of("POST", "/auth/logout", Requirement.signedIn()).on(AUTHENTICATION_HOST),
                Setup.Rule.of("GET, DELETE", "/auth/sessions/**", Requirement.signedIn())
                        .on(AUTHENTICATION_HOST),
                Setup.Rule.of("POST", "/full/v1/account_summary", Requirement.allOf("account:read"))
                        .on(TRADING_HOST),
                Setup.Rule.of("POST", "/full/v1/create_order", Requirement.allOf("trade:write"))
                        .on(TRADING_HOST),
                // A signature is good for seconds, and so is what cannot be judged again while the socket is open.
                Setup.Rule.of(
                                "GET",
                                "/ws/full",
                                Requirement.allOf("account:read"),
                                CredentialKind.JWT,
                                CredentialKind.API_KEY,
                                CredentialKind.SESSION)
                        .on(TRADING_HOST),
                Setup.Rule.of("POST", "/full/v1/instrument", Requirement.anyone())
                        .on(MARKET_HOST),
                Setup.Rule.of("POST", "/full/v1/all_instruments", Requirement.anyone())
                        .on(MARKET_HOST),
                Setup.Rule.of("POST", "/full/v1/currency", Requirement.anyone()).on(MARKET_HOST),
                Setup.Rule.of("GET", "/v1/time", Requirement.anyone()),
                // Consumption keys.
                Setup.Rule.of("POST", "/v1/chat/completions", Requirement.signedIn(), CredentialKind.API_KEY),
                Setup.Rule.of("POST", "/v1/messages", Requirement.signedIn(), CredentialKind.API_KEY),
                // Trading keys.
                Setup.Rule.of("GET", "/v1/markets", Requirement.signedIn(), CredentialKind.SIGNATURE),
                Setup.Rule.of("GET", "/v1/balances", Requirement.signedIn(), CredentialKind.SIGNATURE),
                Setup.Rule.of("GET, POST", "/v1/orders", Requirement.signedIn(), CredentialKind.SIGNATURE),
                Setup.Rule.of("GET, DELETE", "/v1/orders/{id}", Requirement.signedIn(), CredentialKind.SIGNATURE));
    }

    /** What the routes require. */
    PermissionRules rules() {
        return rules;
    }

    /** Opens sessions, and ends them. */
    Sessions sessions() {
        return sessions;
    }

    /** From where requests are let in. */
    Places places() {
        return places;
    }

    /** How accounts stand. */
    Accounts accounts() {
        return accounts;
    }

    /** Closes sockets whose session or key has died. */
    OpenSockets sockets() {
        return sockets;
    }

    /** Finds out who is calling. */
    AuthenticationFilter authentication() {
        return authentication;
    }

    /** How refusals are written, by whomever. */
    FilterSettings settings() {
        return settings;
    }

    /** Decides who may go on. */
    PermissionFilter permissions() {
        return permissions;
    }

    @Override
    public void close() {
        opened.forEach(Runnable::run);
    }
}
