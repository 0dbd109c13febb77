package dev.portcullis.auth.example;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/** Sends requests over a socket of our own: client libraries mend what the tour needs broken. */
final class Wire {

    private static final int MOST_BYTES = 1024 * 1024;
    private static final int MILLIS = 20_000;

    private Wire() {}

    /** Sends a request, and reads its answer to the end of the connection. */
    static Answer send(int port, Ask ask) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream().write(ask.bytes());
            if (ask.breaksOff()) {
                socket.shutdownOutput();
            }
            return Answer.of(read(socket));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static byte[] read(Socket socket) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(MOST_BYTES);
        try {
            int count = 0;
            while (count >= 0 && read.hasRemaining()) {
                count = socket.getInputStream().read(read.array(), read.position(), read.remaining());
                read.position(read.position() + Math.max(0, count));
            }
        } catch (SocketException e) {
            // Reset by a server that has answered a request without reading it to its end.
            if (read.position() == 0) {
                throw e;
            }
        }
        byte[] bytes = new byte[read.position()];
        read.flip().get(bytes);
        return bytes;
    }
}
