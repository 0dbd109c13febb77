package dev.portcullis.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.session.Session;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code rediss://}: Redis over TLS, whose certificate the platform must trust. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Isolated("the platform's trust is for the whole process")
class EncryptionTest {

    private static final String STORE_PASSWORD = "changeit";
    private static final List<String> TRUST =
            List.of("javax.net.ssl.trustStore", "javax.net.ssl.trustStorePassword", "javax.net.ssl.trustStoreType");

    @TempDir
    private Path directory;

    private final LogLines log = new LogLines();

    @AfterEach
    void close() {
        TRUST.forEach(System::clearProperty);
        log.close();
    }

    /** A key with a certificate for this address, in the platform's form and in Redis's. */
    private Path certified() throws Exception {
        Path store = directory.resolve("redis.p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=redis",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        STORE_PASSWORD)
                .inheritIO()
                .start();
        assertThat(made.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD.toCharArray());
        }
        write(
                "key.pem",
                "PRIVATE KEY",
                keys.getKey("redis", STORE_PASSWORD.toCharArray()).getEncoded());
        write("certificate.pem", "CERTIFICATE", keys.getCertificate("redis").getEncoded());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("redis", keys.getCertificate("redis"));
        Path trust = directory.resolve("trust.p12");
        try (var out = Files.newOutputStream(trust)) {
            trusted.store(out, STORE_PASSWORD.toCharArray());
        }
        return trust;
    }

    private void write(String file, String kind, byte[] bytes) throws Exception {
        Files.writeString(
                directory.resolve(file),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
                        + "-----\n");
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void a_certificate_that_is_trusted_is_enough_and_no_other_is() throws Exception {
        Path trust = certified();
        int port = freePort();
        String url = "rediss://:" + TestRedis.PASSWORD + "@127.0.0.1:" + port;
        String certificate = directory.resolve("certificate.pem").toString();
        Session session = Some.session();
        try (TestRedis redis = TestRedis.started(
                "--tls-port",
                String.valueOf(port),
                "--tls-cert-file",
                certificate,
                "--tls-key-file",
                directory.resolve("key.pem").toString(),
                "--tls-ca-cert-file",
                certificate,
                "--tls-auth-clients",
                "no")) {
            await().ignoreExceptions().ignoreException(AssertionError.class).until(() -> redis.command("PING") != null);
            log.of(Level.DEBUG);
            try (RedisServer server = RedisServer.at(url).build()) {
                assertThatThrownBy(() -> server.sessions().add(session, 10))
                        .isInstanceOf(AuthUnavailableException.class);
                await().untilAsserted(() -> assertThat(log.told(Level.WARN))
                        .contains("Redis cannot be asked: The connection to Redis failed"));
            }
            log.assertHoldNone(TestRedis.PASSWORD);
            log.of(Level.ERROR);
            System.setProperty(TRUST.get(0), trust.toString());
            System.setProperty(TRUST.get(1), STORE_PASSWORD);
            System.setProperty(TRUST.get(2), "PKCS12");
            try (RedisServer server = RedisServer.at(url).build()) {
                await().until(() -> server.toString().equals("RedisServer[connected]"));
                server.sessions().add(session, 10);
                assertThat(server.sessions().find(session.hash())).isEqualTo(session);
            }
        }
    }
}
