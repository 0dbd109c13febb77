package dev.portcullis.auth.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Signed requests on Tomcat. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SignedTomcatTest implements SignedSuite, SignedBodySuite, SigningKeySuite {

    private final Server server = new TomcatServer();

    @Override
    public Server server() {
        return server;
    }

    @AfterAll
    void stop() {
        server.close();
    }
}
