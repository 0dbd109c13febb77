package dev.portcullis.auth.blackbox;

import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** Jetty 12.1. */
final class JettyServer implements Server {

    private final org.eclipse.jetty.server.Server jetty = new org.eclipse.jetty.server.Server(Wire.loopback(0));
    private final Trust trust = new Trust();
    private final Witness witness = new Witness();

    JettyServer(App... apps) {
        ContextHandlerCollection contexts = new ContextHandlerCollection();
        for (App app : apps) {
            contexts.addHandler(context(app));
        }
        jetty.setHandler(contexts);
        // Room for a token that is over our own limit: 16 KiB
        jetty.getConnectors()[0]
                .getConnectionFactory(HttpConnectionFactory.class)
                .getHttpConfiguration()
                .setRequestHeaderSize(32 * 1024);
        try {
            jetty.start();
        } catch (Exception e) {
            close();
            throw new IllegalStateException(e);
        }
    }

    private ServletContextHandler context(App app) {
        ServletContextHandler context =
                new ServletContextHandler(app.contextPath().isEmpty() ? "/" : app.contextPath());
        context.addServletContainerInitializer((types, servlets) -> app.deploy(servlets, trust, witness));
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.addErrorPage(400, 599, Routes.ERROR_PAGE);
        context.setErrorHandler(errors);
        return context;
    }

    @Override
    public int port() {
        return ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
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
            jetty.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
