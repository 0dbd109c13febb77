package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.ErrorFormat;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.PermissionFilter;
import dev.portcullis.auth.servlet.keys.APIKeyServlet;
import dev.portcullis.auth.testkit.SettableClock;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Applications whose users manage keys. Who calls is for the caller to say: see {@link StubMethod}. */
@SuppressWarnings("ImmutableEnumChecker") // a list of applications, each with what it stands on
public enum KeyApp implements App {
    /** Every setting at its default. */
    USUAL(""),

    /** Few scopes, short lives, three keys; problem details. */
    STRICT("/strict") {
        @Override
        APIKeys.Builder settings(APIKeys.Builder settings) {
            return settings.scopeCatalogue(List.of("catalog:read", "catalog:write"))
                    .maximumLifetime(Duration.ofDays(90))
                    .usualLifetime(Duration.ofDays(30))
                    .maximumKeys(3);
        }

        @Override
        ServletRegistration.Dynamic add(ServletContext context, String name) {
            FilterSettings settings = FilterSettings.builder()
                    .errorFormat(ErrorFormat.PROBLEM)
                    .realm("keys")
                    .build();
            return context.addServlet(
                    name, APIKeyServlet.builder(keys).settings(settings).build());
        }
    },

    /** A servlet that the container makes, from its class name. */
    DECLARED("/declared") {
        @Override
        ServletRegistration.Dynamic add(ServletContext context, String name) {
            context.setAttribute(APIKeys.class.getName(), keys);
            return context.addServlet(name, APIKeyServlet.class);
        }
    },

    /** A store that cannot be asked. */
    OUTAGE("/outage") {
        @Override
        APIKeyStore store() {
            return new UnreachableStore();
        }
    },

    /** A store that fails without a word about what that means. */
    FAILING("/failing") {
        @Override
        APIKeyStore store() {
            return (APIKeyStore) Proxy.newProxyInstance(
                    KeyApp.class.getClassLoader(), new Class<?>[] {APIKeyStore.class}, (proxy, method, arguments) -> {
                        throw new IllegalStateException("SELECT hash FROM api_key");
                    });
        }
    };

    /** Where the endpoints are, below the context path. */
    static final String BASE = "/api/v1/api-keys";

    /** What all applications take for now, until a test moves it. */
    final SettableClock clock = SettableClock.at(Instant.parse("2030-01-01T12:00:00Z"));

    /** Where the keys are. */
    final APIKeyStore store;

    final APIKeys keys;

    private final String contextPath;

    KeyApp(String contextPath) {
        this.contextPath = contextPath;
        this.store = store();
        this.keys = settings(APIKeys.builder().store(store).clock(clock)).build();
    }

    @Override
    public String contextPath() {
        return contextPath;
    }

    APIKeyStore store() {
        return new InMemoryAPIKeyStore();
    }

    APIKeys.Builder settings(APIKeys.Builder settings) {
        return settings;
    }

    ServletRegistration.Dynamic add(ServletContext context, String name) {
        return context.addServlet(name, APIKeyServlet.builder(keys).build());
    }

    @Override
    public void deploy(ServletContext context, Trust trust, Witness witness) {
        Deployment.add(
                context,
                AuthenticationFilter.builder(new StubMethod()).build(),
                PermissionFilter.builder(rules()).build());
        add(context, "keys").addMapping(BASE + "/*");
        add(context, "unguarded").addMapping("/unguarded/*");
    }

    static PermissionRules rules() {
        return PermissionRules.builder()
                .rule("GET", BASE + "/openapi.json", Requirement.anyone())
                .rule("GET, POST, PUT, PATCH, DELETE, OPTIONS", BASE + "/**", Requirement.signedIn())
                .rule("GET, POST", "/unguarded/**", Requirement.anyone())
                .build();
    }
}
