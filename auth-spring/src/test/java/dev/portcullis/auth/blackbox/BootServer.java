package dev.portcullis.auth.blackbox;

import java.util.EnumMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Spring Boot with its Tomcat: every {@link Deployment} is an application of its own, at a port of its own. */
final class BootServer implements Server {

    private final Map<Deployment, ServletWebServerApplicationContext> running = new EnumMap<>(Deployment.class);
    private final Trust trust = new Trust();
    private final Witness witness = new Witness();

    /** An application without anything of its own: Boot and what is on the class path do it all. */
    @EnableAutoConfiguration
    static class Application {}

    BootServer() {
        TomcatServer.beQuiet();
        try {
            for (Deployment deployment : Deployment.values()) {
                running.put(deployment, start(new BootDeployment(deployment, trust, witness)));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static ServletWebServerApplicationContext start(BootDeployment deployment) {
        Map<String, Object> properties = deployment.properties();
        properties.putAll(Map.of(
                "server.port",
                0,
                "server.address",
                "127.0.0.1",
                "server.max-http-request-header-size",
                "32KB",
                "spring.web.error.path",
                Routes.ERROR_PAGE,
                "spring.main.banner-mode",
                "off",
                "spring.main.log-startup-info",
                false));
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(context -> {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("deployment", properties));
            deployment.register((GenericApplicationContext) context);
        });
        return (ServletWebServerApplicationContext) application.run();
    }

    private int port(Deployment deployment) {
        ServletWebServerApplicationContext context = running.get(deployment);
        if (context == null || context.getWebServer() == null) {
            throw new IllegalStateException(deployment + " does not run");
        }
        return context.getWebServer().getPort();
    }

    @Override
    public int port() {
        return port(Deployment.DEFAULT);
    }

    @Override
    public Wire wire(App app) {
        return new Wire(port((Deployment) app), app.contextPath());
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
