package com.example.leagues;

import dev.portcullis.auth.testkit.TokenIssuer;
import org.springframework.boot.SpringApplication;

/** The application with an issuer of its own, for a first try. */
class DevelopmentApplication {

    public static void main(String[] args) {
        TokenIssuer issuer = TokenIssuer.start();
        SpringApplication.run(
                LeaguesApplication.class,
                "--portcullis.jwt.issuer=" + issuer.issuer(),
                "--portcullis.jwt.jwks-uri=" + issuer.jwks());
        String token = issuer.token().audience("leagues").permissions("catalog:read").sign();
        System.out.println("curl -i http://localhost:8080/api/leagues -H 'Authorization: Bearer " + token + "'");
    }
}
