package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import jakarta.servlet.ServletContext;

/**
 * The routes of the application that the suite asks, in one place: what each requires, and what answers there. Every
 * server under test has these.
 */
public final class Routes {

    /** What {@link #rules()} says, as a text. */
    public static final String TEXT = """
            # who may do what
            GET                       /health                anyone
            GET                       /thrown/{what}         anyone
            GET                       /me                    signed-in
            GET                       /api/v1/leagues/**     catalog:read
            POST, PUT, PATCH, DELETE  /api/v1/leagues/**     catalog:write
            GET                       /api/v1/sources/**     holdings:read
            POST, PUT, PATCH, DELETE  /api/v1/sources/**     holdings:write
            GET                       /reports/{id}          catalog:read holdings:read
            POST                      /inference/**          signed-in with API_KEY
            GET                       /async/{how}           signed-in
            GET                       /forward/**            signed-in
            GET                       /include/**            signed-in
            GET                       /closed                nobody
            """;

    private Routes() {}

    /** What each route requires. Every other one is unnamed, such as {@code /admin}. */
    public static PermissionRules rules() {
        Requirement signedIn = Requirement.signedIn();
        String change = "POST, PUT, PATCH, DELETE";
        return PermissionRules.builder()
                .rule("GET", "/health", Requirement.anyone())
                .rule("GET", "/thrown/{what}", Requirement.anyone())
                .rule("GET", "/me", signedIn)
                .rule("GET", "/api/v1/leagues/**", Requirement.allOf("catalog:read"))
                .rule(change, "/api/v1/leagues/**", Requirement.allOf("catalog:write"))
                .rule("GET", "/api/v1/sources/**", Requirement.allOf("holdings:read"))
                .rule(change, "/api/v1/sources/**", Requirement.allOf("holdings:write"))
                .rule("GET", "/reports/{id}", Requirement.allOf("catalog:read", "holdings:read"))
                .rule("POST", "/inference/**", signedIn, CredentialKind.API_KEY)
                .rule("GET", "/async/{how}", signedIn)
                .rule("GET", "/forward/**", signedIn)
                .rule("GET", "/include/**", signedIn)
                .rule("GET", "/closed", Requirement.nobody())
                .build();
    }

    /** What answers. */
    public static void addServlets(ServletContext context) {
        // Every path that no other line names, also those that no rule opens.
        context.addServlet("echo", new Handlers.Echo()).addMapping("/*");
        // dispatch: a second time through the filters; run: answered by another thread; wrapped: with the request given
        var async = context.addServlet("async", new Handlers.Async());
        async.setAsyncSupported(true);
        async.addMapping("/async/*");
        // Forwards to, or includes, what stands behind /forward or /include.
        context.addServlet("forward", new Handlers.Forward()).addMapping("/forward/*");
        context.addServlet("include", new Handlers.Include()).addMapping("/include/*");
        // servlet, unavailable, runtime, io: thrown by the application. refused: it sends 401 by itself.
        context.addServlet("thrown", new Handlers.Thrown()).addMapping("/thrown/*");
    }

    /** Where the container shows its error pages: the echo of an error dispatch. No rule opens it. */
    public static final String ERROR_PAGE = "/error-page";
}
