package dev.portcullis.auth.blackbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** A secret-scanning partner: it signs reports, and publishes its keys over HTTP, or fails to. */
final class Scanner implements AutoCloseable {

    private final HttpServer server;
    private final KeyPair first = newKey();
    private final KeyPair second = newKey();
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile String published = document("first", first);
    private volatile boolean down;

    Scanner() {
        try {
            server = HttpServer.create(Wire.loopback(0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            byte[] body = published.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(down ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec("secp256r1"));
            return keys.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String document(String name, KeyPair key) {
        String pem = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.getPublic().getEncoded());
        return "{\"public_keys\":[{\"key_identifier\":\"" + name + "\",\"key\":\"-----BEGIN PUBLIC KEY-----\\n"
                + pem.replace("\n", "\\n") + "\\n-----END PUBLIC KEY-----\\n\",\"is_current\":true}]}";
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
    }

    int fetches() {
        return fetches.get();
    }

    /** Publishes its second key in place of the first. */
    void rotate() {
        published = document("second", second);
    }

    void goDown() {
        down = true;
    }

    /** A report that is signed with the first key. */
    Ask report(String body) {
        return signed(body, body, "first", first);
    }

    Ask reportBySecondKey(String body) {
        return signed(body, body, "second", second);
    }

    /** A report whose signature is over another body. */
    Ask forged(String body, String other) {
        return signed(body, other, "first", first);
    }

    private static Ask signed(String body, String signedBody, String name, KeyPair key) {
        try {
            Signature engine = Signature.getInstance("SHA256withECDSA");
            engine.initSign(key.getPrivate());
            engine.update(signedBody.getBytes(StandardCharsets.UTF_8));
            String signature = Base64.getEncoder().encodeToString(engine.sign());
            return unsigned(body)
                    .with("Github-Public-Key-Identifier", name)
                    .with("Github-Public-Key-Signature", signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Ask unsigned(String body) {
        return KeyBox.withJSON(Ask.of("POST", "/leaks"), body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
