package dev.portcullis.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Decision;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.apikey.ExpiryWarning;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes on and what ends in the two filters. The same over the wire, and more of it, is asked of real containers. */
final class FiltersTest {

    private static final Caller CALLER =
            Caller.of(CredentialKind.JWT, "ann", List.of("a"), Map.of("expires_at", Instant.EPOCH));
    private static final PermissionRules RULES = PermissionRules.builder()
            .rule("GET", "/open", Requirement.anyone())
            .rule("GET", "/a", Requirement.allOf("a"))
            .rule("GET", "/b", Requirement.allOf("b"))
            .build();

    private final List<AuthEvent.Type> told = new ArrayList<>();
    private FakeResponse response = new FakeResponse();
    private @Nullable HttpServletRequest seen;

    private FilterSettings.Builder telling() {
        return FilterSettings.builder().listener(event -> told.add(event.type()));
    }

    /** What goes on of a request, or null. */
    private @Nullable HttpServletRequest pass(Filter filter, HttpServletRequest request) throws Exception {
        seen = null;
        response = new FakeResponse();
        filter.doFilter(request, response.get(), (last, answer) -> seen = (HttpServletRequest) last);
        return seen;
    }

    private HttpServletRequest goesOn(Filter filter, HttpServletRequest request) throws Exception {
        return Objects.requireNonNull(pass(filter, request), "nothing goes on");
    }

    private void assertRefused(Filter filter, HttpServletRequest request, int status, String words) throws Exception {
        assertThat(pass(filter, request)).isNull();
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).contains(words);
    }

    private static AuthenticationMethod that(Outcome outcome) {
        return request -> outcome;
    }

    private static HttpServletRequest get(String path) {
        return FakeRequest.of("GET", path).get();
    }

    @Test
    void aRequestGoesOnWithItsCallerAlone() throws Exception {
        AuthenticationFilter filter = AuthenticationFilter.builder(that(Outcome.authenticated(CALLER)))
                .build();
        HttpServletRequest request = get("/a");
        HttpServletRequest on = goesOn(filter, request);

        assertThat(on.getUserPrincipal()).isSameAs(CALLER);
        assertThat(on.getRemoteUser()).isEqualTo("ann");
        assertThat(on.getAuthType()).isEqualTo("JWT");
        assertThat(on.isUserInRole("a")).isTrue();
        assertThat(on.isUserInRole("b")).isFalse();
        assertThat(on.isUserInRole(null)).isFalse();
        assertThat(AuthenticationFilter.callerOf(request)).isSameAs(CALLER);
    }

    @Test
    void withoutACredentialNobodyIsCalling() throws Exception {
        AuthenticationFilter filter =
                AuthenticationFilter.builder(that(Outcome.notApplicable())).build();
        HttpServletRequest on = goesOn(filter, get("/a"));

        assertThat(on.getUserPrincipal()).isNull();
        assertThat(on.getRemoteUser()).isNull();
        assertThat(on.getAuthType()).isNull();
        assertThat(on.isUserInRole("a")).isFalse();
    }

    /** A forward or an error page belongs to a request that was judged, or that the container refused. */
    @Test
    void aRequestIsAuthenticatedOnce() throws Exception {
        AuthenticationFilter filter = AuthenticationFilter.builder(that(Outcome.authenticated(CALLER)))
                .settings(telling().build())
                .build();
        HttpServletRequest request = get("/a");
        for (int i = 0; i < 2; i++) {
            HttpServletRequest on = goesOn(filter, request);
            assertThat(on.getUserPrincipal()).isSameAs(CALLER);
        }
        HttpServletRequest page = FakeRequest.of("GET", "/a")
                .answering("getDispatcherType", DispatcherType.ERROR)
                .get();
        HttpServletRequest on = goesOn(filter, page);
        assertThat(on.getUserPrincipal()).isNull();
        assertThat(told).containsExactly(AuthEvent.Type.AUTHENTICATED);
    }

    @Test
    void aBadCredentialAndARefusalEndHere() throws Exception {
        AuthenticationFilter bad = AuthenticationFilter.builder(
                        that(Outcome.rejected(Reason.TOKEN_EXPIRED, CredentialKind.JWT)))
                .build();
        assertRefused(bad, get("/open"), 401, "Token has expired.");
        AuthenticationFilter barred = AuthenticationFilter.builder(
                        that(Outcome.refused(Reason.ACCOUNT_SUSPENDED, CALLER)))
                .build();
        assertRefused(barred, get("/open"), 403, "Account is suspended.");
    }

    private static Outcome down() {
        throw new AuthUnavailableException(Reason.SIGNING_KEYS_UNAVAILABLE, Duration.ofSeconds(7));
    }

    @Test
    void whatCannotBeCheckedEndsHereWithATimeToWait() throws Exception {
        AuthenticationFilter filter =
                AuthenticationFilter.builder(request -> down()).build();
        assertRefused(filter, get("/open"), 503, "Signing keys are unavailable.");
        assertThat(response.header("Retry-After")).isEqualTo("7");
    }

    @Test
    void whereThatIsSaidABadCredentialIsOverlookedOnOpenRoutesAlone() throws Exception {
        for (AuthenticationMethod method : List.<AuthenticationMethod>of(
                request -> down(), that(Outcome.rejected(Reason.TOKEN_EXPIRED, CredentialKind.JWT)))) {
            AuthenticationFilter filter = AuthenticationFilter.builder(method)
                    .ignoreBadCredentialsOnOpenRoutes(RULES)
                    .build();
            HttpServletRequest on = goesOn(filter, get("/open"));
            assertThat(on.getUserPrincipal()).isNull();
            assertThat(pass(filter, get("/a"))).isNull();
        }
    }

    /** Its body may have been read in part. And whoever is refused by name is refused everywhere. */
    @Test
    void nothingButABadCredentialIsOverlooked() throws Exception {
        for (Outcome outcome : List.of(
                Outcome.rejected(Reason.BODY_TOO_LARGE, CredentialKind.SIGNATURE),
                Outcome.refused(Reason.ACCOUNT_SUSPENDED, CALLER))) {
            AuthenticationFilter filter = AuthenticationFilter.builder(that(outcome))
                    .ignoreBadCredentialsOnOpenRoutes(RULES)
                    .build();
            assertThat(pass(filter, get("/open"))).isNull();
        }
    }

    private static FakeRequest preflight() {
        return FakeRequest.of("OPTIONS", "/a").with("Origin", "https://a").with("Access-Control-Request-Method", "GET");
    }

    @Test
    void aPreflightPassesUnjudgedWhereThatIsSaid() throws Exception {
        FilterSettings passing = telling().letPreflightPass().build();
        AuthenticationMethod bad = that(Outcome.rejected(Reason.TOKEN_EXPIRED, CredentialKind.JWT));
        Filter authentication =
                AuthenticationFilter.builder(bad).settings(passing).build();
        Filter permission = PermissionFilter.builder(RULES).settings(passing).build();
        assertThat(pass(authentication, preflight().get())).isNotNull();
        assertThat(pass(permission, preflight().get())).isNotNull();
        assertThat(told).isEmpty();
        for (FakeRequest other : List.of(
                FakeRequest.of("OPTIONS", "/a").with("Origin", "https://a"),
                FakeRequest.of("OPTIONS", "/a").with("Access-Control-Request-Method", "GET"),
                FakeRequest.of("GET", "/a").with("Origin", "https://a").with("Access-Control-Request-Method", "GET"))) {
            assertThat(pass(authentication, other.get())).isNull();
            assertThat(pass(permission, other.get())).isNull();
        }
        assertThat(pass(AuthenticationFilter.builder(bad).build(), preflight().get()))
                .isNull();
        assertThat(pass(PermissionFilter.builder(RULES).build(), preflight().get()))
                .isNull();
    }

    @Test
    void aKeyThatIsAboutToExpireIsWarnedWhereThatIsSaid() throws Exception {
        FilterSettings warning = FilterSettings.builder()
                .expiryWarning(ExpiryWarning.ahead(Duration.ofDays(1)))
                .build();
        AuthenticationMethod method = that(Outcome.authenticated(CALLER));
        pass(AuthenticationFilter.builder(method).settings(warning).build(), get("/a"));
        assertThat(response.header("X-Api-Key-Expires-At")).isEqualTo("1970-01-01T00:00:00Z");
        pass(AuthenticationFilter.builder(method).build(), get("/a"));
        assertThat(response.header("X-Api-Key-Expires-At")).isNull();
        pass(
                AuthenticationFilter.builder(that(Outcome.notApplicable()))
                        .settings(warning)
                        .build(),
                get("/a"));
        assertThat(response.header("X-Api-Key-Expires-At")).isNull();
    }

    private static FakeRequest by(@Nullable Caller caller, String path) {
        FakeRequest request = FakeRequest.of("GET", path);
        return caller == null ? request : request.holding(AuthenticationFilter.CALLER_ATTRIBUTE, caller);
    }

    @Test
    void aRequestGoesOnThatMeetsWhatItsRouteRequires() throws Exception {
        PermissionFilter filter =
                PermissionFilter.builder(RULES).settings(telling().build()).build();
        assertThat(pass(filter, by(CALLER, "/a").get())).isNotNull();
        assertThat(pass(filter, by(null, "/open").get())).isNotNull();
        assertRefused(filter, by(CALLER, "/b").get(), 403, "Token is missing one or more required permissions.");
        assertThat(response.header("WWW-Authenticate")).contains("scope=\"b\"");
        assertRefused(filter, by(null, "/a").get(), 401, "Authentication credentials were not provided.");
        assertRefused(filter, by(CALLER, "/unnamed").get(), 403, "You do not have permission");
        assertThat(told)
                .containsExactly(
                        AuthEvent.Type.PERMITTED,
                        AuthEvent.Type.PERMITTED,
                        AuthEvent.Type.DENIED,
                        AuthEvent.Type.DENIED,
                        AuthEvent.Type.DENIED);
    }

    /** Where the application forwards it is the application's own business; what was refused stays so. */
    @Test
    void aRequestIsJudgedOnceAsItsClientSentIt() throws Exception {
        PermissionFilter filter = PermissionFilter.builder(RULES).build();
        FakeRequest request = by(CALLER, "/b");
        assertThat(pass(filter, request.get())).isNull();
        assertThat(pass(filter, request.get())).isNull();
        assertThat(pass(filter, request.answering("getRequestURI", "/a").get())).isNotNull();
        assertThat(pass(filter, request.answering("getRequestURI", "/b").get())).isNotNull();
        assertThat(pass(PermissionFilter.builder(RULES).build(), request.get())).isNull();
        assertThat(filter.decide(
                        null,
                        FakeRequest.of("GET", "/b")
                                .answering("getDispatcherType", DispatcherType.ERROR)
                                .get()))
                .isInstanceOf(Decision.Permitted.class);
    }

    @Test
    void theFirstFormatThatIsForAPathCounts() throws Exception {
        FilterSettings settings = FilterSettings.builder()
                .errorFormatOn(ErrorFormat.CODED, "/full/**")
                .errorFormatOn(ErrorFormat.OPAQUE, "/opaque/**", "/b")
                .build();
        PermissionFilter filter =
                PermissionFilter.builder(RULES).settings(settings).build();
        assertRefused(filter, by(null, "/full/x").get(), 401, "\"code\": 1000");
        assertRefused(filter, by(CALLER, "/b").get(), 403, "Your API Key is invalid");
        assertRefused(filter, by(CALLER, "/c").get(), 403, "{\"detail\":\"You do not");
        assertThat(settings.closingWords("/opaque/x", Reason.TOKEN_EXPIRED)).startsWith("Your API Key");
        assertThat(settings.closingWords("/opaque/x", Reason.SIGNING_KEYS_UNAVAILABLE))
                .isEqualTo("Signing keys are unavailable.");
        assertThat(settings.closingWords("/x", Reason.TOKEN_EXPIRED)).isEqualTo("Token has expired.");
        assertThat(settings.closingWords(null, Reason.TOKEN_EXPIRED)).isEqualTo("Token has expired.");
    }

    @Test
    void whoVouchesForACallerHandsItOn() {
        HttpServletRequest request = get("/a");
        assertThat(AuthenticationFilter.withCaller(request, CALLER).getUserPrincipal())
                .isSameAs(CALLER);
        assertThat(AuthenticationFilter.callerOf(request)).isSameAs(CALLER);
    }

    /** Contract section 9: "refuse with a stable message". */
    @Test
    void anApplicationsOwnRuleRefusesInItsOwnWords() throws Exception {
        PermissionRules own = PermissionRules.builder()
                .rule("GET", "/a", Requirement.anyone())
                .rule("GET", "/b", Requirement.signedIn())
                .refuseWhen("Closed for keys.", (caller, request) -> true)
                .build();
        PermissionFilter filter = PermissionFilter.builder(own).build();
        assertRefused(filter, by(CALLER, "/b").get(), 403, "{\"detail\":\"Closed for keys.\"}");
    }

    @Test
    void whoeverDecidesBesideTheFiltersTellsTheSameListener() {
        AuthEvent event = AuthEvent.unavailable(Reason.SIGNING_KEYS_UNAVAILABLE, 1);
        telling().build().tell(event);
        assertThat(told).containsExactly(event.type());
        assertThatCode(() -> FilterSettings.builder().build().tell(event)).doesNotThrowAnyException();
    }
}
