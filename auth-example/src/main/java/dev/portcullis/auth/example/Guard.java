package dev.portcullis.auth.example;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.PermissionFilter;

/**
 * The two filters in front of the API.
 *
 * @param authentication finds out who is calling
 * @param permissions decides who may go on
 */
record Guard(AuthenticationFilter authentication, PermissionFilter permissions) {

    /** Filters with every setting at its default. */
    static Guard of(AuthenticationMethod method, PermissionRules rules) {
        return new Guard(
                AuthenticationFilter.builder(method).build(),
                PermissionFilter.builder(rules).build());
    }

    /** What the routes of the API require. Write does not imply read. */
    static PermissionRules rules() {
        String change = "POST, PUT, PATCH, DELETE";
        return PermissionRules.builder()
                .rule("GET", "/health", Requirement.anyone())
                .rule("GET", "/api/v1/leagues/**", Requirement.allOf("catalog:read"))
                .rule(change, "/api/v1/leagues/**", Requirement.allOf("catalog:write"))
                .rule("GET", "/api/v1/sources/**", Requirement.allOf("holdings:read"))
                .rule(change, "/api/v1/sources/**", Requirement.allOf("holdings:write"))
                .build();
    }
}
