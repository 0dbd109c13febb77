package dev.portcullis.auth.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A wire on loopback to a server that can be cut, so that both ends see it, or go dead, so that neither does: for tests of
 * what stores and notices do in an outage. Safe for use by many threads.
 */
public final class CuttableWire implements AutoCloseable {

    private final ServerSocket entrance;
    private final int serverPort;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean open = true;
    private volatile boolean dead;

    /**
     * Lays a wire that lets everything through.
     *
     * @param serverPort the server's port on loopback
     */
    public CuttableWire(int serverPort) {
        this.serverPort = serverPort;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /**
     * Where clients connect to.
     *
     * @return a port on loopback
     */
    public int port() {
        return entrance.getLocalPort();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                if (!open) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.addAll(List.of(client, server));
                start(() -> pump(client, server));
                start(() -> pump(server, client));
            } catch (IOException e) {
                // The wire, or the server, is gone: so is this connection.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!dead) {
                    out.write(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            // One end is gone: so is the other.
        }
    }

    /** Cuts all connections, and lets no new one through. */
    public void cut() {
        open = false;
        sockets.forEach(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        sockets.clear();
    }

    /** Lets nothing through any more, and says nothing about it. */
    public void die() {
        dead = true;
    }

    /** Lets new connections through again. */
    public void mend() {
        if (dead) {
            cut();
        }
        dead = false;
        open = true;
    }

    @Override
    public void close() {
        cut();
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
