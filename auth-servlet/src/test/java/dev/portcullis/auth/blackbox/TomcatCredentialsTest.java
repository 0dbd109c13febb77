package dev.portcullis.auth.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Real tokens and real API keys on Tomcat. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TomcatCredentialsTest implements CredentialSuite, SecrecySuite {

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
