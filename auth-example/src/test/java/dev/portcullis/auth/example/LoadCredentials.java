package dev.portcullis.auth.example;

import dev.portcullis.auth.testkit.TokenBuilder;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;

/**
 * An issuer for {@code scripts/load.sh}: it writes tokens to files in a directory, one a line, and publishes its keys until it
 * is stopped.
 */
final class LoadCredentials {

    private static final String AUDIENCE = "https://api.example";

    private static final int MANY = 1000;
    private static final int FEW = 8;
    private static final Duration LONG = Duration.ofHours(3);

    private LoadCredentials() {}

    /** Runs it; the argument is the directory. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        try (TokenIssuer issuer = TokenIssuer.start()) {
            write(directory.resolve("tokens"), FEW, i -> token(issuer, i).expiresIn(LONG));
            write(directory.resolve("expired"), FEW, i -> token(issuer, i).expiresIn(Duration.ofMinutes(-1)));
            write(directory.resolve("strangers"), MANY, i -> token(issuer, i).keyId("stranger-" + i));
            System.out.println("READY " + issuer.jwks() + " " + issuer.issuer() + " " + AUDIENCE);
            new CountDownLatch(1).await();
        }
    }

    private static TokenBuilder token(TokenIssuer issuer, int number) {
        return issuer.token()
                .subject("user_load_" + number)
                .audience(AUDIENCE)
                .permissions("catalog:read", "holdings:read");
    }

    private static void write(Path file, int number, IntFunction<TokenBuilder> tokens) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            lines.add(tokens.apply(i).sign());
        }
        Files.write(file, lines);
    }
}
