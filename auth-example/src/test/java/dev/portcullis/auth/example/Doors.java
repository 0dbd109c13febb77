package dev.portcullis.auth.example;

import dev.portcullis.auth.*;
import dev.portcullis.auth.apikey.*;
import dev.portcullis.auth.jwt.*;
import dev.portcullis.auth.servlet.*;
import jakarta.servlet.*;
import jakarta.servlet.annotation.WebListener;
import java.net.URI;
import java.util.EnumSet;

@WebListener
public final class Doors implements ServletContextListener {

    private final JWKSAuthentication tokens = JWKSAuthentication.builder()
            .trust(TrustedIssuer.named("https://issuer.example")
                    .jwks(URI.create("https://issuer.example/.well-known/jwks.json"))
                    .audience("https://api.example")
                    .build())
            .build();
    private final APIKeyAuthentication keys =
            APIKeyAuthentication.builder().store(new InMemoryAPIKeyStore()).build();
    private final PermissionRules rules = PermissionRules.builder()
            .rule("GET", "/health", Requirement.anyone())
            .rule("GET", "/api/v1/leagues/**", Requirement.allOf("catalog:read"))
            .rule("POST, PUT, PATCH, DELETE", "/api/v1/leagues/**", Requirement.allOf("catalog:write"))
            .build();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        AuthenticationMethod method = AuthenticationMethod.firstOf(keys, tokens);
        add(event, "authentication", AuthenticationFilter.builder(method).build());
        add(event, "permissions", PermissionFilter.builder(rules).build());
    }

    private static void add(ServletContextEvent event, String name, Filter filter) {
        FilterRegistration.Dynamic added = event.getServletContext().addFilter(name, filter);
        added.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        added.setAsyncSupported(true);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        tokens.close();
        keys.close();
    }
}
