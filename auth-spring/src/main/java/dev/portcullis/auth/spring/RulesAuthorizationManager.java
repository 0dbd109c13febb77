package dev.portcullis.auth.spring;

import dev.portcullis.auth.Decision;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.PermissionFilter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * {@link PermissionRules} as an authorization manager of Spring Security, for a chain that has {@link
 * PortcullisConfigurer}:
 *
 * <pre>{@code
 * http.authorizeHttpRequests(requests -> requests
 *         .requestMatchers("/admin/**").hasAuthority("admin")
 *         .anyRequest().access(RulesAuthorizationManager.of(rules)));
 * }</pre>
 *
 * <p>It decides as {@link PermissionFilter} does: by the path as it was sent, once for each request, whatever that is
 * forwarded to.
 */
@SuppressWarnings("exports") // Spring Security is optional to the module
public final class RulesAuthorizationManager implements AuthorizationManager<RequestAuthorizationContext> {

    private static final AuthorizationResult GRANTED = new AuthorizationDecision(true);

    private final PermissionFilter rules;

    private RulesAuthorizationManager(PermissionFilter rules) {
        this.rules = rules;
    }

    /**
     * A manager that tells nobody of its decisions.
     *
     * @param rules what each route requires
     * @return the manager
     */
    public static RulesAuthorizationManager of(PermissionRules rules) {
        return of(rules, FilterSettings.builder().build());
    }

    /**
     * A manager.
     *
     * @param rules what each route requires
     * @param settings who is told, and whether preflight passes
     * @return the manager
     */
    public static RulesAuthorizationManager of(PermissionRules rules, FilterSettings settings) {
        return of(PermissionFilter.builder(rules).settings(settings).build());
    }

    static RulesAuthorizationManager of(PermissionFilter rules) {
        return new RulesAuthorizationManager(rules);
    }

    /** {@inheritDoc} The caller is the one of the request; other authentications hold no permissions. */
    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        Decision decision = rules.decide(AuthenticationFilter.callerOf(context.getRequest()), context.getRequest());
        return decision instanceof Decision.Refused refused ? new RuleRefusal(refused) : GRANTED;
    }
}
