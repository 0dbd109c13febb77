package com.example.leagues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.testkit.TokenIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Real tokens, a real JWK Set, real HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class FullStackTest {

    private static final TokenIssuer ISSUER = TokenIssuer.start();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void trust(DynamicPropertyRegistry properties) {
        properties.add("portcullis.jwt.issuer", ISSUER::issuer);
        properties.add("portcullis.jwt.jwks-uri", ISSUER::jwks);
    }

    private HttpResponse<String> get(String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/leagues"));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_token_with_the_permission_gets_in() throws Exception {
        String token = ISSUER.token().audience("leagues").permissions("catalog:read").sign();

        assertThat(get(token).statusCode()).isEqualTo(200);
    }

    @Test
    void everybody_else_is_told_why_not() throws Exception {
        String other = ISSUER.token().audience("another").permissions("catalog:read").sign();

        assertThat(get("").body()).isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
        assertThat(get(other).body()).isEqualTo("{\"detail\":\"Invalid audience.\"}");
        assertThat(get(other).statusCode()).isEqualTo(401);
    }
}
