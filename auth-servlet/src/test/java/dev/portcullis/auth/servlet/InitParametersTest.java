package dev.portcullis.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthListener;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** "Missing or contradictory settings fail at start-up, with a message that names the setting and the remedy." */
final class InitParametersTest {

    private static final AuthenticationMethod METHOD = request -> Outcome.notApplicable();
    private static final Map<Class<?>, Object> WITH_METHOD = Map.of(AuthenticationMethod.class, METHOD);
    private static final Map<Class<?>, Object> WITH_STORE = Map.of(APIKeyStore.class, new InMemoryAPIKeyStore());
    private static final PermissionRules RULES =
            PermissionRules.builder().rule("GET", "/", Requirement.anyone()).build();

    private static void assertFails(Filter filter, FakeConfig config, String... words) {
        assertThatThrownBy(() -> filter.init(config))
                .isInstanceOf(ServletException.class)
                .hasMessageStartingWith("Filter 'a filter': ")
                .hasMessageContainingAll(words);
    }

    private static void failsToAuthenticate(
            Map<Class<?>, Object> attributes, Map<String, String> parameters, String... words) {
        assertFails(new AuthenticationFilter(), new FakeConfig(parameters, Map.of(), attributes), words);
    }

    private static void failsToPermit(Map<String, String> parameters, String... words) {
        assertFails(new PermissionFilter(), new FakeConfig(parameters, Map.of(), Map.of()), words);
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> parameters = new HashMap<>(Map.of(
                "jwks-url", "http://127.0.0.1:1/jwks",
                "issuer", "https://issuer.example",
                "audience", "catalogue, holdings",
                "authorized-parties", "https://app.example"));
        parameters.put(name, value);
        return parameters;
    }

    private static Map<String, String> without(String name) {
        Map<String, String> parameters = with(name, "");
        parameters.remove(name);
        return parameters;
    }

    private static Map<String, String> inContext(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .collect(Collectors.toMap(entry -> "portcullis." + entry.getKey(), Map.Entry::getValue));
    }

    @Test
    void aFilterWithoutAMethodSaysHowToSetOne() {
        failsToAuthenticate(Map.of(), Map.of(), "set jwks-url, issuer and audience", APIKeyStore.class.getName());
    }

    @Test
    void anIssuerNeedsAllItsParameters() {
        for (String name : new String[] {"jwks-url", "issuer", "audience"}) {
            failsToAuthenticate(Map.of(), without(name), name + " is missing; set it to ");
        }
    }

    @Test
    void anEmptyParameterIsNoSetting() {
        for (String name : with("realm", "x").keySet()) {
            failsToAuthenticate(Map.of(), with(name, "  "), name + " is empty; remove it or give it a value");
        }
    }

    @Test
    void aURLMustBeOne() {
        failsToAuthenticate(Map.of(), with("jwks-url", "http://a b"), "jwks-url is no URL; write it in full");
        failsToAuthenticate(
                Map.of(), with("jwks-url", "http://issuer.example/jwks"), "jwks-url: ", "must begin with https://");
        assertThatThrownBy(() -> new AuthenticationFilter()
                        .init(new FakeConfig(with("jwks-url", "https://u:hunter2@a b"), Map.of(), Map.of())))
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("hunter2"));
    }

    @Test
    void aListHasNoEmptyEntry() {
        failsToAuthenticate(Map.of(), with("audience", "a,,b"), "audience has an empty entry");
        failsToAuthenticate(Map.of(), with("authorized-parties", "a,"), "authorized-parties has an empty entry");
    }

    @Test
    void environmentsAreLiveAndTest() {
        failsToAuthenticate(
                WITH_STORE,
                Map.of("environments", "live, Test"),
                "environments names 'Test'; write live, test or both");
        failsToAuthenticate(
                Map.of(), with("environments", "live"), "environments needs a store", APIKeyStore.class.getName());
    }

    @Test
    void aMethodInTheContextAndParametersForAnotherContradict() {
        failsToAuthenticate(
                WITH_METHOD, with("environments", "live"), "says nothing to the method", "remove one of them");
    }

    @Test
    void anUnknownParameterIsATypingError() {
        failsToAuthenticate(
                WITH_METHOD, Map.of("relm", "x"), "there is no init-param 'relm'", "let-preflight-pass, realm, rules");
        failsToPermit(Map.of("jwks-url", "x", "rules", "GET / anyone"), "there is no init-param 'jwks-url'");
    }

    @Test
    void aFlagIsTrueOrFalse() {
        failsToAuthenticate(
                WITH_METHOD, Map.of("let-preflight-pass", "yes"), "let-preflight-pass is 'yes'; write true or false");
        failsToPermit(Map.of("rules", "GET / anyone", "let-preflight-pass", "TRUE"), "is 'TRUE'; write true or false");
    }

    @Test
    void anErrorFormatIsOneOfThoseThatThereAre() {
        failsToAuthenticate(
                WITH_METHOD,
                Map.of("error-format", "xml"),
                "error-format is 'xml'; write detail, problem, coded or opaque");
        failsToAuthenticate(WITH_METHOD, Map.of("error-format", "detail, CODED /a"), "error-format is 'CODED'");
        failsToAuthenticate(WITH_METHOD, Map.of("error-format", "coded /a;b"), "errorFormat(CODED", "/a;b");
        failsToAuthenticate(WITH_METHOD, Map.of("error-format", "coded /a opaque"), "errorFormat(CODED");
    }

    @Test
    void aRealmMustFitIntoAQuotedString() {
        for (String realm : new String[] {"a\"b", "a\\b", "a\r\nb", "caf\u00e9", "\u0000"}) {
            failsToAuthenticate(WITH_METHOD, Map.of("realm", realm), "realm must be printable ASCII without quotes");
            assertThatThrownBy(() -> FilterSettings.builder().realm(realm).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("realm must be printable ASCII");
        }
        assertThatThrownBy(() -> FilterSettings.builder().realm(" ").build()).hasMessageContaining("not blank");
    }

    @Test
    void rulesAreNeededOnce() {
        failsToPermit(Map.of(), "rules is missing", "GET /api/v1/leagues/** catalog:read");
        assertFails(
                new PermissionFilter(),
                new FakeConfig(Map.of("rules", "GET / anyone"), Map.of(), Map.of(PermissionRules.class, RULES)),
                "rules are given as a text and as the context attribute",
                "keep one of them");
        failsToAuthenticate(WITH_METHOD, Map.of("ignore-bad-credentials-on-open-routes", "true"), "rules is missing");
    }

    /** Else somebody might believe that the rules are enforced. */
    @Test
    void rulesThatEnforceNothingAreRefused() {
        failsToAuthenticate(WITH_METHOD, Map.of("rules", "GET / nobody"), "give them to a PermissionFilter");
    }

    @Test
    void anAttributeMustBeOfItsClass() {
        failsToAuthenticate(
                Map.of(AuthenticationMethod.class, "jwks"),
                Map.of(),
                "the context attribute 'dev.portcullis.auth.AuthenticationMethod' holds a java.lang.String");
    }

    @Test
    void aFilterMadeInCodeTakesNoParameters() {
        FakeConfig config = new FakeConfig(Map.of("realm", "x"), Map.of(), Map.of());
        String remedy = "it was built in code, so remove the init-param 'realm' and set it there";
        assertFails(AuthenticationFilter.builder(METHOD).build(), config, remedy);
        assertFails(PermissionFilter.builder(RULES).build(), config, remedy);
    }

    @Test
    void whatIsCompleteStarts() throws ServletException {
        for (FakeConfig config : new FakeConfig[] {
            new FakeConfig(with("realm", "x"), Map.of(), WITH_STORE),
            new FakeConfig(Map.of(), inContext(with("realm", "x")), Map.of()),
            new FakeConfig(Map.of("environments", "test"), Map.of(), WITH_STORE),
            new FakeConfig(Map.of(), Map.of(), WITH_METHOD)
        }) {
            AuthenticationFilter filter = new AuthenticationFilter();
            filter.init(config);
            filter.destroy();
        }
        PermissionFilter permission = new PermissionFilter();
        permission.init(new FakeConfig(Map.of(), Map.of("portcullis.rules", "GET / anyone"), Map.of()));
        permission.destroy();
    }

    @Test
    void aFilterThatNobodyInitialisedLetsNobodyIn() {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (proxy, method, args) -> null);
        HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, args) -> null);
        FilterChain chain = (in, out) -> fail("let in");

        assertThatThrownBy(() -> new AuthenticationFilter().doFilter(request, response, chain))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("AuthenticationFilter.builder");
        assertThatThrownBy(() -> new PermissionFilter().doFilter(request, response, chain))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PermissionFilter.builder");
    }

    /** A misspelled name that nobody reads would leave a check out in silence. */
    @Test
    void anUnknownContextParamStopsTheStartOfBothFilters() {
        Map<String, String> misspelled = Map.of("portcullis.authorised-parties", "https://app.example");
        assertFails(
                new AuthenticationFilter(),
                new FakeConfig(Map.of(), misspelled, WITH_METHOD),
                "portcullis.authorised-parties",
                "authorized-parties");
        assertFails(
                new PermissionFilter(),
                new FakeConfig(Map.of(), misspelled, Map.of(PermissionRules.class, RULES)),
                "portcullis.authorised-parties");
    }

    @Test
    void realmAndListenerAreThoseThatAreGiven() throws Exception {
        List<AuthEvent> told = new ArrayList<>();
        AuthListener listener = told::add;
        PermissionFilter filter = new PermissionFilter();
        filter.init(new FakeConfig(
                Map.of("rules", "GET /a signed-in", "realm", "the catalogue"),
                Map.of(),
                Map.of(AuthListener.class, listener)));
        FakeResponse response = new FakeResponse();
        filter.doFilter(FakeRequest.of("GET", "/a").get(), response.get(), (request, answer) -> fail("let in"));

        assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"the catalogue\"");
        assertThat(told).extracting(AuthEvent::type).containsExactly(AuthEvent.Type.DENIED);
    }

    /** What the container made is the container's to end; what the application made is not. */
    @Test
    void theEndOfAFilterEndsWhatItHasStarted() throws ServletException {
        AuthenticationFilter filter = new AuthenticationFilter();
        filter.init(new FakeConfig(with("jwks-url", "https://ended.invalid/jwks"), Map.of(), WITH_STORE));
        await().until(() -> threads("portcullis-keys-ended.invalid"));
        filter.destroy();
        await().until(() -> !threads("portcullis-keys-ended.invalid"));
        assertThatCode(() -> AuthenticationFilter.builder(METHOD).build().destroy())
                .doesNotThrowAnyException();
    }

    private static boolean threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith(name));
    }
}
