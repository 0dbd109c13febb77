package dev.portcullis.auth.spring;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.PermissionFilter;
import org.jspecify.annotations.Nullable;

/** The two filters, made once, so that one request is judged once wherever they stand. */
final class RequestFilters {

    private final AuthenticationMethod method;
    private final FilterSettings settings;
    private final @Nullable PermissionRules openRoutes;
    private final AuthenticationFilter authentication;
    private final @Nullable PermissionFilter permission;

    /**
     * The filters of an application.
     *
     * @param method how callers are found out
     * @param settings how refusals are written, and who is told
     * @param openRoutes rules for which a bad credential is overlooked, or null
     * @param rules what each route requires, or null if something else says it
     */
    RequestFilters(
            AuthenticationMethod method,
            FilterSettings settings,
            @Nullable PermissionRules openRoutes,
            @Nullable PermissionRules rules) {
        AuthenticationFilter.Builder filter =
                AuthenticationFilter.builder(method).settings(settings);
        this.method = method;
        this.settings = settings;
        this.openRoutes = openRoutes;
        this.authentication = openRoutes == null
                ? filter.build()
                : filter.ignoreBadCredentialsOnOpenRoutes(openRoutes).build();
        this.permission = rules == null
                ? null
                : PermissionFilter.builder(rules).settings(settings).build();
    }

    AuthenticationMethod method() {
        return method;
    }

    @Nullable
    PermissionRules openRoutes() {
        return openRoutes;
    }

    FilterSettings settings() {
        return settings;
    }

    AuthenticationFilter authentication() {
        return authentication;
    }

    /** The second filter, where nothing but rules says what routes require. */
    PermissionFilter permission() {
        if (permission == null) {
            throw noRules();
        }
        return permission;
    }

    private static SettingException noRules() {
        return new SettingException(
                "portcullis.rules",
                "is missing, so that every route would be closed to everybody",
                "Add rules, such as portcullis.rules[0].path=/api/v1/leagues/** and"
                        + " portcullis.rules[0].permissions=catalog:read; define a PermissionRules bean; or set"
                        + " portcullis.unnamed-routes to signed-in, anyone or nobody. In a SecurityFilterChain of your own,"
                        + " say rules(…) or authorizeHttpRequests(…).");
    }
}
