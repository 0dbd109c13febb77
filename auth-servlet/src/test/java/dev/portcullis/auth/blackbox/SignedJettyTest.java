package dev.portcullis.auth.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Signed requests on Jetty. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SignedJettyTest implements SignedSuite, SignedBodySuite, SigningKeySuite {

    private final Server server = new JettyServer(SignedApp.values());

    @Override
    public Server server() {
        return server;
    }

    @AfterAll
    void stop() {
        server.close();
    }
}
