package dev.portcullis.auth.servlet;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthListener;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Decision;
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
 *       names; then, if it is served on some hosts only, {@code on} and their names. A line {@code otherwise signed-in} says what other routes require. A line that begins with {@code #} is
 *       a comment. Rules made in code can stand in the context attribute {@code dev.portcullis.auth.PermissionRules}
 *       instead.
 *   <li>{@code error-format}: {@code detail} (the default), {@code problem}, {@code coded} or {@code opaque}; beside it,
 *       after commas, others with the paths for which they are, as in {@code detail, coded /full/** /ws/**}
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

    private static final Decision PERMITTED = new Decision.Permitted();

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
        return new Settings(parameters.rules(), parameters.shared());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        if (decide(AuthenticationFilter.callerOf(http), http) instanceof Decision.Refused refused) {
            ready().shared.refusalsFor(http).refuse((HttpServletResponse) response, refused);
        } else {
            chain.doFilter(request, response);
        }
    }

    /**
     * Decides without answering, for frameworks that answer by themselves. Like {@link #doFilter}, it judges a request
     * once: it permits one that it has permitted before, and every error page.
     *
     * @param caller who is calling, or null if nobody is signed in
     * @param request the request
     * @return whether the caller may go on; {@link Refusals} writes the refusal
     */
    public Decision decide(@Nullable Caller caller, HttpServletRequest request) {
        if (once.hasPassed(request) || request.getDispatcherType() == DispatcherType.ERROR) {
            return PERMITTED;
        }
        Settings current = ready();
        Decision decision = current.shared.passesAsPreflight(request) ? PERMITTED : current.decide(caller, request);
        if (decision instanceof Decision.Permitted) {
            once.pass(request);
        }
        return decision;
    }

    private Settings ready() {
        Settings current = settings;
        if (current == null) {
            throw new IllegalStateException("init(FilterConfig) was not called; in code, use PermissionFilter.builder");
        }
        return current;
    }

    private record Settings(PermissionRules rules, FilterSettings shared) {

        Decision decide(@Nullable Caller caller, HttpServletRequest request) {
            AuthListener listener = shared.listener();
            if (listener == null) {
                return ask(caller, request);
            }
            long start = System.nanoTime();
            Decision decision = ask(caller, request);
            AuthEvent.tell(listener, AuthEvent.of(decision, caller, System.nanoTime() - start));
            return decision;
        }

        private Decision ask(@Nullable Caller caller, HttpServletRequest request) {
            return rules.decide(caller, new ServletAuthRequest(request));
        }
    }

    /** The settings of a {@link PermissionFilter}. */
    public static final class Builder {

        private final PermissionRules rules;
        private FilterSettings shared = FilterSettings.builder().build();

        private Builder(PermissionRules rules) {
            this.rules = rules;
        }

        /**
         * What this filter has in common with an {@link AuthenticationFilter}. All at their defaults unless set.
         *
         * @param settings the same that the other filter has
         * @return this builder
         */
        public Builder settings(FilterSettings settings) {
            this.shared = settings;
            return this;
        }

        /**
         * Makes the filter.
         *
         * @return the filter
         */
        public PermissionFilter build() {
            return new PermissionFilter(new Settings(rules, shared));
        }
    }
}
