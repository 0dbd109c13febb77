package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.AuthListener;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.apikey.APIKeyStore;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;

/** What the properties and beans of a Boot application must be so that it is the same as a {@link Deployment}. */
final class BootDeployment implements BootApp {

    private final Deployment deployment;
    private final Trust trust;
    private final Witness witness;
    private final Map<String, Object> properties = new LinkedHashMap<>();

    BootDeployment(Deployment deployment, Trust trust, Witness witness) {
        this.deployment = deployment;
        this.trust = trust;
        this.witness = witness;
    }

    @Override
    public Map<String, Object> properties() {
        properties.put("server.servlet.context-path", deployment.contextPath());
        switch (deployment) {
            case PROBLEM -> {
                properties.put("portcullis.errors.format", "problem");
                properties.put("portcullis.errors.realm", "the catalogue");
            }
            case LENIENT -> {
                properties.put("portcullis.ignore-bad-credentials-on-open-routes", true);
                properties.put("portcullis.let-preflight-pass", true);
            }
            case DECLARED -> properties.put("spring.autoconfigure.exclude", oursAndSpringSecurity());
            case BARE -> properties.put("spring.security.filter.dispatcher-types", "request");
            case REAL -> {
                putIssuer(trust.jwks().toString(), Trust.AUDIENCE, Trust.PARTY);
                properties.put("portcullis.api-keys.environments", "live");
                properties.put("portcullis.api-keys.maximum-key-age", Trust.OLDEST_KEY);
            }
            case REAL_DECLARED -> {
                putIssuer(trust.jwks().toString(), "another, " + Trust.AUDIENCE, Trust.PARTY);
                properties.put("portcullis.api-keys.environments", "live");
                putRules();
            }
            case OUTAGE -> {
                putIssuer("http://127.0.0.1:1/jwks.json", Trust.AUDIENCE, "");
                putRules();
            }
            default -> {
                // Every property has its default.
            }
        }
        return properties;
    }

    private static List<String> oursAndSpringSecurity() {
        return ImportCandidates.load(AutoConfiguration.class, null).getCandidates().stream()
                .filter(name -> name.startsWith("dev.portcullis.") || name.contains(".boot.security."))
                .toList();
    }

    private void putIssuer(String jwks, String audience, String party) {
        properties.put("portcullis.jwt.issuer", trust.issuer());
        properties.put("portcullis.jwt.jwks-uri", jwks);
        properties.put("portcullis.jwt.audience", audience);
        properties.put("portcullis.jwt.authorized-parties", party);
    }

    /** The rules of {@link Routes#TEXT} as properties: methods, path, requirement, and perhaps kinds. */
    private void putRules() {
        List<String> lines =
                Routes.TEXT.lines().filter(line -> !line.startsWith("#")).toList();
        for (int i = 0; i < lines.size(); i++) {
            String[] columns = lines.get(i).split(" {2,}| (?=/)", -1);
            String[] required = columns[2].split(" with ", -1);
            String at = "portcullis.rules[" + i + "].";
            properties.put(at + "methods", columns[0]);
            properties.put(at + "path", columns[1]);
            switch (required[0]) {
                case "anyone" -> properties.put(at + "anonymous", true);
                case "signed-in" -> properties.put(at + "signed-in", true);
                case "nobody" -> properties.put(at + "nobody", true);
                default -> properties.put(at + "permissions", required[0].replace(' ', ','));
            }
            if (required.length > 1) {
                properties.put(at + "kinds", required[1]);
            }
        }
    }

    @Override
    public void register(GenericApplicationContext context) {
        context.registerBean("routes", ServletContextInitializer.class, () -> Routes::addServlets);
        switch (deployment) {
            case REAL -> {
                registerRules(context);
                context.registerBean(AuthListener.class, () -> witness);
                context.registerBean(APIKeyStore.class, trust::store);
            }
            case REAL_DECLARED -> context.registerBean(APIKeyStore.class, trust::store);
            case OUTAGE -> context.registerBean(APIKeyStore.class, UnreachableStore::new);
            case PROBLEM, BARE -> registerStub(context);
            case DECLARED ->
                context.registerBean(
                        "declared",
                        ServletContextInitializer.class,
                        () -> servlets -> deployment.addFilters(servlets, trust, witness));
            default -> {
                registerStub(context);
                context.registerBean(AuthListener.class, () -> witness);
            }
        }
        registerFilters(context);
    }

    private static void registerStub(GenericApplicationContext context) {
        registerRules(context);
        context.registerBean(AuthenticationMethod.class, StubMethod::new);
    }

    private static void registerRules(GenericApplicationContext context) {
        context.registerBean(PermissionRules.class, Routes::rules);
    }

    private void registerFilters(GenericApplicationContext context) {
        if (deployment == Deployment.MEDDLED) {
            context.registerBean("meddler", FilterRegistrationBean.class, () -> first(new Meddler()));
        } else if (deployment == Deployment.BARE) {
            context.registerBean(BeanPostProcessor.class, RequestsOnly::new);
        } else if (deployment == Deployment.TWICE) {
            context.registerBean(
                    "again", ServletContextInitializer.class, () -> servlets -> addAgain(context, servlets));
        }
    }

    /** Every filter that the application registers, once more. */
    private static void addAgain(GenericApplicationContext context, ServletContext servlets) {
        context.getBeansOfType(AbstractFilterRegistrationBean.class).forEach((name, registration) -> {
            FilterRegistration.Dynamic again = servlets.addFilter(name + " again", registration.getFilter());
            again.setAsyncSupported(true);
            again.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/*");
        });
    }

    private static FilterRegistrationBean<Filter> first(Filter filter) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** Takes every other dispatch away from filters. */
    private static final class RequestsOnly implements BeanPostProcessor {

        @Override
        public Object postProcessBeforeInitialization(Object bean, String name) {
            if (bean instanceof AbstractFilterRegistrationBean<?> registration) {
                registration.setDispatcherTypes(DispatcherType.REQUEST);
            }
            return bean;
        }
    }
}
