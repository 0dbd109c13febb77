package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Decision;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.place.CountryLookup;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.signature.InMemoryReplayMemory;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.ReplayMemory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What is made of properties, without a context. */
class SettingValuesTest {

    private static final Caller ANN = Caller.of(CredentialKind.JWT, "ann", List.of("a"), Map.of());

    /** What is made of lines such as {@code jwt.issuer=x}. */
    static PortcullisProperties properties(String... lines) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String line : lines) {
            String[] parts = line.split("=", 2);
            all.put("portcullis." + parts[0], parts[1]);
        }
        return new Binder(new MapConfigurationPropertySource(all))
                .bindOrCreate("portcullis", PortcullisProperties.class);
    }

    /** Asserts that a property, whose name is given without its prefix, is refused. */
    static void assertRefused(String property, Runnable made) {
        assertThatThrownBy(made::run)
                .isInstanceOfSatisfying(
                        SettingException.class,
                        wrong -> assertThat(wrong.property()).isEqualTo("portcullis." + property));
    }

    private static boolean permits(PermissionRules rules, @Nullable Caller caller, String method, String path) {
        return rules.decide(caller, method, path) instanceof Decision.Permitted;
    }

    private static PermissionRules rules(String... lines) {
        return RuleSettings.rules(properties(lines), List.of());
    }

    @Test
    void nothing_is_opened_that_is_not_asked_for() {
        PermissionRules rules = rules("unnamed-routes=nobody");
        for (String path : List.of(
                "/api/v1/api-keys/",
                "/api/v1/api-keys/openapi.json",
                "/api/v1/api-keys/self",
                "/api-keys/x",
                "/api/v1/signing-keys/",
                "/api/v1/signing-keys/openapi.json",
                "/auth/sessions/x")) {
            assertThat(permits(rules, ANN, "GET", path)).as(path).isFalse();
        }
        assertThat(permits(rules, ANN, "POST", "/auth/api_key/login")).isFalse();
        assertThat(permits(rules, ANN, "POST", "/auth/logout")).isFalse();
        assertThat(RuleSettings.self(properties().apiKeys())).isNull();
        assertThat(SessionSettings.login(properties().sessions())).isNull();
    }

    @ParameterizedTest
    @CsvSource({"anyone, true, true", "signed-in, false, true", "nobody, false, false"})
    void unnamed_routes_are_as_the_property_says(String access, boolean anyone, boolean ann) {
        PermissionRules rules = rules("unnamed-routes=" + access);
        assertThat(permits(rules, null, "GET", "/x")).isEqualTo(anyone);
        assertThat(permits(rules, ANN, "GET", "/x")).isEqualTo(ann);
    }

    @Test
    void endpoints_that_are_asked_for_have_their_routes() {
        PermissionRules rules = rules(
                "api-keys.management.enabled=true",
                "api-keys.page.enabled=true",
                "signatures.management.enabled=true",
                "sessions.enabled=true",
                "sessions.endpoints.web-login=/web",
                "sessions.endpoints.mobile-login=/mobile");
        for (String path :
                List.of("/api/v1/api-keys/openapi.json", "/api-keys/x", "/api/v1/signing-keys/openapi.json")) {
            assertThat(permits(rules, null, "GET", path)).as(path).isTrue();
            assertThat(permits(rules, null, "POST", path)).as(path).isFalse();
        }
        for (String path : List.of("/api/v1/api-keys/self", "/api/v1/api-keys/x", "/api/v1/signing-keys/x")) {
            assertThat(permits(rules, null, "GET", path)).as(path).isFalse();
            assertThat(permits(rules, ANN, "GET", path)).as(path).isTrue();
        }
        assertThat(permits(rules, null, "POST", "/auth/api_key/login")).isTrue();
        for (String path : List.of("/web", "/mobile", "/auth/logout")) {
            assertThat(permits(rules, null, "POST", path)).as(path).isFalse();
            assertThat(permits(rules, ANN, "POST", path)).as(path).isTrue();
        }
        assertThat(permits(rules, ANN, "DELETE", "/auth/sessions/x")).isTrue();
        assertThat(permits(rules, ANN, "POST", "/auth/sessions/x")).isFalse();
    }

    @Test
    void endpoints_that_are_left_out_have_no_routes() {
        PermissionRules rules = rules(
                "sessions.enabled=true",
                "sessions.endpoints.api-key-login=",
                "sessions.endpoints.logout=",
                "sessions.endpoints.sessions=");
        assertThat(permits(rules, null, "POST", "/auth/api_key/login")).isFalse();
        assertThat(permits(rules, ANN, "POST", "/auth/logout")).isFalse();
        assertThat(permits(rules, ANN, "GET", "/auth/sessions/x")).isFalse();
        assertThat(SessionSettings.login(properties("sessions.enabled=true", "sessions.endpoints.api-key-login=")
                        .sessions()))
                .isNull();
        assertThat(SessionSettings.login(properties("sessions.enabled=true").sessions()))
                .satisfies(login -> assertThat(permits(login, null, "POST", "/auth/api_key/login"))
                        .isTrue());
        for (String off : List.of("api-keys.enabled=false", "api-keys.management.enabled=false")) {
            assertThat(RuleSettings.self(
                            properties("api-keys.management.enabled=true", off).apiKeys()))
                    .isNull();
        }
        assertThat(RuleSettings.self(
                        properties("api-keys.management.enabled=true").apiKeys()))
                .satisfies(self -> assertThat(permits(self, null, "GET", "/api/v1/api-keys/self"))
                        .isTrue());
        assertThat(permits(
                        rules(
                                "api-keys.enabled=false",
                                "api-keys.management.enabled=true",
                                "api-keys.page.enabled=true"),
                        ANN,
                        "GET",
                        "/api-keys/x"))
                .isFalse();
        assertThat(permits(
                        rules("signatures.enabled=false", "signatures.management.enabled=true"),
                        ANN,
                        "GET",
                        "/api/v1/signing-keys/x"))
                .isFalse();
    }

    @Test
    void permissions_of_the_endpoints_are_required() {
        PermissionRules rules = rules("api-keys.management.enabled=true", "api-keys.management.permissions=a,b");
        assertThat(permits(rules, ANN, "GET", "/api/v1/api-keys/x")).isFalse();
        assertThat(permits(rules, ANN, "GET", "/api/v1/api-keys/self")).isTrue();
    }

    @Test
    void customizers_add_to_the_rules() {
        PermissionRulesCustomizer more = rules -> rules.rule("GET", "/more", Requirement.anyone());
        assertThat(permits(RuleSettings.rules(properties(), List.of(more)), null, "GET", "/more"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "/", "", "/a//b", "/a/./b", "/a/..", "/a b", "/a%20", "/a/*"})
    void a_path_is_one_of_plain_segments(String path) {
        assertRefused("x", () -> KeyPaths.checked("portcullis.x", path));
    }

    @Test
    void a_path_has_no_slash_at_its_end() {
        assertThat(KeyPaths.checked("x", "/a/b/")).isEqualTo("/a/b");
        assertThat(KeyPaths.checked("x", "/a/..b")).isEqualTo("/a/..b");
        assertRefused(
                "api-keys.page.path",
                () -> new KeyPaths(properties("api-keys.page.path=/k", "api-keys.management.base-path=/k/")
                                .apiKeys())
                        .page());
        assertRefused(
                "sessions.endpoints.logout",
                () -> SessionPaths.checked(
                        properties("sessions.endpoints.web-login=/a", "sessions.endpoints.logout=/a/")
                                .sessions()
                                .endpoints()));
        assertRefused(
                "sessions.endpoints.hosts",
                () -> SessionPaths.checked(properties("sessions.endpoints.hosts=http://x")
                        .sessions()
                        .endpoints()));
    }

    private static void places(@Nullable CountryLookup lookup, String... lines) {
        new PlaceSettings(properties(lines).places()).places(lookup);
    }

    /** What says nothing, and what says two things. */
    @Test
    void contradictions_of_places_are_refused() {
        CountryLookup lookup = address -> "US";
        places(null);
        places(lookup);
        places(lookup, "places.denied-countries=US");
        places(null, "places.denied-countries=US", "places.country-header=X-C", "places.trusted-proxies=127.0.0.1");
        assertRefused("places.denied-countries", () -> places(null, "places.denied-countries=US"));
        assertRefused("places.denied-countries", () -> places(lookup, "places.denied-countries=Narnia"));
        assertRefused("places.trusted-proxies", () -> places(null, "places.trusted-proxies=x"));
        assertRefused(
                "places.country-header",
                () -> places(
                        lookup,
                        "places.denied-countries=US",
                        "places.country-header=X-C",
                        "places.trusted-proxies=127.0.0.1"));
        assertRefused(
                "places.country-header",
                () -> places(null, "places.country-header=X-C", "places.trusted-proxies=127.0.0.1"));
        assertRefused("places.country-database", () -> places(null, "places.country-database=/none"));
        assertRefused(
                "places.country-header", () -> places(null, "places.denied-countries=US", "places.country-header=X-C"));
    }

    private static void signed(@Nullable ReplayMemory shared, String... lines) {
        new SignatureSettings(properties(lines).signatures()).authentication(new InMemorySigningKeyStore(), shared);
    }

    @Test
    void a_memory_of_requests_is_shared_or_asked_for() {
        ReplayMemory shared = new InMemoryReplayMemory();
        signed(shared);
        signed(shared, "signatures.replay-memory=redis");
        signed(null, "signatures.single-node=true");
        signed(null, "signatures.replay-protection=off");
        assertRefused("signatures.single-node", () -> signed(null));
        assertRefused("signatures.replay-memory", () -> signed(null, "signatures.replay-memory=redis"));
        assertRefused("signatures.single-node", () -> signed(shared, "signatures.single-node=true"));
        assertRefused("signatures.replay-memory", () -> signed(shared, "signatures.replay-memory=memory"));
        assertRefused(
                "signatures.single-node",
                () -> signed(null, "signatures.replay-protection=off", "signatures.single-node=true"));
        assertRefused(
                "signatures.replay-memory",
                () -> signed(null, "signatures.replay-protection=off", "signatures.replay-memory=memory"));
        assertRefused("signatures.window", () -> signed(shared, "signatures.window=1d"));
        assertRefused("signatures.header-prefix", () -> signed(shared, "signatures.header-prefix=a b"));
        assertRefused(
                "signatures.maximum-keys",
                () -> new SignatureSettings(
                                properties("signatures.maximum-keys=0").signatures())
                        .keys(new InMemorySigningKeyStore()));
    }

    @ParameterizedTest
    @CsvSource({
        "maximum-keys=0, issuing.maximum-keys",
        "maximum-addresses=-1, issuing.maximum-addresses",
        "maximum-lifetime=0s, issuing.maximum-lifetime",
        "usual-lifetime=0s, issuing.usual-lifetime",
        "scope-catalogue=a b, issuing.scope-catalogue"
    })
    void wrong_limits_of_issuing_are_named(String line, String property) {
        KeySettings settings =
                new KeySettings(properties("api-keys.issuing." + line).apiKeys(), null);
        assertRefused("api-keys." + property, () -> settings.issuing(new InMemoryAPIKeyStore()));
    }

    @ParameterizedTest
    @CsvSource({
        "prefix=GRD, prefix",
        "maximum-key-age=0s, maximum-key-age",
        "lapse-after-issue=0s, lapse-after-issue",
        "lapse-after-last-use=0s, lapse-after-last-use"
    })
    void wrong_rules_for_keys_are_named(String line, String property) {
        KeySettings settings = new KeySettings(properties("api-keys." + line).apiKeys(), null);
        assertRefused("api-keys." + property, () -> settings.authentication(new InMemoryAPIKeyStore()));
        if (property.equals("prefix")) {
            assertRefused("api-keys.prefix", () -> settings.issuing(new InMemoryAPIKeyStore()));
        }
    }

    private static void errors(String... lines) {
        ErrorSettings.apply(properties(lines).errors(), FilterSettings.builder());
    }

    @Test
    void formats_by_path_are_whole() {
        errors("errors.by-path[0].format=coded", "errors.by-path[0].paths=/full/**");
        assertRefused("errors.by-path[0].format", () -> errors("errors.by-path[0].paths=/full/**"));
        assertRefused("errors.by-path[0].paths", () -> errors("errors.by-path[0].format=coded"));
        assertRefused(
                "errors.by-path[1].paths",
                () -> errors(
                        "errors.by-path[0].format=coded",
                        "errors.by-path[0].paths=/full/**",
                        "errors.by-path[1].format=opaque",
                        "errors.by-path[1].paths=x"));
        assertRefused("api-keys.warn-before-expiry", () -> ErrorSettings.warning(Duration.ZERO));
        assertThat(ErrorSettings.warning(Duration.ofDays(1))).isNotNull();
    }
}
