package dev.portcullis.auth.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A real Redis in a process of its own, on a port of its own, that can be killed, stopped for a while and started again. */
final class TestRedis implements AutoCloseable {

    static final String PASSWORD = "s3cret-of-redis";

    private final Path directory;
    private final int port;
    private final List<String> settings;
    private @Nullable Process process;

    private TestRedis(List<String> settings) {
        try {
            this.directory = Files.createTempDirectory("portcullis-redis");
            this.port = freePort();
            this.settings = List.copyOf(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestRedis started(String... settings) {
        TestRedis redis = new TestRedis(List.of(settings));
        redis.start();
        return redis;
    }

    private Process running() {
        return Objects.requireNonNull(process, "not started");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Changes are on the disk before they are answered, so that it can be killed and started again. */
    void start() {
        try {
            List<String> command = new ArrayList<>(List.of(
                    ExecutableProvider.newJarResourceProvider().get().getAbsolutePath(),
                    "--port",
                    String.valueOf(port),
                    "--bind",
                    "127.0.0.1",
                    "--dir",
                    directory.toString(),
                    "--save",
                    "",
                    "--appendonly",
                    "yes",
                    "--appendfsync",
                    "always",
                    "--requirepass",
                    PASSWORD));
            command.addAll(settings);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it keeps its files. */
    Path directory() {
        return directory;
    }

    int port() {
        return port;
    }

    String url() {
        return url(port);
    }

    static String url(int port) {
        return "redis://:" + PASSWORD + "@127.0.0.1:" + port;
    }

    /** By a client of its own, not through the code that is tested. The first line of the answer. */
    String command(String... words) {
        return answer(words).get(0);
    }

    /** What Redis tells of itself. */
    java.util.stream.Stream<String> info(String section) {
        return answer("INFO", section).stream().skip(1);
    }

    private List<String> answer(String... words) {
        try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            send(socket, "AUTH", PASSWORD);
            send(socket, words);
            send(socket, "QUIT");
            List<String> lines = new String(
                            socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (lines.get(1).startsWith("-")) {
                throw new AssertionError(lines.get(1));
            }
            return lines.subList(1, lines.size() - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(java.net.Socket socket, String... words) throws IOException {
        StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            text.append("$").append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        socket.getOutputStream().write(text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    void kill() {
        signal("KILL");
        try {
            running().waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** SIGSTOP: connections stay, and nothing is answered. */
    void hang() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder(
                            "kill", "-" + name, String.valueOf(running().pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("kill -" + name + " failed");
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        running().destroyForcibly();
        try (var files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
