package dev.portcullis.auth.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The key endpoints on Jetty. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeyEndpointsJettyTest
        implements KeyIssueSuite, KeyListSuite, KeyUseSuite, KeyRequestSuite, KeyHostileSuite {

    private final Server server = new JettyServer(KeyApp.values());

    @Override
    public Server server() {
        return server;
    }

    @AfterAll
    void stop() {
        server.close();
    }
}
