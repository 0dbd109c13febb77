package dev.portcullis.auth.blackbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A request that was sent, and the response to it. */
final class Exchange implements AutoCloseable {

    private static final Duration HANG = Duration.ofSeconds(20);

    private final Socket socket = new Socket();
    private final boolean head;

    private Exchange(boolean head) {
        this.head = head;
    }

    static Exchange begin(int port, byte[] request) throws IOException {
        Exchange exchange = new Exchange(request[0] == 'H');
        try {
            exchange.socket.setSoTimeout((int) HANG.toMillis());
            exchange.socket.connect(Wire.loopback(port), (int) HANG.toMillis());
            exchange.socket.getOutputStream().write(request);
        } catch (IOException e) {
            exchange.close();
            throw e;
        }
        return exchange;
    }

    /** Whether something of the response is there. */
    boolean isAnswered() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    /** Waits for the end of the connection, or of the body if the server keeps the connection open. */
    Answer answer() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            while (!isComplete(read)) {
                int n = socket.getInputStream().read(buffer);
                if (n < 0) {
                    break;
                }
                read.write(buffer, 0, n);
            }
        } catch (SocketException e) {
            if (read.size() == 0) {
                throw e;
            }
        }
        return Answer.parse(read.toByteArray());
    }

    private boolean isComplete(ByteArrayOutputStream read) {
        if (!read.toString(StandardCharsets.ISO_8859_1).contains("\r\n\r\n")) {
            return false;
        }
        Answer answer = Answer.parse(read.toByteArray());
        String length = answer.header("Content-Length");
        return head || (length != null && answer.body().length() >= Integer.parseInt(length));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
