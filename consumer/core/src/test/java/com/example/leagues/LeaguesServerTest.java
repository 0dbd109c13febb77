package com.example.leagues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real tokens and keys, a real JWK Set, and requests byte for byte as they are written here. */
class LeaguesServerTest {

    private final InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
    private TokenIssuer issuer;
    private LeaguesServer server;

    @BeforeEach
    void start() throws IOException {
        issuer = TokenIssuer.start();
        server = new LeaguesServer(issuer.issuer(), issuer.jwks(), store);
    }

    @AfterEach
    void stop() {
        server.close();
        issuer.close();
    }

    private String send(String line, String... headers) throws IOException {
        return send(server, line, headers);
    }

    private static String send(LeaguesServer server, String line, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            String head = line + " HTTP/1.1\r\nHost: leagues\r\nConnection: close\r\n";
            String fields = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            socket.getOutputStream().write((head + fields + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertRefused(String answer, int status, String detail, String challenge) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertTrue(answer.endsWith("\r\n\r\n{\"detail\":\"" + detail + "\"}"), answer);
        assertTrue(answer.contains("Cache-control: no-store\r\n"), answer);
        assertEquals(!challenge.isEmpty(), answer.contains("\r\nWww-authenticate:"), answer);
        assertTrue(answer.contains(challenge), answer);
    }

    private String bearer(String... permissions) {
        return "Authorization: Bearer "
                + issuer.token().audience("leagues").subject("user_1").permissions(permissions).sign();
    }

    @Test
    void a_token_with_the_permission_gets_in() throws IOException {
        assertTrue(send("GET /leagues/", bearer("catalog:read")).endsWith("Premier League, for user_1"));
    }

    @Test
    void a_key_with_the_permission_gets_in() throws IOException {
        String key = APIKeys.builder().store(store).build()
                .issue("account_1", "a", Environment.LIVE, Set.of("catalog:read"), null)
                .plaintext();

        assertTrue(send("GET /leagues/7?x=1", "x-api-key: " + key).endsWith("Premier League, for account_1"));
    }

    @Test
    void the_line_that_it_prints_is_let_in() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            LeaguesServer.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        Process curl = new ProcessBuilder("sh", "-c", printed.toString(StandardCharsets.UTF_8).replace("curl -i", "curl -s"))
                .start();
        String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(curl.waitFor() != 127, "curl is not installed here");

        assertEquals("Premier League, for user-1", answer);
    }

    @Test
    void an_open_route_needs_no_credential() throws IOException {
        assertTrue(send("GET /health").endsWith("for everybody"));
    }

    @Test
    void refusals_are_those_of_the_contract() throws IOException {
        assertRefused(send("GET /leagues/"), 401, "Authentication credentials were not provided.", "Bearer\r\n");
        assertRefused(send("GET /leagues/", "Authorization: Bearer abc"), 401, "Invalid token.",
                "Bearer error=\"invalid_token\", error_description=\"Invalid token\"\r\n");
        assertRefused(send("GET /leagues/", bearer("catalog:write")), 403,
                "Token is missing one or more required permissions.",
                "Bearer error=\"insufficient_scope\", scope=\"catalog:read\"\r\n");
        assertRefused(send("GET /admin", bearer("catalog:read")), 403,
                "You do not have permission to perform this action.", "");
    }

    /** The first has a host where the server looks for a path. */
    @Test
    void a_path_that_can_be_read_in_two_ways_is_open_to_nobody() throws IOException {
        for (String path : new String[] {"//health/../leagues", "/health/../leagues", "/%2e%2e/health", "//x/health"}) {
            assertTrue(send("GET " + path).startsWith("HTTP/1.1 401 "), path);
            assertTrue(send("GET " + path, bearer("catalog:read")).startsWith("HTTP/1.1 403 "), path);
        }
    }

    @Test
    void what_cannot_be_checked_is_503() throws IOException {
        URI nowhere = URI.create("http://127.0.0.1:1/jwks.json");
        try (LeaguesServer cold = new LeaguesServer(issuer.issuer(), nowhere, store)) {
            String answer = send(cold, "GET /leagues/", bearer("catalog:read"));

            assertRefused(answer, 503, "Signing keys are unavailable.", "");
            assertTrue(answer.contains("\r\nRetry-after: "), answer);
        }
    }
}
