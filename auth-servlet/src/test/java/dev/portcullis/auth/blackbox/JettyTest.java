package dev.portcullis.auth.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The whole suite on Jetty. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JettyTest
        implements RefusalSuite,
                RouteSuite,
                DispatchSuite,
                LooseningSuite,
                HostileSuite,
                CredentialSuite,
                SecrecySuite {

    private final Server server = new JettyServer(Deployment.values());

    @Override
    public Server server() {
        return server;
    }

    @AfterAll
    void stop() {
        server.close();
    }
}
