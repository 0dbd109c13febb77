package dev.portcullis.auth.example;

import java.net.BindException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;

/** What the API asks of a Tomcat, whoever started it. */
public final class TomcatSettings {

    /** Larger than the largest token, so that an over-long one is answered by Portcullis. */
    private static final int HEADER_BYTES = 48 * 1024;

    private static final int MILLIS_TO_SEND_A_REQUEST = 10_000;

    private TomcatSettings() {}

    /**
     * How requests are received.
     *
     * @param connector what receives them
     */
    public static void set(Connector connector) {
        connector.setProperty("maxHttpRequestHeaderSize", Integer.toString(HEADER_BYTES));
        connector.setProperty("connectionTimeout", Integer.toString(MILLIS_TO_SEND_A_REQUEST));
        connector.setProperty("maxSwallowSize", Integer.toString(4 * JSON.MOST_BYTES));
        connector.setMaxPostSize(JSON.MOST_BYTES);
        connector.setAllowTrace(false);
        // Portcullis sees the path as it was sent, and refuses what could be read in two ways.
        connector.setEncodedSolidusHandling("passthrough");
        connector.setEncodedReverseSolidusHandling("passthrough");
    }

    /**
     * How the container's own errors are told.
     *
     * @param host what tells them
     */
    public static void set(StandardHost host) {
        host.setErrorReportValveClass(null);
        host.getPipeline().addValve(new JSONErrorValve());
    }

    /**
     * What to say when somebody else listens at a port.
     *
     * @param port the port
     * @param cause what failed
     * @return the same with the remedy
     */
    public static BindException taken(int port, Throwable cause) {
        BindException taken = new BindException(
                "Port " + port + " is taken: give another one with --port, or --port 0 for any free port");
        taken.initCause(cause);
        return taken;
    }
}
