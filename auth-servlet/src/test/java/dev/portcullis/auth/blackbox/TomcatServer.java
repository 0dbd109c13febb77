package dev.portcullis.auth.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** Tomcat 11. */
final class TomcatServer implements Server {

    private final Tomcat tomcat = new Tomcat();
    private final Witness witness = new Witness();

    TomcatServer() {
        try {
            start(Files.createTempDirectory("tomcat"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private void start(Path directory) throws LifecycleException {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        for (Deployment deployment : Deployment.values()) {
            Context context = tomcat.addContext(deployment.contextPath(), null);
            context.addServletContainerInitializer((types, servlets) -> deployment.deploy(servlets, witness), Set.of());
            for (int status : List.of(401, 403, 404, 500, 503)) {
                context.addErrorPage(errorPage(status));
            }
        }
        tomcat.start();
        for (var context : tomcat.getHost().findChildren()) {
            if (context.getState() != LifecycleState.STARTED) {
                throw new IllegalStateException("The application " + context.getName() + " did not start");
            }
        }
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
    public Witness witness() {
        return witness;
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
