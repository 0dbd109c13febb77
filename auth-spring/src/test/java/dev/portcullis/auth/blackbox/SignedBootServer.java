package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.servlet.keys.SigningKeyServlet;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Every {@link SignedApp} on Spring Boot, at a port of its own. */
final class SignedBootServer implements Server {

    private final Map<SignedApp, ServletWebServerApplicationContext> running = new EnumMap<>(SignedApp.class);
    private final Trust trust = new Trust();
    private final Witness witness = new Witness();

    /** An application without anything of its own. */
    @EnableAutoConfiguration
    static class Application {}

    SignedBootServer() {
        TomcatServer.beQuiet();
        for (SignedApp app : SignedApp.values()) {
            running.put(app, start(app));
        }
    }

    private static ServletWebServerApplicationContext start(SignedApp app) {
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(context -> {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "signed",
                            Map.of(
                                    "server.port",
                                    0,
                                    "server.address",
                                    "127.0.0.1",
                                    "server.servlet.context-path",
                                    app.contextPath(),
                                    "spring.main.banner-mode",
                                    "off",
                                    "spring.main.log-startup-info",
                                    false,
                                    "portcullis.ignore-bad-credentials-on-open-routes",
                                    app == SignedApp.LENIENT)));
            register((GenericApplicationContext) context, app);
        });
        return (ServletWebServerApplicationContext) application.run();
    }

    private static void register(GenericApplicationContext context, SignedApp app) {
        context.registerBean(APIKeyStore.class, app::keyStore);
        context.registerBean(StubMethod.class, StubMethod::new);
        context.registerBean(SignedRequestAuthentication.class, app::signed);
        context.registerBean(
                PermissionRules.class, () -> SignedRoutes.rules(app == SignedApp.LENIENT ? "/v1/bytes" : ""));
        context.registerBean("routes", ServletContextInitializer.class, () -> SignedRoutes::addServlets);
        context.registerBean(
                "signing-keys",
                ServletRegistrationBean.class,
                () -> new ServletRegistrationBean<SigningKeyServlet>(app.endpoints(), "/api/v1/signing-keys/*"));
    }

    private int port(SignedApp app) {
        ServletWebServerApplicationContext context = running.get(app);
        if (context == null || context.getWebServer() == null) {
            throw new IllegalStateException(app + " does not run");
        }
        return context.getWebServer().getPort();
    }

    @Override
    public int port() {
        return port(SignedApp.SIMPLE);
    }

    @Override
    public Wire wire(App app) {
        return new Wire(port((SignedApp) app), app.contextPath());
    }

    @Override
    public Trust trust() {
        return trust;
    }

    @Override
    public Witness witness() {
        return witness;
    }

    @Override
    public void close() {
        running.values().forEach(ServletWebServerApplicationContext::close);
        trust.close();
    }
}
