package dev.portcullis.auth.spring;

import dev.portcullis.auth.testkit.TokenBuilder;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** A Boot application on its own server, with an issuer whose tokens it trusts. */
final class Running implements AutoCloseable {

    private final TokenIssuer issuer = TokenIssuer.start();
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final ServletWebServerApplicationContext context;

    Running(Class<?> configuration, String... properties) {
        SpringApplication application = new SpringApplication(configuration);
        Map<String, Object> all = new LinkedHashMap<>(Map.of(
                "server.port",
                0,
                "server.address",
                "127.0.0.1",
                "spring.main.banner-mode",
                "off",
                "spring.main.log-startup-info",
                false,
                "portcullis.jwt.issuer",
                issuer.issuer(),
                "portcullis.jwt.jwks-uri",
                issuer.jwks().toString(),
                "portcullis.jwt.audience",
                "api"));
        for (String property : properties) {
            String[] parts = property.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        try {
            context = (ServletWebServerApplicationContext) application.run(all.entrySet().stream()
                    .map(each -> "--" + each.getKey() + "=" + each.getValue())
                    .toArray(String[]::new));
        } catch (RuntimeException e) {
            issuer.close();
            throw e;
        }
    }

    ServletWebServerApplicationContext context() {
        return context;
    }

    TokenIssuer issuer() {
        return issuer;
    }

    /** A token for this application with these permissions. */
    String token(String... permissions) {
        TokenBuilder token = issuer.token().audience("api").subject("user_1");
        return (permissions.length == 0 ? token : token.permissions(permissions)).sign();
    }

    /** Gets a path without a credential. */
    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    /** Gets a path with a token that has these permissions. */
    HttpResponse<String> get(String path, List<String> permissions) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + token(permissions.toArray(String[]::new))));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:"
                + Objects.requireNonNull(context.getWebServer()).getPort() + path);
    }

    HttpResponse<String> send(HttpRequest.Builder ask) {
        try {
            return http.send(ask.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        issuer.close();
    }
}
