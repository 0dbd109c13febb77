package dev.portcullis.auth.spring;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.PermissionFilter;
import org.jspecify.annotations.Nullable;

/**
 * What the two filters are made of, so that they decide alike wherever they stand.
 *
 * @param method how callers are found out
 * @param settings how refusals are written, and who is told
 * @param openRoutes rules for which a bad credential is overlooked, or null
 */
record RequestFilters(
        AuthenticationMethod method,
        FilterSettings settings,
        @Nullable PermissionRules openRoutes) {

    AuthenticationFilter authentication() {
        AuthenticationFilter.Builder filter =
                AuthenticationFilter.builder(method).settings(settings);
        return openRoutes == null
                ? filter.build()
                : filter.ignoreBadCredentialsOnOpenRoutes(openRoutes).build();
    }

    PermissionFilter permission(PermissionRules rules) {
        return PermissionFilter.builder(rules).settings(settings).build();
    }
}
