package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.SettingValuesTest.assertRefused;
import static dev.portcullis.auth.spring.SettingValuesTest.properties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.IPAddress;
import dev.portcullis.auth.KeyJudge;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.apikey.KeyHashing;
import dev.portcullis.auth.apikey.Pepper;
import dev.portcullis.auth.place.CountryDatabase;
import dev.portcullis.auth.session.InMemorySessionStore;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.Session;
import dev.portcullis.auth.session.SessionTransport;
import dev.portcullis.auth.session.Sessions;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import dev.portcullis.auth.testkit.CountryFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.mock.env.MockEnvironment;

/** Each property does what it says, without a context. */
class SettingEffectsTest {

    @TempDir
    private Path directory;

    private record Request(Map<String, String> fields) implements AuthRequest {

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String remoteAddress() {
            return "192.0.2.1";
        }

        @Override
        public List<String> headers(String name) {
            String value = fields.get(name);
            return value == null ? List.of() : List.of(value);
        }
    }

    private static final AuthRequest REQUEST = new Request(Map.of());

    private static PermissionRules rules(String... lines) {
        return RuleSettings.rules(properties(lines), List.of());
    }

    @Test
    void a_rule_says_who_may_go_on() {
        PermissionRules rules = rules(
                "rules[0].path=/a",
                "rules[0].permissions=x,y",
                "rules[1].path=/b",
                "rules[1].anonymous=true",
                "rules[2].path=/c",
                "rules[2].signed-in=true",
                "rules[3].path=/d",
                "rules[3].nobody=true",
                "unnamed-routes=anyone");
        assertThat(rules.requirementFor("GET", "/a")).isEqualTo(Requirement.allOf("x", "y"));
        assertThat(rules.requirementFor("GET", "/b")).isEqualTo(Requirement.anyone());
        assertThat(rules.requirementFor("GET", "/c")).isEqualTo(Requirement.signedIn());
        assertThat(rules.requirementFor("GET", "/d")).isEqualTo(Requirement.nobody());
    }

    @Test
    void a_rule_says_one_thing_of_one_path() {
        assertRefused("rules[0].path", () -> rules("rules[0].anonymous=true"));
        assertRefused("rules[0].path", () -> rules("rules[0].anonymous=true", "rules[0].path= "));
        assertThatThrownBy(() -> rules("rules[0].path=/a")).hasMessageContaining("says nothing of who");
        for (String other : List.of("permissions=x", "signed-in=true", "nobody=true")) {
            assertRefused("rules[0]", () -> rules("rules[0].path=/a", "rules[0].anonymous=true", "rules[0]." + other));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer=a", "jwks-uri=a", "audience=a", "any-audience=true", "authorized-parties=a"})
    void an_issuer_is_given_by_any_of_its_properties(String line) {
        assertThat(properties("jwt." + line).jwt().own().isGiven()).isTrue();
        assertThat(properties("jwt.cached-tokens=1").jwt().own().isGiven()).isFalse();
    }

    @Test
    void paths_are_those_that_are_named() {
        KeyPaths keys = new KeyPaths(properties("api-keys.page.path=/k/", "api-keys.management.base-path=/b/")
                .apiKeys());
        assertThat(keys.page()).isEqualTo("/k");
        assertThat(keys.endpoints()).isEqualTo("/b");
        SessionProperties.Endpoints named = SessionPaths.checked(
                properties("sessions.endpoints.api-key-login=/l/", "sessions.endpoints.hosts=a.example,b.example")
                        .sessions()
                        .endpoints());
        assertThat(named.apiKeyLogin()).isEqualTo("/l");
        assertThat(named.webLogin()).isEmpty();
        assertThat(named.hosts()).containsExactly("a.example", "b.example");
    }

    @Test
    void a_page_stands_beside_its_endpoints() {
        assertRefused("api-keys.page.enabled", () -> new KeyPaths(properties().apiKeys()).servlet());
        assertThat(new KeyPaths(properties("api-keys.management.enabled=true").apiKeys()).servlet())
                .isNotNull();
        assertRefused(
                "api-keys.management.base-path",
                () -> new KeyPaths(properties("api-keys.management.enabled=true", "api-keys.page.token-script=x")
                                .apiKeys())
                        .servlet());
    }

    private static boolean isLetIn(@Nullable KeyHashing issuing, @Nullable KeyHashing judging) {
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        APIKeyProperties keys = properties().apiKeys();
        String key = new KeySettings(keys, issuing)
                .issuing(store)
                .issue("ann", "a", Environment.LIVE, List.of(), null)
                .plaintext();
        try (APIKeyAuthentication method = new KeySettings(keys, judging).authentication(store)) {
            return method.authenticate(new Request(Map.of("authorization", "Bearer " + key)))
                    instanceof Outcome.Authenticated;
        }
    }

    @Test
    void keys_are_hashed_as_the_bean_says() {
        KeyHashing keyed = KeyHashing.keyed(
                        Pepper.of(1, "0123456789abcdefghijklmnopqrstuv".getBytes(StandardCharsets.US_ASCII)))
                .build();
        assertThat(isLetIn(keyed, keyed)).isTrue();
        assertThat(isLetIn(keyed, null)).isFalse();
        assertThat(isLetIn(null, keyed)).isFalse();
        assertThat(isLetIn(null, null)).isTrue();
    }

    private static @Nullable Reason objection(@Nullable String country, @Nullable Caller caller, String... lines) {
        PlaceProperties given = properties(lines).places();
        return new PlaceSettings(given)
                .places(given.deniedCountries().isEmpty() ? null : address -> country)
                .objection(caller, REQUEST);
    }

    @ParameterizedTest
    @CsvSource({
        ", JWT, let-unknown-countries-in",
        "US, , only-callers-by-country",
        "US, SESSION, countries-only-at-login"
    })
    void countries_are_denied_but_where_that_is_loosened(
            @Nullable String country, @Nullable CredentialKind kind, String name) {
        Caller caller = kind == null ? null : Caller.of(kind, "ann", List.of(), Map.of());
        String denied = "places.denied-countries=US";
        assertThat(objection(country, caller, denied)).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
        assertThat(objection(country, caller, denied, "places." + name + "=true"))
                .isNull();
    }

    @Test
    void addresses_count_but_where_that_is_loosened() {
        Caller caller = Caller.of(
                CredentialKind.SESSION, "ann", List.of(), Map.of("ip_allowlist", AllowList.of(List.of("192.0.2.9"))));
        assertThat(objection(null, caller)).isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
        assertThat(objection(null, caller, "places.addresses-only-at-login=true"))
                .isNull();
    }

    @Test
    void a_country_database_is_opened_if_it_is_named() throws Exception {
        assertThat(new PlaceSettings(properties().places()).database()).isNull();
        Path file = directory.resolve("countries.mmdb");
        CountryFile.write(file, Map.of("192.0.2.0/24", "GB"));
        CountryDatabase opened = Objects.requireNonNull(
                new PlaceSettings(properties("places.country-database=" + file).places()).database());
        assertThat(opened.countryOf(Objects.requireNonNull(IPAddress.parse("192.0.2.1"))))
                .isEqualTo("GB");
        Files.writeString(file, "no database");
        assertRefused(
                "places.country-database",
                () -> new PlaceSettings(
                                properties("places.country-database=" + file).places())
                        .database());
    }

    private static SessionTransport transport(String... lines) {
        return new SessionSettings(properties(lines).sessions()).transport();
    }

    @Test
    void cookie_and_header_are_those_that_are_named() {
        assertThat(transport().cookieName()).isEqualTo("gravity");
        assertThat(transport().accountHeader()).isEqualTo("X-Grvt-Account-Id");
        assertThat(transport("sessions.cookie=a").cookieName()).isEqualTo("a");
        assertThat(transport("sessions.account-header=b").accountHeader()).isEqualTo("b");
        assertRefused("sessions.cookie", () -> transport("sessions.cookie=a b"));
        assertRefused("sessions.account-header", () -> transport("sessions.account-header=a:b"));
    }

    private static Sessions sessions(String... lines) {
        return new SessionSettings(properties(lines).sessions())
                .sessions(
                        new InMemorySessionStore(), KeyJudge.ofNoKeys(), (caller, request) -> null, LoginLimits.none());
    }

    private static Duration lifetime(Sessions sessions, LoginType type) {
        Caller ann = Caller.of(CredentialKind.JWT, "ann", List.of(), Map.of());
        Session session = sessions.open(ann, type).session();
        return Duration.between(session.createdAt(), session.expiresAt());
    }

    @Test
    void sessions_last_as_long_as_the_properties_say() {
        Sessions sessions = sessions("sessions.lifetimes.web=1h", "sessions.lifetimes.mobile=2h");
        assertThat(lifetime(sessions, LoginType.WEB)).isEqualTo(Duration.ofHours(1));
        assertThat(lifetime(sessions, LoginType.MOBILE)).isEqualTo(Duration.ofHours(2));
        assertThat(lifetime(sessions(), LoginType.WEB)).isEqualTo(Duration.ofDays(7));
        assertThat(lifetime(sessions(), LoginType.MOBILE)).isEqualTo(Duration.ofDays(90));
        for (String wrong : List.of("lifetimes.api-key", "lifetimes.web", "lifetimes.mobile", "maximum-sessions")) {
            String value = wrong.startsWith("l") ? "0s" : "0";
            assertRefused("sessions." + wrong, () -> sessions("sessions." + wrong + "=" + value));
        }
    }

    @Test
    void message_signatures_are_looked_at_if_that_is_asked_for() {
        AuthRequest named = new Request(Map.of("signature", "a=::", "signature-input", "a=()"));
        for (boolean asked : new boolean[] {true, false}) {
            SignatureProperties given = properties(
                            "signatures.single-node=true", "signatures.message-signatures=" + asked)
                    .signatures();
            try (SignedRequestAuthentication method =
                    new SignatureSettings(given).authentication(new InMemorySigningKeyStore(), null)) {
                assertThat(method.isNamedBy(named)).isEqualTo(asked);
            }
        }
    }

    private static void without(String packageOrClass, Runnable what) {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(new FilteredClassLoader(packageOrClass));
        try {
            what.run();
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    @Test
    void a_store_that_is_missing_is_told_by_what_is_missing() {
        assertThat(MissingStore.of("x", "jdbc", "Bean").problem()).startsWith("is jdbc, but there is no data source");
        assertThat(MissingStore.of("x", "redis", "Bean").problem()).startsWith("is redis, but auth-redis is not");
        without(
                "dev.portcullis.auth.jdbc",
                () -> assertThat(MissingStore.of("x", "JDBC", "Bean").problem())
                        .startsWith("is jdbc, but auth-jdbc is not"));
    }

    @Test
    void a_mode_needs_its_library() {
        MockEnvironment environment = new MockEnvironment();
        SettingCheck check = new SettingCheck(new DefaultListableBeanFactory());
        without("org.springframework.security", () -> {
            check.run(environment.withProperty("portcullis.mode", "filters"));
            environment.setProperty("portcullis.mode", "security");
            assertRefused("mode", () -> check.run(environment));
        });
        check.run(environment);
    }
}
