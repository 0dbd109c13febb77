package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.example.PlaceSettings;
import dev.portcullis.auth.example.Setup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A setup as the properties that say the same. */
final class SetupProperties {

    private final Map<String, Object> properties = new LinkedHashMap<>();

    SetupProperties(Setup setup) {
        put("server.port", setup.port());
        add(setup.tokens());
        add(setup.keys());
        add(setup.routes());
        put("portcullis.errors.format", setup.words().format());
        put("portcullis.errors.realm", setup.words().realm());
        add(setup.places());
        // As large as the bodies that the API reads; a method that is made elsewhere has a size of its own.
        put("portcullis.signatures.maximum-body", setup.kept().signing().hasClockOfItsOwn() ? null : "16KB");
    }

    Map<String, Object> all() {
        return properties;
    }

    private void add(Setup.@Nullable Tokens tokens) {
        if (tokens == null) {
            return;
        }
        put("portcullis.jwt.permissions-claim", tokens.permissionsClaim());
        for (int i = 0; i < tokens.issuers().size(); i++) {
            Setup.Issuer issuer = tokens.issuers().get(i);
            String at = "portcullis.jwt.issuers[" + i + "].";
            put(at + "issuer", issuer.name());
            put(at + "jwks-uri", issuer.jwks().toString());
            put(at + "audience", issuer.audiences());
            put(at + "authorized-parties", issuer.authorizedParties());
        }
    }

    private void add(Setup.@Nullable Keys keys) {
        put("portcullis.api-keys.enabled", keys != null);
        put("portcullis.signatures.management.enabled", keys != null);
        if (keys != null) {
            put(
                    "portcullis.api-keys.environments",
                    keys.environments().stream().map(Environment::label).collect(Collectors.joining(",")));
            put("portcullis.api-keys.issuing.scope-catalogue", Setup.Keys.scopes());
            put("portcullis.api-keys.maximum-key-age", keys.lifetimes().maximumAge());
            put("portcullis.api-keys.lapse-after-issue", keys.lifetimes().afterIssue());
            put("portcullis.api-keys.lapse-after-last-use", keys.lifetimes().afterLastUse());
            put("portcullis.api-keys.warn-before-expiry", keys.lifetimes().warnedAhead());
        }
    }

    private void add(PlaceSettings places) {
        put("portcullis.places.trusted-proxies", places.trustedProxies());
        put("portcullis.places.denied-countries", places.deniedCountries());
        put("portcullis.places.country-database", places.database());
        put("portcullis.places.country-header", places.countryHeader());
        put("portcullis.places.let-unknown-countries-in", true);
    }

    /** Where there are no rules, those of {@code application.yaml} are in force. */
    private void add(Setup.Routes routes) {
        put("portcullis.ignore-bad-credentials-on-open-routes", routes.ignoreBadCredentials());
        put("portcullis.unnamed-routes", routes.unnamed() instanceof Requirement.SignedIn ? "signed-in" : "nobody");
        if (!routes.rules().isEmpty()) {
            // These take the place of the file's, of which some name hosts.
            put(
                    "portcullis.other-hosts-serve-all",
                    routes.rules().stream().anyMatch(rule -> !rule.hosts().isEmpty()));
            put("portcullis.sessions.endpoints.hosts", "");
        }
        for (int i = 0; i < routes.rules().size(); i++) {
            Setup.Rule rule = routes.rules().get(i);
            String at = "portcullis.rules[" + i + "].";
            put(at + "methods", rule.methods());
            put(at + "path", rule.path());
            put(at + "kinds", rule.kinds());
            put(at + "hosts", rule.hosts());
            if (rule.requirement() instanceof Requirement.AllOf all) {
                put(at + "permissions", all.permissions());
            } else {
                put(at + "anonymous", rule.requirement() instanceof Requirement.Anyone);
            }
        }
    }

    private void put(String name, @Nullable Object value) {
        if (value != null) {
            properties.put(name, value);
        }
    }
}
