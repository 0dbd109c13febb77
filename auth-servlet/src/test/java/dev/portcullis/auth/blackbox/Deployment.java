package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.AuthListener;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.ErrorFormat;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.PermissionFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** The applications that a server under test runs: each has all {@link Routes}, behind filters with other settings. */
public enum Deployment implements App {
    /** Every setting at its default, at the root of the server. */
    DEFAULT("") {
        @Override
        void addFilters(ServletContext context, Trust trust, Witness witness) {
            add(context, new StubMethod(), telling(witness).build());
        }
    },

    /** Problem details, a realm, a context path. */
    PROBLEM("/problem") {
        @Override
        void addFilters(ServletContext context, Trust trust, Witness witness) {
            FilterSettings.Builder settings = FilterSettings.builder();
            settings.errorFormat(ErrorFormat.PROBLEM).realm("the catalogue");
            add(context, new StubMethod(), settings.build());
        }
    },

    /** Every loosening. */
    LENIENT("/lenient") {
        @Override
        void addFilters(ServletContext context, Trust trust, Witness witness) {
            FilterSettings settings = telling(witness).letPreflightPass().build();
            add(
                    context,
                    AuthenticationFilter.builder(new StubMethod())
                            .ignoreBadCredentialsOnOpenRoutes(Routes.rules())
                            .settings(settings)
                            .build(),
                    PermissionFilter.builder(Routes.rules()).settings(settings).build());
        }
    },

    /** Filters made by the container, from class names and parameters as {@code web.xml} has them. */
    DECLARED("/declared") {
        @Override
        void addFilters(ServletContext context, Trust trust, Witness witness) {
            context.setAttribute(AuthenticationMethod.class.getName(), new StubMethod());
            context.setAttribute(AuthListener.class.getName(), witness);
            context.setInitParameter("portcullis.realm", "declared");
            context.setInitParameter("portcullis.rules", Routes.TEXT);
            var authentication = map(context.addFilter("authentication", AuthenticationFilter.class.getName()));
            authentication.setInitParameter("ignore-bad-credentials-on-open-routes", "true");
            authentication.setInitParameter("let-preflight-pass", "true");
            var permission = map(context.addFilter("permission", PermissionFilter.class.getName()));
            permission.setInitParameter("error-format", "problem");
            permission.setInitParameter("let-preflight-pass", "true");
        }
    },

    /** As it comes from a container before which something else has been at work: see {@link Meddler}. */
    MEDDLED("/meddled") {
        @Override
        void addFilters(ServletContext context, Trust trust, Witness witness) {
            map(context.addFilter("meddler", new Meddler()));
            DEFAULT.addFilters(context, trust, witness);
        }
    },

    /** The rules stand in the context, and nothing else is set. The filters see requests only, no other dispatch. */
    BARE("/bare") {
        @Override
        void addFilters(ServletContext context, Trust trust, Witness witness) {
            context.setAttribute(PermissionRules.class.getName(), Routes.rules());
            context.setAttribute(AuthenticationMethod.class.getName(), new StubMethod());
            for (Class<? extends Filter> type : List.of(AuthenticationFilter.class, PermissionFilter.class)) {
                FilterRegistration.Dynamic filter = context.addFilter(type.getSimpleName(), type);
                filter.setAsyncSupported(true);
                filter.addMappingForUrlPatterns(null, true, "/*");
            }
        }
    },

    /** Each filter stands in the chain twice, as it does where a framework registers it beside the application. */
    TWICE("/twice") {
        @Override
        void addFilters(ServletContext context, Trust trust, Witness witness) {
            FilterSettings settings = telling(witness).build();
            Filter authentication = AuthenticationFilter.builder(new StubMethod())
                    .settings(settings)
                    .build();
            Filter permission =
                    PermissionFilter.builder(Routes.rules()).settings(settings).build();
            add(context, authentication, permission);
            map(context.addFilter("authentication again", authentication));
            map(context.addFilter("permission again", permission));
        }
    },

    /** Real tokens and real API keys. */
    REAL("/real") {
        @Override
        void addFilters(ServletContext context, Trust trust, Witness witness) {
            add(context, trust.method(), telling(witness).build());
        }
    },

    /** The same from init-params. */
    REAL_DECLARED("/real-declared") {
        @Override
        void addFilters(ServletContext context, Trust trust, Witness witness) {
            context.setAttribute(APIKeyStore.class.getName(), trust.store());
            var authentication = map(context.addFilter("authentication", AuthenticationFilter.class.getName()));
            authentication.setInitParameters(Map.of(
                    "jwks-url",
                    trust.jwks().toString(),
                    "issuer",
                    trust.issuer(),
                    "audience",
                    "another, " + Trust.AUDIENCE,
                    "authorized-parties",
                    Trust.PARTY,
                    "environments",
                    "live"));
            map(context.addFilter("permission", PermissionFilter.class.getName()))
                    .setInitParameter("rules", Routes.TEXT);
        }
    },

    /** An issuer that cannot be reached, and a store that cannot be asked. */
    OUTAGE("/outage") {
        @Override
        void addFilters(ServletContext context, Trust trust, Witness witness) {
            context.setAttribute(APIKeyStore.class.getName(), new UnreachableStore());
            var authentication = map(context.addFilter("authentication", AuthenticationFilter.class.getName()));
            authentication.setInitParameters(Map.of(
                    "jwks-url", "http://127.0.0.1:1/jwks.json", "issuer", trust.issuer(), "audience", Trust.AUDIENCE));
            map(context.addFilter("permission", PermissionFilter.class.getName()))
                    .setInitParameter("rules", Routes.TEXT);
        }
    };

    private final String contextPath;

    Deployment(String contextPath) {
        this.contextPath = contextPath;
    }

    @Override
    public String contextPath() {
        return contextPath;
    }

    @Override
    public void deploy(ServletContext context, Trust trust, Witness witness) {
        addFilters(context, trust, witness);
        Routes.addServlets(context);
    }

    abstract void addFilters(ServletContext context, Trust trust, Witness witness);

    static FilterSettings.Builder telling(Witness witness) {
        return FilterSettings.builder().listener(witness);
    }

    static void add(ServletContext context, AuthenticationMethod method, FilterSettings settings) {
        add(
                context,
                AuthenticationFilter.builder(method).settings(settings).build(),
                PermissionFilter.builder(Routes.rules()).settings(settings).build());
    }

    static void add(ServletContext context, Filter authentication, Filter permission) {
        map(context.addFilter("authentication", authentication));
        map(context.addFilter("permission", permission));
    }

    private static FilterRegistration.Dynamic map(FilterRegistration.Dynamic filter) {
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/*");
        return filter;
    }
}
