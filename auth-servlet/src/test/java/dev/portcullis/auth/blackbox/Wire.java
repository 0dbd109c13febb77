package dev.portcullis.auth.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/**
 * A way to one application, over a socket of our own.
 *
 * @param port where its server listens on the loopback address
 * @param contextPath the application's context path
 */
public record Wire(int port, String contextPath) {

    private static final int ATTEMPTS = 5;

    /** An address on the loopback interface, whatever the host's name resolves to. */
    static InetSocketAddress loopback(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request and waits for all of the response. */
    public Answer send(Ask ask) {
        return sendBytes(ask.bytes(contextPath));
    }

    /** Sends a request. */
    Exchange begin(Ask ask) {
        try {
            return Exchange.begin(port, ask.bytes(contextPath));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends what need not be a request. A server that answers before it has read everything may reset the connection,
     * and its answer be lost (RFC 9112 section 9.6): then it is asked again.
     */
    public Answer sendBytes(byte[] bytes) {
        IOException last = new IOException("Reset each time");
        for (int i = 0; i < ATTEMPTS; i++) {
            try (Exchange exchange = Exchange.begin(port, bytes)) {
                return exchange.answer();
            } catch (SocketException e) {
                last = e;
            } catch (IOException e) {
                last = e;
                break;
            }
        }
        throw new UncheckedIOException("No answer to '" + new String(bytes, StandardCharsets.ISO_8859_1) + "'", last);
    }
}
