package dev.portcullis.auth.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** Tomcat 11. */
public final class TomcatServer implements Server {

    /** What the suite provokes is asserted, not read; held here, for the JDK forgets the settings of a logger in no use. */
    private static final Logger LOG = Logger.getLogger("org.apache");

    private final Tomcat tomcat = new Tomcat();
    private final Trust trust = new Trust();
    private final Witness witness = new Witness();

    /** Starts it with these applications; others follow when they are asked. */
    public TomcatServer(App... apps) {
        try {
            start(apps, Files.createTempDirectory("tomcat"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Silences the container's own log. */
    public static void beQuiet() {
        LOG.setUseParentHandlers(false);
    }

    private void start(App[] apps, Path directory) throws LifecycleException {
        beQuiet();
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("acceptCount", "1000");
        // Room for a token that is over our own limit: 16 KiB
        tomcat.getConnector().setProperty("maxHttpRequestHeaderSize", "32768");
        tomcat.start();
        for (App app : apps) {
            deploy(app);
        }
    }

    private void deploy(App app) {
        Context context = new StandardContext();
        context.setName(app.contextPath());
        context.setPath(app.contextPath());
        context.addLifecycleListener(new Tomcat.FixContextListener());
        context.addServletContainerInitializer((types, servlets) -> app.deploy(servlets, trust, witness), Set.of());
        for (int status : List.of(401, 403, 404, 500, 503)) {
            context.addErrorPage(errorPage(status));
        }
        tomcat.getHost().addChild(context);
        if (context.getState() != LifecycleState.STARTED) {
            close();
            throw new IllegalStateException("The application " + app.contextPath() + " did not start");
        }
    }

    /** {@inheritDoc} What was not there at the start is deployed when it is asked for the first time. */
    @Override
    public synchronized Wire wire(App app) {
        if (tomcat.getHost().findChild(app.contextPath()) == null) {
            deploy(app);
        }
        return Server.super.wire(app);
    }

    private static ErrorPage errorPage(int status) {
        ErrorPage page = new ErrorPage();
        page.setErrorCode(status);
        page.setLocation(Routes.ERROR_PAGE);
        return page;
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
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
        trust.close();
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
