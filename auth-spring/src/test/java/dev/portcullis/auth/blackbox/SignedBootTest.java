package dev.portcullis.auth.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Signed requests on Spring Boot. The build runs this twice: with Spring Security on the class path, and without. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SignedBootTest implements SignedSuite, SignedBodySuite, SigningKeySuite {

    private final Server server = new BootServer(SignedApp.values());

    @Override
    public Server server() {
        return server;
    }

    /** Spring Boot sets UTF-8. */
    @Override
    public String read(String text) {
        return text;
    }

    @AfterAll
    void stop() {
        server.close();
    }
}
