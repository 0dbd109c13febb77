package dev.portcullis.auth.benchmarks;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/** An issuer of tokens like those of Clerk: about 800 characters, RS256 with a 2048-bit key. */
final class Tokens implements AutoCloseable {

    static final String ISSUER = "https://clerk.example.com";
    static final String AUDIENCE = "https://api.example.com";
    static final String PARTY = "https://app.example.com";

    private static final String KID = "ins_2abcdefghijklmnopqrstuvwxyz";

    private final KeyPair pair;
    private final HttpServer server;

    Tokens() throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] jwks = jwks().getBytes(StandardCharsets.UTF_8);
        server.createContext("/jwks.json", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, jwks.length);
            exchange.getResponseBody().write(jwks);
            exchange.close();
        });
        server.start();
    }

    private String jwks() {
        byte[] n = publicKey().getModulus().toByteArray();
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"e\":\"AQAB\",\"kid\":\"" + KID
                + "\",\"n\":\"" + base64(Arrays.copyOfRange(n, n.length - 256, n.length)) + "\"}]}";
    }

    RSAPublicKey publicKey() {
        return (RSAPublicKey) pair.getPublic();
    }

    URI jwksURL() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json");
    }

    String[] make(int count) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(pair.getPrivate());
        String[] tokens = new String[count];
        for (int i = 0; i < count; i++) {
            tokens[i] = make(signer);
        }
        return tokens;
    }

    private static String make(Signature signer) throws GeneralSecurityException {
        long now = System.currentTimeMillis() / 1000;
        String header = "{\"alg\":\"RS256\",\"kid\":\"" + KID + "\",\"typ\":\"JWT\"}";
        String payload = "{\"azp\":\"" + PARTY + "\",\"exp\":" + (now + 86_400) + ",\"iat\":" + now + ",\"iss\":\""
                + ISSUER + "\",\"aud\":\"" + AUDIENCE + "\",\"jti\":\""
                + UUID.randomUUID().toString().replace("-", "").substring(0, 20) + "\",\"nbf\":" + (now - 10)
                + ",\"permissions\":[\"catalog:read\",\"catalog:write\",\"holdings:read\",\"holdings:write\"],"
                + "\"sid\":\"sess_2abcdefghijklmnopqrstuvwxyz\",\"sub\":\"user_2abcdefghijklmnopqrstuvwxyz\"}";
        String input = base64(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64(payload.getBytes(StandardCharsets.UTF_8));
        signer.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + base64(signer.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
