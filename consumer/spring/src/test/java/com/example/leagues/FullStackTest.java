package com.example.leagues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.spring.test.WithTokenIssuer;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Real tokens, a real JWK Set, real HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@WithTokenIssuer(audience = "leagues")
class FullStackTest {

    @Autowired
    TokenIssuer issuer;

    @LocalServerPort
    int port;

    private HttpResponse<String> get(String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/leagues"))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_token_with_the_permission_gets_in() throws Exception {
        String token = issuer.token().audience("leagues").permissions("catalog:read").sign();

        assertThat(get(token).statusCode()).isEqualTo(200);
    }

    @Test
    void a_token_for_another_api_is_told_so() throws Exception {
        String token = issuer.token().audience("another").permissions("catalog:read").sign();

        assertThat(get(token).statusCode()).isEqualTo(401);
        assertThat(get(token).body()).isEqualTo("{\"detail\":\"Invalid audience.\"}");
    }
}
