package dev.portcullis.auth.spring;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes permission rules of {@code portcullis.rules} and {@code portcullis.unnamed-routes}. */
final class RuleSettings {

    private static final String RULES = "portcullis.rules";

    private RuleSettings() {}

    /**
     * The rules.
     *
     * @param more what the application adds to them
     */
    static PermissionRules rules(PortcullisProperties properties, List<PermissionRulesCustomizer> more) {
        List<PortcullisProperties.Rule> given = properties.rules();
        PortcullisProperties.Access unnamed = properties.unnamedRoutes();
        PermissionRules.Builder rules = PermissionRules.builder();
        for (int i = 0; i < given.size(); i++) {
            String at = RULES + "[" + i + "]";
            try {
                add(PermissionRules.builder(), at, given.get(i)).build();
            } catch (IllegalArgumentException e) {
                throw CoreSetting.wrong(e, at);
            }
            add(rules, at, given.get(i));
        }
        addKeyRoutes(rules, properties.apiKeys());
        SessionSettings.addRoutes(rules, properties.sessions());
        SignatureProperties signatures = properties.signatures();
        if (signatures.management().enabled() && !Boolean.FALSE.equals(signatures.enabled())) {
            String endpoints = new SignatureSettings(signatures).endpoints();
            rules.rule("GET", endpoints + "/openapi.json", Requirement.anyone());
            rules.rule("*", endpoints + "/**", Requirement.signedIn());
        }
        rules.unnamedRoutes(access(unnamed));
        if (properties.otherHostsServeAll()) {
            rules.otherHostsServeAll();
        }
        more.forEach(customizer -> customizer.customize(rules));
        try {
            return rules.build();
        } catch (IllegalArgumentException e) {
            throw CoreSetting.wrong(e, RULES);
        }
    }

    /** Who may get at the endpoints and the page that the properties ask for. What is not asked for is not opened. */
    private static void addKeyRoutes(PermissionRules.Builder rules, APIKeyProperties keys) {
        if (Boolean.FALSE.equals(keys.enabled())) {
            return;
        }
        KeyPaths paths = new KeyPaths(keys);
        if (keys.management().enabled()) {
            List<String> required = keys.management().permissions();
            rules.rule("GET", paths.endpoints() + "/openapi.json", Requirement.anyone());
            rules.rule("GET", paths.endpoints() + "/self", Requirement.signedIn());
            rules.rule(
                    "*",
                    paths.endpoints() + "/**",
                    required.isEmpty() ? Requirement.signedIn() : Requirement.allOf(required));
        }
        if (keys.page().enabled()) {
            rules.rule("GET", paths.page() + "/**", Requirement.anyone());
        }
    }

    /** The endpoint that tells a caller about itself, also one who is turned away elsewhere; null if there is none. */
    static @Nullable PermissionRules self(APIKeyProperties keys) {
        return Boolean.FALSE.equals(keys.enabled()) || !keys.management().enabled()
                ? null
                : PermissionRules.builder()
                        .rule("GET", new KeyPaths(keys).endpoints() + "/self", Requirement.anyone())
                        .build();
    }

    private static PermissionRules.Builder add(
            PermissionRules.Builder rules, String at, PortcullisProperties.Rule rule) {
        String path = rule.path();
        if (path == null || path.isBlank()) {
            throw new SettingException(
                    at + ".path", "is missing", "Set it to the path of the route, such as /api/v1/leagues/**.");
        }
        return rules.ruleOn(
                rule.hosts(),
                String.join(", ", rule.methods()),
                path,
                requirement(at, rule),
                rule.kinds().toArray(CredentialKind[]::new));
    }

    private static Requirement requirement(String at, PortcullisProperties.Rule rule) {
        List<Requirement> said = new ArrayList<>();
        if (!rule.permissions().isEmpty()) {
            said.add(Requirement.allOf(rule.permissions()));
        }
        if (rule.anonymous()) {
            said.add(Requirement.anyone());
        }
        if (rule.signedIn()) {
            said.add(Requirement.signedIn());
        }
        if (rule.nobody()) {
            said.add(Requirement.nobody());
        }
        if (said.size() != 1) {
            throw new SettingException(
                    at,
                    said.isEmpty() ? "says nothing of who may go on" : "says more than one thing of who may go on",
                    "Set exactly one of " + at + ".permissions, .anonymous=true, .signed-in=true and .nobody=true.");
        }
        return said.get(0);
    }

    private static Requirement access(PortcullisProperties.@Nullable Access access) {
        if (access == null) {
            return Requirement.nobody();
        }
        return switch (access) {
            case ANYONE -> Requirement.anyone();
            case SIGNED_IN -> Requirement.signedIn();
            case NOBODY -> Requirement.nobody();
        };
    }
}
