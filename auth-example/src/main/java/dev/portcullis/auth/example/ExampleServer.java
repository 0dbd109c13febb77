package dev.portcullis.auth.example;

import java.io.IOException;

/** A server of the API, on the loopback address alone. */
public interface ExampleServer extends AutoCloseable {

    /**
     * Where it listens.
     *
     * @return the port
     */
    int port();

    /** Takes no more connections, lets the requests that are being answered finish, and stops. */
    @Override
    void close();

    /** A kind of server: what differs between the examples. */
    @FunctionalInterface
    interface Kind {

        /**
         * Starts a server with data of its own.
         *
         * @param setup how it is to be set up
         * @return the server, which answers
         * @throws java.net.BindException if the port is taken
         * @throws IOException if the server cannot start for another reason
         */
        ExampleServer start(Setup setup) throws IOException;
    }
}
