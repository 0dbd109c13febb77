package dev.portcullis.auth.spring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import redis.embedded.RedisServer;

/** A real Redis at a port of its own, which remembers across its end and its next start. */
final class RedisProcess implements AutoCloseable {

    private final Path directory;
    private final int port;
    private RedisServer running;

    RedisProcess(Path directory) throws IOException {
        this.directory = directory;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        this.running = start();
    }

    private RedisServer start() throws IOException {
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("dir " + directory)
                .setting("save \"\"")
                .setting("appendonly yes")
                .setting("appendfsync always")
                .build();
        server.start();
        return server;
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    void end() throws IOException {
        running.stop();
    }

    void startAgain() throws IOException {
        running = start();
    }

    @Override
    public void close() throws IOException {
        end();
    }
}
