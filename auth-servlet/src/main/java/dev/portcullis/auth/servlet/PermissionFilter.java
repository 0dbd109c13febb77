package dev.portcullis.auth.servlet;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthListener;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Decision;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Reason;
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
 * Lets a request go on if its {@link Caller} meets what the {@link PermissionRules} require for its method and path, and
 * answers 401 or 403 otherwise. What no rule names is refused. It stands after {@link AuthenticationFilter}, which
 * finds the caller.
 *
 * <p>The path is the one that the client sent, below the context path and undecoded. A request that spells the context
 * path in another way than the container does ({@code /%61pp} or {@code /app;x=y} for {@code /app}) is let in for
 * nobody.
 *
 * <p>Map it to all paths, and let it support asynchronous requests ({@code setAsyncSupported(true)}). A request is
 * judged once, as its client sent it: where the application forwards it, includes others or dispatches it again is the
 * application's own business. A request that first comes here in a forward is judged by the path it was forwarded to.
 * Error pages are not judged: they belong to a request that was, or that the container refused.
 *
 * <p>Made in code by {@link #builder}. Made by the container from its class name, it reads these init-params, or the
 * context-params of the same names after {@code portcullis.}:
 *
 * <ul>
 *   <li>{@code rules}: one on each line, such as {@code GET /api/v1/leagues/** catalog:read}. First the methods,
 *       separated by commas; then the path; then the permissions, all of which are required, or {@code anyone},
 *       {@code signed-in} or {@code nobody}; then, if only some kinds of credential are accepted, {@code with} and their
 *       names. A line {@code otherwise signed-in} says what other routes require. A line that begins with {@code #} is
 *       a comment. Rules made in code can stand in the context attribute {@code dev.portcullis.auth.PermissionRules}
 *       instead.
 *   <li>{@code error-format}: {@code detail} (the default) or {@code problem}
 *   <li>{@code realm}
 *   <li>{@code let-preflight-pass}: {@code true} or {@code false}
 * </ul>
 *
 * <p>An {@link AuthListener}, if there is one, is the context attribute that bears its class's name. What is missing,
 * unknown or contradictory stops the start.
 */
public final class PermissionFilter implements Filter {

    private static final Set<String> KNOWN = Stream.concat(
                    Stream.of(InitParameters.RULES), InitParameters.COMMON.stream())
            .collect(Collectors.toUnmodifiableSet());

    private final OncePerRequest once = new OncePerRequest();
    private final boolean builtInCode;
    private volatile @Nullable Settings settings;

    /** For the container, which calls {@link #init} next. In code, use {@link #builder}. */
    public PermissionFilter() {
        this.builtInCode = false;
    }

    private PermissionFilter(Settings settings) {
        this.builtInCode = true;
        this.settings = settings;
    }

    /**
     * Begins a filter.
     *
     * @param rules what each route requires
     * @return a builder with every other setting at its default
     */
    public static Builder builder(PermissionRules rules) {
        return new Builder(rules);
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
        settings = InitParameters.read(config, KNOWN, PermissionFilter::settings);
    }

    private static Settings settings(InitParameters parameters) {
        return new Settings(
                parameters.rules(),
                parameters.refusals(),
                parameters.attribute(AuthListener.class),
                parameters.flag(InitParameters.LET_PREFLIGHT_PASS));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        if (once.hasPassed(http)
                || http.getDispatcherType() == DispatcherType.ERROR
                || permit(http, (HttpServletResponse) response)) {
            chain.doFilter(request, response);
        }
    }

    /** Whether the request goes on; if it does not, it has been answered. */
    private boolean permit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Settings current = settings;
        if (current == null) {
            throw new IllegalStateException("init(FilterConfig) was not called; in code, use PermissionFilter.builder");
        }
        if (!(current.preflightPasses && RequestTarget.isPreflight(request))
                && current.decide(request) instanceof Decision.Refused refused) {
            current.refusals.refuse(response, refused);
            return false;
        }
        once.pass(request);
        return true;
    }

    private record Settings(
            PermissionRules rules,
            Refusals refusals,
            @Nullable AuthListener listener,
            boolean preflightPasses) {

        Decision decide(HttpServletRequest request) {
            Caller caller = AuthenticationFilter.callerOf(request);
            if (listener == null) {
                return decide(caller, request);
            }
            long start = System.nanoTime();
            Decision decision = decide(caller, request);
            AuthEvent.tell(listener, AuthEvent.of(decision, caller, System.nanoTime() - start));
            return decision;
        }

        private Decision decide(@Nullable Caller caller, HttpServletRequest request) {
            String path = RequestTarget.path(request);
            if (path == null) {
                return new Decision.Refused(caller == null ? Reason.NO_CREDENTIALS : Reason.ROUTE_NOT_OPEN, Set.of());
            }
            return rules.decide(caller, request.getMethod(), path);
        }
    }

    /** The settings of a {@link PermissionFilter}. */
    public static final class Builder {

        private final PermissionRules rules;
        private ErrorFormat errorFormat = ErrorFormat.DETAIL;
        private @Nullable String realm;
        private @Nullable AuthListener listener;
        private boolean preflightPasses;

        private Builder(PermissionRules rules) {
            this.rules = rules;
        }

        /**
         * How the bodies of refusals are written. {@link ErrorFormat#DETAIL} unless set.
         *
         * @param format the format
         * @return this builder
         */
        public Builder errorFormat(ErrorFormat format) {
            this.errorFormat = format;
            return this;
        }

        /**
         * The {@code realm} of the challenge to a request without a credential (RFC 9110 section 11.5). None unless set.
         *
         * @param name printable ASCII without quotes and backslashes
         * @return this builder
         */
        public Builder realm(String name) {
            this.realm = name;
            return this;
        }

        /**
         * Who is told of every decision. Nobody unless set.
         *
         * @param told the listener
         * @return this builder
         */
        public Builder listener(AuthListener told) {
            this.listener = told;
            return this;
        }

        /**
         * Lets CORS preflight requests ({@code OPTIONS} with {@code Origin} and {@code Access-Control-Request-Method})
         * go on, whatever the rules say of their path. Unless set, they are judged like any other request.
         *
         * @return this builder
         */
        public Builder letPreflightPass() {
            this.preflightPasses = true;
            return this;
        }

        /**
         * Makes the filter.
         *
         * @return the filter
         * @throws IllegalArgumentException if a setting is wrong; it names the setting and the remedy
         */
        public PermissionFilter build() {
            Refusals refusals = new Refusals(errorFormat, realm);
            return new PermissionFilter(new Settings(rules, refusals, listener, preflightPasses));
        }
    }
}
