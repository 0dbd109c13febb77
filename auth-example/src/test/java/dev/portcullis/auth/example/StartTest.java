package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** An example that cannot start leaves nothing open. */
class StartTest {

    @TempDir
    private Path directory;

    @Test
    void without_its_port_it_leaves_no_connection_to_redis_behind() throws Exception {
        int port = freePort();
        RedisServer redis =
                RedisServer.newRedisServer().port(port).bind("127.0.0.1").build();
        redis.start();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Options options = Options.of(
                    Option.common(),
                    Map.of("DATA", directory.toString()),
                    "--port",
                    Integer.toString(taken.getLocalPort()),
                    "--redis-url",
                    "redis://127.0.0.1:" + port);

            assertThatThrownBy(() -> Example.start(options, ServletServer::start))
                    .isInstanceOf(BindException.class);

            assertThat(received(port)).isGreaterThan(1);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> connected(port) == 1);
        } finally {
            redis.stop();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** How many connections there have been. */
    private static int received(int port) throws IOException {
        return info(port, "stats", "total_connections_received");
    }

    /** How many connections there are, this one among them. */
    private static int connected(int port) throws IOException {
        return info(port, "clients", "connected_clients");
    }

    private static int info(int port, String section, String name) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(("INFO " + section + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            String told = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return told.lines()
                    .filter(line -> line.startsWith(name + ":"))
                    .mapToInt(line -> Integer.parseInt(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
