package dev.portcullis.auth.example;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The catalogue and holdings API behind two filters, on a Tomcat that listens on the loopback address alone. */
final class ExampleServer implements AutoCloseable {

    /** Larger than the largest token, so that an over-long one is answered by Portcullis. */
    private static final int HEADER_BYTES = 48 * 1024;

    private static final int MILLIS_TO_SEND_A_REQUEST = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Tomcat tomcat = new Tomcat();
    private final InFlight inFlight = new InFlight();
    private final Path directory;

    private ExampleServer(Path directory) {
        this.directory = directory;
    }

    /**
     * Starts a server with data of its own.
     *
     * @param port where it listens; 0 for any free port
     * @param guard who is let in
     * @throws BindException if the port is taken
     * @throws IOException if the server cannot start for another reason
     */
    static ExampleServer start(int port, Guard guard) throws IOException {
        logAlongWithUs();
        ExampleServer server = new ExampleServer(Files.createTempDirectory("portcullis-example"));
        try {
            server.start(port, servlets -> deploy(servlets, guard));
            return server;
        } catch (LifecycleException e) {
            server.close();
            throw failure(port, e);
        }
    }

    /** Tomcat writes to the platform's logging: that goes where all other logs go. */
    static void logAlongWithUs() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }

    /** What is put into the server. */
    @FunctionalInterface
    private interface Deployment {
        void to(ServletContext servlets);
    }

    private void start(int port, Deployment deployment) throws LifecycleException {
        tomcat.setBaseDir(directory.toString());
        tomcat.setConnector(connector(port));
        tomcat.getEngine().getPipeline().addValve(inFlight);
        StandardHost host = (StandardHost) tomcat.getHost();
        host.setErrorReportValveClass(null);
        host.getPipeline().addValve(new JSONErrorValve());
        StandardContext context = (StandardContext) tomcat.addContext("", null);
        leaveTheProcessAlone(context);
        context.addServletContainerInitializer((types, servlets) -> deployment.to(servlets), Set.of());
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
        connector.setProperty("maxHttpRequestHeaderSize", Integer.toString(HEADER_BYTES));
        connector.setProperty("connectionTimeout", Integer.toString(MILLIS_TO_SEND_A_REQUEST));
        connector.setProperty("maxSwallowSize", Integer.toString(4 * JSON.MOST_BYTES));
        connector.setMaxPostSize(JSON.MOST_BYTES);
        connector.setAllowTrace(false);
        // Portcullis sees the path as it was sent, and refuses what could be read in two ways.
        connector.setEncodedSolidusHandling("passthrough");
        connector.setEncodedReverseSolidusHandling("passthrough");
        return connector;
    }

    private static void deploy(ServletContext servlets, Guard guard) {
        addFilter(servlets.addFilter("authentication", guard.authentication()));
        addFilter(servlets.addFilter("permissions", guard.permissions()));
        servlets.addServlet("health", new FixedServlet(200, Map.of("status", "ok")))
                .addMapping("/health/*");
        // Where no servlet is mapped, Tomcat answers before any filter: so one is mapped everywhere.
        servlets.addServlet("nothing", new FixedServlet(404, Map.of("detail", "Not found.")))
                .addMapping("/");
        for (Resource resource : List.of(Resource.leagues(), Resource.sources())) {
            servlets.addServlet(resource.name(), new ResourceServlet(resource))
                    .addMapping("/api/v1/" + resource.name() + "/*");
        }
    }

    private static void addFilter(FilterRegistration.Dynamic filter) {
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        filter.setAsyncSupported(true);
    }

    private static IOException failure(int port, LifecycleException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                BindException taken = new BindException(
                        "Port " + port + " is taken: give another one with --port," + " or --port 0 for any free port");
                taken.initCause(e);
                return taken;
            }
        }
        return new IOException("The server cannot start: " + e.getMessage(), e);
    }

    /** Where it listens. */
    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** Takes no more connections, lets the requests that are being answered finish, and stops. */
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
