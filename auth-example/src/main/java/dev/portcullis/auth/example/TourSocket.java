package dev.portcullis.auth.example;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket over a socket of our own, of which nothing but the answer to its upgrade and its end is looked at. */
final class TourSocket implements AutoCloseable {

    private static final int MILLIS = 20_000;
    private static final int MOST_BYTES = 64 * 1024;
    private static final int CLOSE = 8;
    private static final int EXTENDED = 126;
    private static final String HEAD_END = "\r\n\r\n";

    private final Socket socket;
    private final DataInputStream in;
    private final Answer answer;

    private TourSocket(Socket socket, DataInputStream in, Answer answer) {
        this.socket = socket;
        this.in = in;
        this.answer = answer;
    }

    /** Sends the upgrade, and reads its answer. */
    static TourSocket open(int port, Ask ask) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream().write(ask.bytes());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return new TourSocket(socket, in, answer(in));
        } catch (IOException | IllegalArgumentException e) {
            socket.close();
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Answer answer(DataInputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith(HEAD_END) && head.size() < MOST_BYTES) {
            head.write(in.readByte());
        }
        String length = Answer.of(head.toByteArray()).header("Content-Length");
        if (length != null) {
            head.write(in.readNBytes(Math.min(MOST_BYTES, Integer.parseInt(length))));
        }
        return Answer.of(head.toByteArray());
    }

    Answer answer() {
        return answer;
    }

    /** Waits for the server to close it (RFC 6455 section 5.5.1); the code that it tells, or 0 if it tells none. */
    int closeCode() {
        try {
            while (true) {
                int kind = in.readUnsignedByte() & 0x0f;
                int length = in.readUnsignedByte() & 0x7f;
                byte[] payload = in.readNBytes(length == EXTENDED ? in.readUnsignedShort() : length);
                if (kind == CLOSE) {
                    return payload.length < 2 ? 0 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
                }
            }
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
