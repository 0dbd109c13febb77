package dev.portcullis.auth.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The key endpoints on Tomcat. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeyEndpointsTomcatTest
        implements KeyIssueSuite, KeyListSuite, KeyUseSuite, KeyRequestSuite, KeyHostileSuite {

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
