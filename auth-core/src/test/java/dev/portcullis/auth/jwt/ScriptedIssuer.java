package dev.portcullis.auth.jwt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An issuer on a bare socket: it answers every connection with exactly the bytes that a test wants, also with such as no
 * HTTP server would send.
 */
final class ScriptedIssuer implements AutoCloseable {

    /** What is done with a connection once its request has been read. */
    @FunctionalInterface
    interface Script {
        void answer(Socket connection, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicInteger hungUp = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Script script = status(404, "");

    ScriptedIssuer() {
        try {
            server = new ServerSocket(0, 2000, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "scripted-issuer");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        open.add(connection);
        try (connection) {
            String request = head(connection.getInputStream());
            if (request.isEmpty()) {
                return;
            }
            requests.add(request);
            fetches.incrementAndGet();
            script.answer(connection, connection.getOutputStream());
        } catch (IOException e) {
            hungUp.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            last = last << 8 | b;
            if (last == 0x0d0a0d0a) {
                return head.toString(StandardCharsets.US_ASCII);
            }
        }
        return "";
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/.well-known/jwks.json");
    }

    ScriptedIssuer answers(Script next) {
        script = next;
        return this;
    }

    /** Publishes a JWK Set of these keys. */
    ScriptedIssuer publishes(String... jwks) {
        return answers(json(KeyFixture.set(jwks)));
    }

    int fetches() {
        return fetches.get();
    }

    /** How many connections the client has closed before the answer was at its end. */
    int hungUp() {
        return hungUp.get();
    }

    List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : open) {
            connection.close();
        }
    }

    static Script json(String body, String... fields) {
        return status(200, body, fields);
    }

    static Script status(int status, String body, String... fields) {
        return (connection, out) -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            out.write(headOf(status, "Content-Length: " + bytes.length, fields));
            out.write(bytes);
            out.flush();
        };
    }

    static byte[] headOf(int status, String first, String... fields) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n" + first + "\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Exactly these bytes. */
    static Script bytes(byte[] answer) {
        return (connection, out) -> {
            out.write(answer);
            out.flush();
        };
    }

    /** No answer at all, until the client hangs up. */
    static Script hang() {
        return (connection, out) -> {
            while (connection.getInputStream().read() >= 0) {
                // until the other side is gone
            }
            throw new IOException("the client hung up");
        };
    }

    /** An answer that never ends: its head at once, then one byte of white space at a time. */
    static Script drip(long pauseMillis) {
        return (connection, out) -> {
            out.write(headOf(200, "Content-Type: application/json"));
            while (true) {
                out.write(' ');
                out.flush();
                Thread.sleep(pauseMillis);
            }
        };
    }

    /** A body without an end, as fast as it can be read. */
    static Script flood() {
        return (connection, out) -> {
            out.write(headOf(200, "Content-Type: application/json"));
            byte[] spaces = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(spaces);
            }
        };
    }
}
