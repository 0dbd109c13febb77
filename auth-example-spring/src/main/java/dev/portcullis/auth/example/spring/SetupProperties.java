package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.apikey.Environment;
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
        put("portcullis.ignore-bad-credentials-on-open-routes", setup.routes().ignoreBadCredentials());
        put("portcullis.errors.format", setup.words().format());
        put("portcullis.errors.realm", setup.words().realm());
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
        if (keys != null) {
            put(
                    "portcullis.api-keys.environments",
                    keys.environments().stream().map(Environment::label).collect(Collectors.joining(",")));
            put("portcullis.api-keys.maximum-key-age", keys.maximumAge());
        }
    }

    private void put(String name, @Nullable Object value) {
        if (value != null) {
            properties.put(name, value);
        }
    }
}
