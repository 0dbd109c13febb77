package dev.portcullis.auth.blackbox;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Spring Boot with its Tomcat: every {@link App} is an application of its own, at a port of its own. */
final class BootServer implements Server {

    private final Map<App, ServletWebServerApplicationContext> running = new LinkedHashMap<>();
    private final Trust trust = new Trust();
    private final Witness witness = new Witness();

    /** An application without anything of its own: Boot and what is on the class path do it all. */
    @EnableAutoConfiguration
    static class Application {}

    BootServer(App... apps) {
        TomcatServer.beQuiet();
        try {
            for (App app : apps) {
                running.put(app, start(described(app)));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private BootApp described(App app) {
        if (app instanceof KeyApp keys) {
            return new BootKeyApp(keys);
        }
        if (app instanceof SignedApp signed) {
            return new BootSignedApp(signed);
        }
        return app instanceof TradingApp trading
                ? new BootTradingApp(trading, witness)
                : new BootDeployment((Deployment) app, trust, witness);
    }

    private static ServletWebServerApplicationContext start(BootApp app) {
        Map<String, Object> properties = app.properties();
        properties.putAll(Map.of(
                "server.port",
                0,
                "server.address",
                "127.0.0.1",
                "server.max-http-request-header-size",
                "32KB",
                "spring.web.error.path",
                Routes.ERROR_PAGE));
        SpringApplication application = new SpringApplication(Application.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.addInitializers(context -> {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("app", properties));
            app.register((GenericApplicationContext) context);
        });
        return (ServletWebServerApplicationContext) application.run();
    }

    private int port(App app) {
        ServletWebServerApplicationContext context = running.get(app);
        if (context == null || context.getWebServer() == null) {
            throw new IllegalStateException(app + " does not run");
        }
        return context.getWebServer().getPort();
    }

    @Override
    public int port() {
        return port(running.keySet().iterator().next());
    }

    @Override
    public Wire wire(App app) {
        return new Wire(port(app), app.contextPath());
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
