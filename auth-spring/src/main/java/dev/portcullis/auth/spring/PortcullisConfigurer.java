package dev.portcullis.auth.spring;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.servlet.FilterSettings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.FormLoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.HttpBasicConfigurer;
import org.springframework.security.config.annotation.web.configurers.RememberMeConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.servletapi.SecurityContextHolderAwareRequestFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * Portcullis in a chain of Spring Security:
 *
 * <pre>{@code
 * @Bean
 * SecurityFilterChain api(HttpSecurity http) {
 *     return http.securityMatcher("/api/**").with(portcullis(), withDefaults()).build();
 * }
 * }</pre>
 *
 * <p>Callers are found out by the application's authentication methods, and what they may do is said by its {@link
 * PermissionRules}, unless the chain says so itself in {@code authorizeHttpRequests}. The chain is stateless: no
 * session, no saved requests, no log-out, and no CSRF protection, which it does not need since credentials come from
 * headers that a foreign page cannot set. Mechanisms that sign users in otherwise, such as {@code formLogin} or {@code
 * oauth2ResourceServer}, belong in a chain of their own, with a {@code securityMatcher}; in the same chain they are
 * refused.
 */
@SuppressWarnings("exports") // Spring Security is optional to the module
public final class PortcullisConfigurer extends AbstractHttpConfigurer<PortcullisConfigurer, HttpSecurity> {

    private @Nullable AuthenticationMethod method;
    private @Nullable FilterSettings settings;
    private @Nullable PermissionRules rules;
    private @Nullable PermissionRules openRoutes;
    private @Nullable RequestFilters filters;

    private PortcullisConfigurer() {}

    /**
     * Portcullis, for {@code http.with(…)}.
     *
     * @return a configurer that takes what is not said from the application's beans
     */
    public static PortcullisConfigurer portcullis() {
        return new PortcullisConfigurer();
    }

    /**
     * How callers are found out.
     *
     * @param found the method; all those that are beans, in their order, unless given
     * @return this configurer
     */
    public PortcullisConfigurer method(AuthenticationMethod found) {
        this.method = found;
        return this;
    }

    /**
     * How refusals are written, and who is told.
     *
     * @param chosen the settings; those of the properties under {@code portcullis} unless given
     * @return this configurer
     */
    public PortcullisConfigurer settings(FilterSettings chosen) {
        this.settings = chosen;
        return this;
    }

    /**
     * What each route of this chain requires. Not together with {@code authorizeHttpRequests}, where
     * {@link RulesAuthorizationManager} has the same rules.
     *
     * @param required the rules; the {@code PermissionRules} bean unless given
     * @return this configurer
     */
    public PortcullisConfigurer rules(PermissionRules required) {
        this.rules = required;
        return this;
    }

    /**
     * Lets a request with a bad credential go on without a caller where these rules open the route to anyone.
     *
     * @param open the rules; as the properties say unless given
     * @return this configurer
     */
    public PortcullisConfigurer ignoreBadCredentialsOnOpenRoutes(PermissionRules open) {
        this.openRoutes = open;
        return this;
    }

    /** {@inheritDoc} What makes the chain stateless is said at once; whatever is said after it wins. */
    @Override
    public void setBuilder(HttpSecurity http) {
        super.setBuilder(http);
        http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable);
    }

    @Override
    public void init(HttpSecurity http) {
        refuseOtherMechanisms(http);
        http.setSharedObject(RequestCache.class, new NullRequestCache());
        RequestFilters made = filters(http);
        filters = made;
        RefusalHandlers handlers = new RefusalHandlers(made.settings());
        http.exceptionHandling(
                handling -> handling.defaultAuthenticationEntryPointFor(handlers, AnyRequestMatcher.INSTANCE)
                        .defaultAccessDeniedHandlerFor(handlers, AnyRequestMatcher.INSTANCE));
        if (!isThere(http, AuthorizeHttpRequestsConfigurer.class)) {
            RulesAuthorizationManager manager = RulesAuthorizationManager.of(made.permission());
            http.authorizeHttpRequests(requests -> requests.anyRequest().access(manager));
        } else if (rules != null) {
            throw new IllegalStateException("This chain has rules(…) and authorizeHttpRequests(…): keep one, or write"
                    + " access(RulesAuthorizationManager.of(rules)) in the second");
        }
    }

    @Override
    public void configure(HttpSecurity http) {
        RequestFilters made = Objects.requireNonNull(filters, "init(HttpSecurity) was not called");
        CallerFilter filter = new CallerFilter(made.authentication(), getSecurityContextHolderStrategy());
        http.addFilterAfter(filter, SecurityContextHolderAwareRequestFilter.class);
    }

    @SuppressWarnings("rawtypes")
    private static void refuseOtherMechanisms(HttpSecurity http) {
        List<Class<? extends AbstractHttpConfigurer>> others = List.of(
                FormLoginConfigurer.class,
                HttpBasicConfigurer.class,
                RememberMeConfigurer.class,
                OAuth2LoginConfigurer.class,
                OAuth2ResourceServerConfigurer.class);
        for (Class<? extends AbstractHttpConfigurer> other : others) {
            if (isThere(http, other)) {
                String name = other.getSimpleName().replace("Configurer", "");
                throw new IllegalStateException("One chain has both portcullis() and " + name
                        + ": give each a chain of its own, told apart by securityMatcher(…)");
            }
        }
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static boolean isThere(HttpSecurity http, Class<? extends AbstractHttpConfigurer> type) {
        return http.getConfigurer((Class) type) != null;
    }

    /** The application's own filters, unless this chain says anything by itself. */
    private RequestFilters filters(HttpSecurity http) {
        RequestFilters beans = bean(http, RequestFilters.class);
        if (beans != null && method == null && settings == null && rules == null && openRoutes == null) {
            return beans;
        }
        AuthenticationMethod found = method != null || beans == null ? method : beans.method();
        if (found == null) {
            throw new IllegalStateException("portcullis() knows no way to find out callers: say method(…), or let"
                    + " Portcullis be auto-configured");
        }
        FilterSettings chosen = settings != null || beans == null ? settings : beans.settings();
        return new RequestFilters(
                found,
                chosen == null ? FilterSettings.builder().build() : chosen,
                openRoutes != null || beans == null ? openRoutes : beans.openRoutes(),
                rules == null ? bean(http, PermissionRules.class) : rules);
    }

    private static <T> @Nullable T bean(HttpSecurity http, Class<T> type) {
        return http.getSharedObject(ApplicationContext.class)
                .getBeanProvider(type)
                .getIfAvailable();
    }
}
