package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.SettingValuesTest.assertRefused;
import static dev.portcullis.auth.spring.SettingValuesTest.properties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Admission;
import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthListener;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.apikey.KeyHashing;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.servlet.FilterSettings;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What beans are made of, without a context. */
class PortcullisAutoConfigurationTest {

    private static final AuthEvent NOBODY = AuthEvent.of(Outcome.notApplicable(), 1);

    private final PortcullisAutoConfiguration made = new PortcullisAutoConfiguration();
    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private final MockEnvironment environment = new MockEnvironment();

    private record Request(String method, String path) implements AuthRequest {

        @Override
        public List<String> headers(String name) {
            return List.of();
        }
    }

    private static Outcome caller(String name) {
        return Outcome.authenticated(Caller.of(CredentialKind.CUSTOM, name, List.of(), Map.of()));
    }

    private FilterSettings settings(String... lines) {
        return made.portcullisFilterSettings(properties(lines), beans.getBeanProvider(AuthListener.class));
    }

    private RequestFilters filters(String... lines) {
        return made.portcullisRequestFilters(
                properties(lines),
                environment,
                PortcullisAutoConfiguration.portcullisSettingCheck(beans),
                beans.getBeanProvider(AuthenticationMethod.class),
                beans.getBeanProvider(Admission.class),
                beans.getBeanProvider(MethodDecorator.class),
                beans.getBeanProvider(PermissionRules.class),
                FilterSettings.builder().build());
    }

    private static MockHttpServletResponse refused(FilterSettings settings, String path) throws IOException {
        MockHttpServletResponse answer = new MockHttpServletResponse();
        settings.refusalsFor(new MockHttpServletRequest("GET", path)).refuse(answer, Reason.NO_CREDENTIALS);
        return answer;
    }

    @Test
    void refusals_are_written_as_the_properties_say() throws Exception {
        FilterSettings settings = settings(
                "errors.format=problem",
                "errors.realm=here",
                "errors.by-path[0].format=detail",
                "errors.by-path[0].paths=/plain");
        assertThat(refused(settings, "/x").getContentType()).isEqualTo("application/problem+json");
        assertThat(refused(settings, "/plain").getContentType()).isEqualTo("application/json");
        assertThat(refused(settings, "/x").getHeader("WWW-Authenticate")).isEqualTo("Bearer realm=\"here\"");
        assertThat(refused(settings(), "/x").getHeader("WWW-Authenticate")).isEqualTo("Bearer");
        assertRefused("errors.realm", () -> settings("errors.realm=\"\n"));
    }

    private int statusOfPreflight(String... lines) throws Exception {
        Outcome bad = Outcome.rejected(Reason.MALFORMED_TOKEN, CredentialKind.JWT);
        MockHttpServletRequest request = new MockHttpServletRequest("OPTIONS", "/x");
        request.addHeader("Origin", "https://a.example");
        request.addHeader("Access-Control-Request-Method", "GET");
        MockHttpServletResponse answer = new MockHttpServletResponse();
        new RequestFilters(asked -> bad, settings(lines), null, null)
                .authentication()
                .doFilter(request, answer, (passed, response) -> ((HttpServletResponse) response).setStatus(204));
        return answer.getStatus();
    }

    @Test
    void preflight_requests_pass_where_that_is_asked_for() throws Exception {
        assertThat(statusOfPreflight()).isEqualTo(401);
        assertThat(statusOfPreflight("let-preflight-pass=true")).isEqualTo(204);
    }

    private @Nullable String warning(String... lines) throws Exception {
        Instant end = Instant.now().plus(1, ChronoUnit.HOURS);
        Outcome outcome =
                Outcome.authenticated(Caller.of(CredentialKind.API_KEY, "ann", List.of(), Map.of("expires_at", end)));
        MockHttpServletResponse answer = new MockHttpServletResponse();
        new RequestFilters(request -> outcome, settings(lines), null, null)
                .authentication()
                .doFilter(new MockHttpServletRequest("GET", "/x"), answer, (passed, response) -> {});
        return answer.getHeaderNames().stream()
                .filter(name -> name.contains("Expir"))
                .findFirst()
                .orElse(null);
    }

    @Test
    void clients_are_warned_where_that_is_asked_for() throws Exception {
        assertThat(warning()).isNull();
        assertThat(warning("api-keys.warn-before-expiry=1d")).isNotNull();
    }

    @Test
    void listeners_are_told_one_and_all() {
        settings().tell(NOBODY);
        List<AuthEvent> told = new ArrayList<>();
        beans.registerSingleton("one", (AuthListener) told::add);
        beans.registerSingleton("other", (AuthListener) told::add);
        settings().tell(NOBODY);
        assertThat(told).hasSize(2);
    }

    @Test
    void events_are_published_as_the_property_says() {
        List<Object> published = new ArrayList<>();
        for (String events : List.of("none", "refusals", "all")) {
            AuthListener publisher = made.portcullisEventPublisher(properties("events=" + events), published::add);
            publisher.onEvent(AuthEvent.of(Outcome.rejected(Reason.MALFORMED_TOKEN, CredentialKind.JWT), 1));
            publisher.onEvent(NOBODY);
        }
        assertThat(published).hasSize(3);
    }

    @Test
    void a_method_is_needed_and_rules_where_they_open_routes() {
        assertRefused("jwt.jwks-uri", this::filters);
        beans.registerSingleton("method", (AuthenticationMethod) request -> caller("ann"));
        assertThat(filters().openRoutes()).isNull();
        assertThatThrownBy(filters()::permission).isInstanceOf(SettingException.class);
        String ignore = "ignore-bad-credentials-on-open-routes=true";
        assertRefused("ignore-bad-credentials-on-open-routes", () -> filters(ignore));
        PermissionRules rules = PermissionRules.builder()
                .rule("GET", "/open", Requirement.anyone())
                .build();
        beans.registerSingleton("rules", rules);
        assertThat(filters().openRoutes()).isNull();
        assertThat(filters().permission()).isNotNull();
        assertThat(filters(ignore).openRoutes()).isSameAs(rules);
    }

    @Test
    void properties_that_nothing_reads_are_looked_for() {
        beans.registerSingleton("method", (AuthenticationMethod) request -> caller("ann"));
        environment.setProperty("portcullis.jwt.issuer", "a");
        assertRefused("jwt", this::filters);
    }

    @Test
    void methods_are_asked_admitted_and_decorated() {
        beans.registerSingleton("method", (AuthenticationMethod) request -> caller("ann"));
        Request request = new Request("GET", "/x");
        assertThat(filters().method().authenticate(request)).isEqualTo(caller("ann"));
        beans.registerSingleton("admission", (Admission) (caller, asked) -> Reason.ACCOUNT_SUSPENDED);
        assertThat(filters().method().authenticate(request)).isInstanceOf(Outcome.Refused.class);
        beans.registerSingleton("decorator", (MethodDecorator) method -> asked -> caller("decorated"));
        assertThat(filters().method().authenticate(request)).isEqualTo(caller("decorated"));
    }

    /** A caller who is turned away elsewhere is told about itself; a login judges what is sent by itself. */
    @Test
    void exceptions_are_those_of_the_endpoints_that_are_there() {
        beans.registerSingleton("method", (AuthenticationMethod) request -> caller("ann"));
        beans.registerSingleton("admission", (Admission) (caller, asked) -> Reason.ACCOUNT_SUSPENDED);
        Request self = new Request("GET", "/api/v1/api-keys/self");
        assertThat(filters().method().authenticate(self)).isInstanceOf(Outcome.Refused.class);
        assertThat(filters("api-keys.management.enabled=true").method().authenticate(self))
                .isEqualTo(caller("ann"));
        Request login = new Request("POST", "/auth/api_key/login");
        assertThat(filters().method().authenticate(login)).isInstanceOf(Outcome.Refused.class);
        assertThat(filters("sessions.enabled=true").method().authenticate(login))
                .isEqualTo(Outcome.notApplicable());
    }

    @Test
    void tokens_rules_and_keys_are_made_of_their_properties() {
        try (JWKSAuthentication tokens = made.portcullisTokens(
                properties("jwt.issuer=a", "jwt.jwks-uri=http://127.0.0.1:1/", "jwt.audience=api"))) {
            assertThat(tokens.keyStatus()).containsOnlyKeys("a");
        }
        assertThat(made.portcullisRules(
                                properties("unnamed-routes=anyone"),
                                beans.getBeanProvider(PermissionRulesCustomizer.class))
                        .requirementFor("GET", "/x"))
                .isEqualTo(Requirement.anyone());
        PortcullisAutoConfiguration.Keys keys = new PortcullisAutoConfiguration.Keys();
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        try (APIKeyAuthentication method =
                keys.portcullisAPIKeyAuthentication(properties(), store, beans.getBeanProvider(KeyHashing.class))) {
            assertThat(method).isNotNull();
        }
        assertThat(keys.portcullisAPIKeys(properties(), store, beans.getBeanProvider(KeyHashing.class)))
                .isNotNull();
    }

    @Test
    void calls_are_observed() {
        MethodDecorator decorator = new PortcullisAutoConfiguration.Tracing()
                .portcullisObservation(beans.getBeanProvider(ObservationRegistry.class));
        AuthenticationMethod observed = decorator.around(request -> caller("ann"));
        assertThat(observed).isInstanceOf(ObservedMethod.class);
        assertThat(observed.authenticate(new Request("GET", "/"))).isEqualTo(caller("ann"));
    }
}
