package dev.portcullis.auth.blackbox;

/** A real server that runs every {@link Deployment}. */
public interface Server extends AutoCloseable {

    /** Where it listens on the loopback address. */
    int port();

    /** Whom its applications with real credentials trust. */
    Trust trust();

    /** What the listeners of all its applications were told. */
    Witness witness();

    /** The way to one of its applications. */
    default Wire wire(App app) {
        return new Wire(port(), app.contextPath());
    }

    @Override
    void close();
}
