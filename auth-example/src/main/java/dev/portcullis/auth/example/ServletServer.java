package dev.portcullis.auth.example;

import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.servlet.keys.APIKeyServlet;
import dev.portcullis.auth.servlet.keys.KeyPageServlet;
import dev.portcullis.auth.servlet.keys.LeakServlet;
import dev.portcullis.auth.servlet.keys.SigningKeyServlet;
import dev.portcullis.auth.signature.SigningKeys;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The catalogue and holdings API behind two filters, on a Tomcat. */
final class ServletServer implements ExampleServer {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Tomcat tomcat = new Tomcat();
    private final InFlight inFlight = new InFlight();
    private final Guard guard;
    private final Setup.@Nullable Keys keys;
    private final @Nullable LeakServlet leaks;
    private final Signing signing;
    private final Path directory;

    private ServletServer(Setup setup) throws IOException {
        this.keys = setup.keys();
        this.signing = setup.kept().signing();
        // First, for it can be set up wrongly, and then nothing else must have been opened.
        this.leaks = keys == null ? null : keys.leaks(Guard.settings(setup));
        this.guard = new Guard(setup);
        this.directory = Files.createTempDirectory("portcullis-example");
    }

    /** See {@link ExampleServer.Kind}. */
    static ServletServer start(Setup setup) throws IOException {
        logAlongWithUs();
        ServletServer server = new ServletServer(setup);
        try {
            server.start(setup.port());
            return server;
        } catch (LifecycleException e) {
            server.close();
            throw failure(setup.port(), e);
        }
    }

    /** Tomcat writes to the platform's logging: that goes where all other logs go. */
    static void logAlongWithUs() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }

    private void start(int port) throws LifecycleException {
        tomcat.setBaseDir(directory.toString());
        tomcat.setConnector(connector(port));
        tomcat.getEngine().getPipeline().addValve(inFlight);
        TomcatSettings.set((StandardHost) tomcat.getHost());
        StandardContext context = (StandardContext) tomcat.addContext("", null);
        leaveTheProcessAlone(context);
        // The container's WebSockets go first; their own filter stands behind ours all the same.
        context.addServletContainerInitializer(new WsSci(), Set.of());
        context.addServletContainerInitializer((types, servlets) -> deploy(servlets), Set.of());
        tomcat.start();
        if (!context.getState().isAvailable()
                || !tomcat.getConnector().getState().isAvailable()) {
            throw new LifecycleException("The application did not start; the log says why");
        }
    }

    /** What Tomcat does against leaks of applications that come and go; this one ends with its process. */
    private static void leaveTheProcessAlone(StandardContext context) {
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
    }

    private static Connector connector(int port) {
        Connector connector = new Connector();
        connector.setThrowOnFailure(true);
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("bindOnInit", "false"); // or the socket could not be closed ahead of the rest
        TomcatSettings.set(connector);
        return connector;
    }

    private void deploy(ServletContext servlets) {
        addFilter(servlets.addFilter("authentication", guard.authentication()));
        addFilter(servlets.addFilter("permissions", guard.permissions()));
        servlets.addServlet("health", new FixedServlet(200, Map.of("status", "ok")))
                .addMapping("/health/*");
        // Where no servlet is mapped, Tomcat answers before any filter: so one is mapped everywhere.
        servlets.addServlet("nothing", new FixedServlet(404, Map.of("detail", "Not found.")))
                .addMapping("/");
        for (Resource resource : Resource.all()) {
            servlets.addServlet(resource.name(), new ResourceServlet(resource))
                    .addMapping("/api/v1/" + resource.name() + "/*");
        }
        servlets.addServlet("trading", new TradingServlet(guard.rules(), guard.settings()))
                .addMapping("/full/v1/*");
        TradeSocket.addTo(servlets, guard.sockets());
        servlets.addServlet("chat-completions", new InferenceServlet(Inference.CHAT_COMPLETIONS))
                .addMapping("/v1/chat/completions", "/v1/chat/completions/");
        servlets.addServlet("messages", new InferenceServlet(Inference.MESSAGES))
                .addMapping("/v1/messages", "/v1/messages/");
        servlets.addServlet("exchange", new ExchangeServlet(new Exchange(signing.clock())))
                .addMapping(ExchangeServlet.PATHS);
        new SessionEndpoints(guard.sessions(), guard.settings()).addTo(servlets);
        if (keys != null) {
            APIKeys managed = Setup.Keys.managed(keys.store());
            APIKeyServlet managing = APIKeyServlet.builder(managed)
                    .settings(guard.settings())
                    .places(guard.places())
                    .accounts(guard.accounts())
                    .build();
            servlets.addServlet("api-keys", managing).addMapping("/api/v1/api-keys/*");
            SigningKeys signingKeys =
                    SigningKeys.builder().store(signing.keys()).build();
            servlets.addServlet(
                            "signing-keys",
                            SigningKeyServlet.builder(signingKeys, managed)
                                    .settings(guard.settings())
                                    .build())
                    .addMapping("/api/v1/signing-keys/*");
            servlets.addServlet("key-page", KeyPageServlet.builder().build()).addMapping("/api-keys/*");
        }
        if (leaks != null) {
            servlets.addServlet("leaks", leaks).addMapping("/leaks");
        }
    }

    private static void addFilter(FilterRegistration.Dynamic filter) {
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        filter.setAsyncSupported(true);
    }

    private static IOException failure(int port, LifecycleException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return TomcatSettings.taken(port, e);
            }
        }
        return new IOException("The server cannot start: " + e.getMessage(), e);
    }

    /** What serves it, for tests that take it apart. */
    Tomcat container() {
        return tomcat;
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.getConnector().pause();
            tomcat.getConnector().getProtocolHandler().closeServerSocketGraceful();
            inFlight.drain(PATIENCE);
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("The server did not stop", e);
        } finally {
            guard.close();
            delete(directory);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // A few empty directories are left where temporary files are kept.
        }
    }
}
