package com.example.leagues;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.auth.testkit.TokenIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Real tokens, a real JWK Set, real HTTP. */
class LeaguesServerTest {

    private static HttpResponse<String> get(LeaguesServer server, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/leagues/"))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void only_a_token_with_the_permission_gets_in() throws Exception {
        try (TokenIssuer issuer = TokenIssuer.start();
                LeaguesServer server = new LeaguesServer(issuer.issuer(), issuer.jwks())) {
            String good = issuer.token().audience("leagues").subject("user_1").permissions("catalog:read").sign();
            String other = issuer.token().audience("leagues").permissions("catalog:write").sign();

            assertEquals("Premier League, for user_1", get(server, good).body().strip());
            assertEquals(403, get(server, other).statusCode());
            assertEquals("{\"detail\":\"Invalid token.\"}", get(server, "abc").body());
        }
    }
}
