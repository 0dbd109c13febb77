package dev.portcullis.auth.blackbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A way to one application, over a socket of our own.
 *
 * @param port where its server listens on the loopback address
 * @param contextPath the application's context path
 */
public record Wire(int port, String contextPath) {

    private static final Duration HANG = Duration.ofSeconds(20);

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

    /** Sends what need not be a request. */
    public Answer sendBytes(byte[] bytes) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout((int) HANG.toMillis());
            socket.connect(loopback(port), (int) HANG.toMillis());
            socket.getOutputStream().write(bytes);
            return Answer.parse(readAll(socket, bytes[0] == 'H'));
        } catch (IOException e) {
            throw new UncheckedIOException("No answer to '" + new String(bytes, StandardCharsets.ISO_8859_1) + "'", e);
        }
    }

    /** Reads to the end of the connection, or of the body if the server keeps the connection open. */
    private static byte[] readAll(Socket socket, boolean head) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            while (!isComplete(read, head)) {
                int n = socket.getInputStream().read(buffer);
                if (n < 0) {
                    break;
                }
                read.write(buffer, 0, n);
            }
        } catch (SocketException e) {
            // Reset by a server that has said all it had to say about a request that it did not read to its end.
            if (read.size() == 0) {
                throw e;
            }
        }
        return read.toByteArray();
    }

    private static boolean isComplete(ByteArrayOutputStream read, boolean head) {
        String text = read.toString(StandardCharsets.ISO_8859_1);
        if (!text.contains("\r\n\r\n")) {
            return false;
        }
        Answer answer = Answer.parse(read.toByteArray());
        String length = answer.header("Content-Length");
        return head || (length != null && answer.body().length() >= Integer.parseInt(length));
    }
}
