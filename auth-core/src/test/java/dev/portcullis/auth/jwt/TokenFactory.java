package dev.portcullis.auth.jwt;

import com.sun.net.httpserver.HttpServer;
import dev.portcullis.auth.AuthRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Signs any bytes as a token and publishes the key, so that tests can say exactly what is sent. */
final class TokenFactory implements AutoCloseable {

    static final KeyPair KEY = newKey();
    static final KeyPair OTHER_KEY = newKey();
    static final String KID = "key-1";
    static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"key-1\",\"typ\":\"JWT\"}";

    private final HttpServer server;
    private volatile String document;

    TokenFactory() {
        this.document = "{\"keys\":[" + jwk(KEY, KID) + "]}";
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/jwks.json", exchange -> {
            byte[] body = document.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    URI jwks() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json");
    }

    void publish(String... keys) {
        document = "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    static String jwk(KeyPair pair, String kid) {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        byte[] modulus = key.getModulus().toByteArray();
        String n = base64(java.util.Arrays.copyOfRange(modulus, modulus.length - 256, modulus.length));
        return "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"e\":\"AQAB\",\"kid\":\"" + kid + "\",\"n\":\"" + n
                + "\"}";
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A token with this payload, as the issuer would sign it. */
    static String token(String payload) {
        return token(HEADER, payload);
    }

    static String token(String header, String payload) {
        return signed(base64(header) + "." + base64(payload), KEY);
    }

    static String signed(String signingInput, KeyPair pair) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(signingInput.getBytes(StandardCharsets.ISO_8859_1));
            return signingInput + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A request with this value of {@code Authorization}. */
    static AuthRequest request(String authorization) {
        return request(Map.of("authorization", List.of(authorization)));
    }

    static AuthRequest request(Map<String, List<String>> headers) {
        return new AuthRequest() {
            @Override
            public String method() {
                return "GET";
            }

            @Override
            public List<String> headers(String name) {
                return headers.getOrDefault(name, List.of());
            }
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
