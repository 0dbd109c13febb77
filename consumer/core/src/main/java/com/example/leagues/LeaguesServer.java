package com.example.leagues;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.TrustedIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Leagues on the JDK's own server, with nothing of Portcullis but its core. */
public final class LeaguesServer implements AutoCloseable {

    private final JWKSAuthentication tokens;
    private final APIKeyAuthentication keys;
    private final PermissionRules rules = PermissionRules.builder()
            .rule("GET", "/health", Requirement.anyone())
            .rule("GET", "/leagues/**", Requirement.allOf("catalog:read"))
            .build();
    private final HttpServer server;

    public LeaguesServer(String issuer, URI jwks, APIKeyStore store) throws IOException {
        tokens = JWKSAuthentication.builder()
                .trust(TrustedIssuer.named(issuer).jwks(jwks).audience("leagues").build())
                .build();
        keys = APIKeyAuthentication.builder().store(store).build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AuthenticationMethod method = AuthenticationMethod.firstOf(keys, tokens);
        server.createContext("/", new Doors(method, rules, LeaguesServer::answer));
        server.start();
    }

    private static void answer(HttpExchange exchange, Caller caller) throws IOException {
        byte[] body = ("Premier League, for " + (caller == null ? "everybody" : caller.subject()))
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Starts it, with a key to try it with that is gone with the process. */
    public static void main(String[] arguments) throws IOException {
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        URI jwks = URI.create("https://issuer.example/.well-known/jwks.json");
        LeaguesServer server = new LeaguesServer("https://issuer.example", jwks, store);
        String key = APIKeys.builder()
                .store(store)
                .build()
                .issue("user-1", "Trial", Environment.LIVE, List.of("catalog:read"), null)
                .plaintext();
        System.out.println("curl -i http://127.0.0.1:" + server.port() + "/leagues/ -H 'x-api-key: " + key + "'");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        tokens.close();
        keys.close();
    }
}
