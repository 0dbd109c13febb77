package dev.portcullis.auth.servlet;

import dev.portcullis.auth.AuthListener;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Decision;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PermissionRules;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who is calling. A request with a good credential goes on with its {@link Caller}, one without a credential
 * goes on without, and one with a bad credential ends here with 401, or with 503 if it could not be checked. So does one
 * that an {@link dev.portcullis.auth.Admission} behind the method refuses, with 403, on every route. Whether a route needs
 * a caller is for {@link PermissionFilter} to say, which stands after this filter.
 *
 * <p>Further down the chain {@link #callerOf} gives the caller, and so do the request's own methods:
 * {@code getUserPrincipal} is the {@code Caller}, {@code getRemoteUser} its subject, {@code getAuthType} the name of its
 * {@link dev.portcullis.auth.CredentialKind}, and {@code isUserInRole} answers whether it holds exactly that
 * permission. Without a caller they answer null and false, even if the container has signed somebody in by its own
 * means.
 *
 * <p>Map it to all paths and all dispatcher types, and let it support asynchronous requests
 * ({@code setAsyncSupported(true)}); it never starts one by itself. A request is authenticated once: when it is
 * forwarded, included or dispatched again it keeps its caller, and so does its error page. An error page of a request
 * that never came here is shown without a caller.
 *
 * <p>Made in code by {@link #builder}. Made by the container from its class name, it reads these init-params, or the
 * context-params of the same names after {@code portcullis.}:
 *
 * <ul>
 *   <li>{@code jwks-url}, {@code issuer}, {@code audience}: whose tokens are let in; {@code authorized-parties}, if only
 *       some may have asked for them
 *   <li>{@code environments}: {@code live}, {@code test} or both, if not all API keys are accepted
 *   <li>{@code error-format}: {@code detail} (the default), {@code problem}, {@code coded} or {@code opaque}; beside it,
 *       after commas, others with the paths for which they are, as in {@code detail, coded /full/** /ws/**}
 *   <li>{@code realm}
 *   <li>{@code let-preflight-pass}: {@code true} or {@code false}
 *   <li>{@code ignore-bad-credentials-on-open-routes}: {@code true} or {@code false}, with {@code rules} as for
 *       {@link PermissionFilter}
 * </ul>
 *
 * <p>Lists are separated by commas. Objects stand in context attributes that bear the names of their classes:
 * {@link dev.portcullis.auth.apikey.APIKeyStore}, if API keys are accepted; an {@link AuthListener}, if there is one; and
 * an {@link AuthenticationMethod} that takes the place of tokens and API keys. What is missing, unknown or contradictory
 * stops the start.
 */
public final class AuthenticationFilter implements Filter {

    /** The request attribute that holds the {@link Caller}; it is absent when nobody is signed in. */
    public static final String CALLER_ATTRIBUTE = "dev.portcullis.auth.Caller";

    private static final String IGNORE_BAD_CREDENTIALS = "ignore-bad-credentials-on-open-routes";

    /** The names of all init-params; those of {@link PermissionFilter} are among them. */
    static final Set<String> KNOWN = Stream.of(
                    DeclaredMethod.NAMES, InitParameters.COMMON, Set.of(InitParameters.RULES, IGNORE_BAD_CREDENTIALS))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private final OncePerRequest once = new OncePerRequest();
    private final boolean builtInCode;
    private volatile @Nullable Settings settings;
    private volatile @Nullable DeclaredMethod declared;

    /** For the container, which calls {@link #init} next. In code, use {@link #builder}. */
    public AuthenticationFilter() {
        this.builtInCode = false;
    }

    private AuthenticationFilter(Settings settings) {
        this.builtInCode = true;
        this.settings = settings;
    }

    /**
     * Begins a filter.
     *
     * @param method how callers are found out
     * @return a builder with every other setting at its default
     */
    public static Builder builder(AuthenticationMethod method) {
        return new Builder(method);
    }

    /**
     * Who is calling.
     *
     * @param request the request, at any place behind this filter
     * @return the caller, or null if nobody is signed in
     */
    public static @Nullable Caller callerOf(HttpServletRequest request) {
        return request.getAttribute(CALLER_ATTRIBUTE) instanceof Caller caller ? caller : null;
    }

    /**
     * What is looked at of a request when somebody is to be authenticated, or let in.
     *
     * @param request the request
     * @return the same request, for what decides beside the filters
     */
    public static AuthRequest requestOf(HttpServletRequest request) {
        return new ServletAuthRequest(request);
    }

    /**
     * A request whose caller was found by other means than this filter's: {@link #callerOf} and the request's own methods
     * answer from it. For frameworks; whoever uses this vouches for the caller.
     *
     * @param request the request
     * @param caller who is calling
     * @return the request to go on with
     */
    public static HttpServletRequest withCaller(HttpServletRequest request, Caller caller) {
        request.setAttribute(CALLER_ATTRIBUTE, caller);
        return new CallerRequest(BufferedRequest.of(request), caller);
    }

    /**
     * A request whose body can be read, also if that was done already to check a signature. For frameworks that go on with
     * another request than the one that this filter hands on.
     *
     * @param request the request
     * @return the request to go on with
     */
    public static HttpServletRequest withBody(HttpServletRequest request) {
        return BufferedRequest.of(request);
    }

    /**
     * Reads the init-params, if the container made this filter.
     *
     * @throws ServletException if a setting is missing, unknown or wrong; it names the setting and the remedy
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        if (builtInCode) {
            InitParameters.refuseAny(config);
            return;
        }
        settings = InitParameters.read(config, KNOWN, this::settings);
    }

    private Settings settings(InitParameters parameters) {
        boolean ignore = parameters.flag(IGNORE_BAD_CREDENTIALS);
        if (!ignore && parameters.isOwn(InitParameters.RULES)) {
            throw new IllegalArgumentException("rules does nothing here without " + IGNORE_BAD_CREDENTIALS
                    + "; to enforce rules give them to a PermissionFilter");
        }
        PermissionRules openRoutes = ignore ? parameters.rules() : null;
        FilterSettings shared = parameters.shared();
        DeclaredMethod made = DeclaredMethod.read(parameters);
        declared = made;
        return new Settings(shared.observed(made.method()), shared, openRoutes);
    }

    /** Ends what {@link #init} has started. A method that the application made is the application's to close. */
    @Override
    public void destroy() {
        DeclaredMethod made = declared;
        if (made != null) {
            made.close();
        }
    }

    /** {@inheritDoc} Only the authentication stands inside a {@code try}: what the application throws is its own. */
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        if (once.hasPassed(http)
                || http.getDispatcherType() == DispatcherType.ERROR
                || authenticate(http, (HttpServletResponse) response)) {
            chain.doFilter(new CallerRequest(BufferedRequest.of(http), callerOf(http)), response);
        }
    }

    /** Whether the request goes on; if it does not, it has been answered. */
    private boolean authenticate(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Settings current = ready();
        Outcome outcome;
        try {
            outcome = current.shared.passesAsPreflight(request)
                    ? Outcome.notApplicable()
                    : current.method.authenticate(new ServletAuthRequest(request));
        } catch (AuthUnavailableException e) {
            if (!current.isOpen(request)) {
                current.shared.refusalsFor(request).refuse(response, e);
                return false;
            }
            current.shared.refusals().note(e);
            outcome = Outcome.notApplicable();
        }
        if (outcome instanceof Outcome.Refused refused) {
            current.shared.refusalsFor(request).refuse(response, refused.reason());
            return false;
        }
        if (outcome instanceof Outcome.Rejected rejected && !current.overlooks(rejected, request)) {
            current.shared.refusalsFor(request).refuse(response, rejected);
            return false;
        }
        Caller caller = outcome instanceof Outcome.Authenticated good ? good.caller() : null;
        request.setAttribute(CALLER_ATTRIBUTE, caller);
        current.shared.warn(caller, response);
        once.pass(request);
        return true;
    }

    private Settings ready() {
        Settings current = settings;
        if (current == null) {
            throw new IllegalStateException(
                    "init(FilterConfig) was not called; in code, use AuthenticationFilter.builder");
        }
        return current;
    }

    private record Settings(
            AuthenticationMethod method,
            FilterSettings shared,
            @Nullable PermissionRules openRoutes) {

        /** A request that cannot be checked as it was sent is always refused: its body may have been read in part. */
        boolean overlooks(Outcome.Rejected rejected, HttpServletRequest request) {
            return rejected.reason().status() == HttpServletResponse.SC_UNAUTHORIZED && isOpen(request);
        }

        boolean isOpen(HttpServletRequest request) {
            return openRoutes != null
                    && openRoutes.decide(null, new ServletAuthRequest(request)) instanceof Decision.Permitted;
        }
    }

    /** The settings of an {@link AuthenticationFilter}. */
    public static final class Builder {

        private final AuthenticationMethod method;
        private FilterSettings shared = FilterSettings.builder().build();
        private @Nullable PermissionRules openRoutes;

        private Builder(AuthenticationMethod method) {
            this.method = method;
        }

        /**
         * What this filter has in common with a {@link PermissionFilter}. All at their defaults unless set.
         *
         * @param settings the same that the other filter has
         * @return this builder
         */
        public Builder settings(FilterSettings settings) {
            this.shared = settings;
            return this;
        }

        /**
         * Lets a request with a bad credential, or one that could not be checked, go on without a caller where these
         * rules open the route to anyone. Unless set, it is refused everywhere. The listener is told of it either way.
         *
         * @param rules the rules that the {@link PermissionFilter} has
         * @return this builder
         */
        public Builder ignoreBadCredentialsOnOpenRoutes(PermissionRules rules) {
            this.openRoutes = rules;
            return this;
        }

        /**
         * Makes the filter.
         *
         * @return the filter
         */
        public AuthenticationFilter build() {
            return new AuthenticationFilter(new Settings(shared.observed(method), shared, openRoutes));
        }
    }
}
