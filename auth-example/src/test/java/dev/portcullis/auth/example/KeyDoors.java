package dev.portcullis.auth.example;

import dev.portcullis.auth.*;
import dev.portcullis.auth.apikey.*;
import dev.portcullis.auth.jwt.PublishedKeys;
import dev.portcullis.auth.servlet.keys.*;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;

final class KeyDoors {

    private static final URI SCANNER = URI.create("https://api.github.com/meta/public_keys/secret_scanning");

    static PermissionRules.Builder rules() {
        return PermissionRules.builder()
                .rule("GET, POST, PUT, PATCH, DELETE", "/api/v1/api-keys/**", Requirement.signedIn())
                .rule("GET", "/api/v1/api-keys/openapi.json", Requirement.anyone())
                .rule("GET", "/api-keys/**", Requirement.anyone())
                .rule("POST", "/leaks", Requirement.anyone());
    }

    static void add(ServletContext context, APIKeyStore store) {
        APIKeys keys = APIKeys.builder()
                .store(store)
                .scopeCatalogue(List.of("catalog:read", "catalog:write"))
                .maximumLifetime(Duration.ofDays(365))
                .usualLifetime(Duration.ofDays(90))
                .build();
        context.addServlet("api-keys", APIKeyServlet.builder(keys).build()).addMapping("/api/v1/api-keys/*");
        context.addServlet("key-page", KeyPageServlet.builder().build()).addMapping("/api-keys/*");
        LeakServlet leaks = LeakServlet.builder(keys, PublishedKeys.at(SCANNER))
                .listener(leak -> System.out.println("Tell " + leak.key().owner() + " of " + leak.url()))
                .build();
        context.addServlet("leaks", leaks).addMapping("/leaks");
    }
}
