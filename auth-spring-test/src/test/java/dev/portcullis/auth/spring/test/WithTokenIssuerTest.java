package dev.portcullis.auth.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The whole stack: a server, an issuer, real tokens. */
@SpringBootTest(
        classes = TestApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "portcullis.rules[0].path=/me", "portcullis.rules[0].signed-in=true"})
@WithTokenIssuer(audience = "https://api.example")
class WithTokenIssuerTest {

    @Autowired
    private TokenIssuer issuer;

    @LocalServerPort
    private int port;

    @Test
    void the_application_trusts_the_issuer() throws IOException, InterruptedException {
        String good = issuer.token().audience("https://api.example").sign();
        String bad = issuer.token().audience("https://other.example").sign();

        assertThat(me(good).body()).isEqualTo("user-1");
        assertThat(me(bad).body()).isEqualTo("{\"detail\":\"Invalid audience.\"}");
    }

    private HttpResponse<String> me(String credential) throws IOException, InterruptedException {
        HttpRequest ask = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/me"))
                .header("Authorization", "Bearer " + credential)
                .build();
        return HttpClient.newHttpClient().send(ask, HttpResponse.BodyHandlers.ofString());
    }
}
