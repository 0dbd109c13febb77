package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.ExampleServer;
import dev.portcullis.auth.example.Setup;
import dev.portcullis.auth.example.Signing;
import dev.portcullis.auth.example.TomcatSettings;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The application as a server that the command line and the tour can start. */
final class SpringServer implements ExampleServer {

    private final ServletWebServerApplicationContext context;

    private SpringServer(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it. See {@link ExampleServer.Kind}.
     *
     * @param plain whether Spring Security is to stay out of it
     */
    static ExampleServer start(Setup setup, boolean plain) throws IOException {
        if (plain && AotDetector.useGeneratedArtifacts()) {
            throw new IllegalArgumentException("--plain is not in what was worked out ahead of time: start without"
                    + " -Dspring.aot.enabled=true");
        }
        SpringApplication application = new SpringApplication(ExampleApplication.class);
        application.setMainApplicationClass(ExampleApplication.class);
        application.setRegisterShutdownHook(false); // the command line has its own
        if (plain) {
            application.setAdditionalProfiles("plain");
        }
        application.addInitializers(context -> apply(setup, context));
        try {
            return new SpringServer((ServletWebServerApplicationContext) application.run());
        } catch (RuntimeException e) {
            throw failure(setup.port(), e);
        }
    }

    private static void apply(Setup setup, ConfigurableApplicationContext context) {
        Map<String, Object> properties = new SetupProperties(setup).all();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("setup", properties));
        context.getBeanFactory().registerSingleton("setup", setup);
        Signing signing = setup.kept().signing();
        if (signing.hasClockOfItsOwn()) {
            // What no property says takes a bean in the place of the one that properties make.
            context.getBeanFactory().registerSingleton("signatures", signing.authentication());
        }
    }

    private static IOException failure(int port, RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException) {
                return TomcatSettings.taken(port, e);
            }
            if (cause instanceof IllegalArgumentException wrong && cause.getCause() == null) {
                throw wrong;
            }
        }
        return new IOException("The server cannot start: " + e.getMessage(), e);
    }

    @Override
    public int port() {
        return Objects.requireNonNull(context.getWebServer(), "It has started").getPort();
    }

    @Override
    public void close() {
        context.close();
    }
}
