package dev.portcullis.auth.example;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.PermissionFilter;
import java.util.ArrayList;
import java.util.List;

/** The two filters in front of the API, and what they stand on. */
final class Guard implements AutoCloseable {

    private final List<Runnable> opened = new ArrayList<>();
    private final AuthenticationFilter authentication;
    private final PermissionFilter permissions;
    private final FilterSettings settings;

    /**
     * Filters as they are set up.
     *
     * @throws IllegalArgumentException if a setting is wrong
     */
    Guard(Setup setup) {
        PermissionRules rules = rules(setup.routes());
        this.settings = settings(setup.words());
        AuthenticationFilter.Builder finding =
                AuthenticationFilter.builder(method(setup)).settings(settings);
        if (setup.routes().ignoreBadCredentials()) {
            finding.ignoreBadCredentialsOnOpenRoutes(rules);
        }
        this.authentication = finding.build();
        this.permissions = PermissionFilter.builder(rules).settings(settings).build();
    }

    private static FilterSettings settings(Setup.Words words) {
        FilterSettings.Builder settings = FilterSettings.builder().errorFormat(words.format());
        String realm = words.realm();
        return realm == null ? settings.build() : settings.realm(realm).build();
    }

    private AuthenticationMethod method(Setup setup) {
        List<AuthenticationMethod> methods = new ArrayList<>();
        Setup.Keys keys = setup.keys();
        if (keys != null) {
            methods.add(keys(keys));
        }
        Setup.Tokens tokens = setup.tokens();
        if (tokens != null) {
            methods.add(tokens(tokens));
        }
        return AuthenticationMethod.firstOf(methods.toArray(AuthenticationMethod[]::new));
    }

    private AuthenticationMethod keys(Setup.Keys accepted) {
        APIKeyAuthentication.Builder keys = APIKeyAuthentication.builder()
                .store(accepted.store())
                .environments(accepted.environments().toArray(Environment[]::new));
        if (accepted.maximumAge() != null) {
            keys.maximumKeyAge(accepted.maximumAge());
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
        PermissionRules.Builder rules = PermissionRules.builder().unnamedRoutes(routes.unnamed());
        for (Setup.Rule rule : routes.rules().isEmpty() ? own() : routes.rules()) {
            rules.rule(
                    rule.methods(),
                    rule.path(),
                    rule.requirement(),
                    rule.kinds().toArray(CredentialKind[]::new));
        }
        return rules.build();
    }

    /** What the routes of the API require. Write does not imply read. */
    private static List<Setup.Rule> own() {
        String change = "POST, PUT, PATCH, DELETE";
        return List.of(
                Setup.Rule.of("GET", "/health", Requirement.anyone()),
                Setup.Rule.of("GET", "/api/v1/leagues/**", Requirement.allOf("catalog:read")),
                Setup.Rule.of(change, "/api/v1/leagues/**", Requirement.allOf("catalog:write")),
                Setup.Rule.of("GET", "/api/v1/sources/**", Requirement.allOf("holdings:read")),
                Setup.Rule.of(change, "/api/v1/sources/**", Requirement.allOf("holdings:write")),
                // Whose keys somebody manages, and that it takes a person, is for the endpoints to say.
                Setup.Rule.of("GET, " + change, "/api/v1/api-keys/**", Requirement.signedIn()),
                Setup.Rule.of("GET", "/api/v1/api-keys/openapi.json", Requirement.anyone()),
                Setup.Rule.of("GET", "/api-keys/**", Requirement.anyone()),
                // Reports are proven by their signatures.
                Setup.Rule.of("POST", "/leaks", Requirement.anyone()));
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
