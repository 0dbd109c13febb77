package dev.portcullis.auth.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The whole suite on Tomcat. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TomcatTest
        implements RefusalSuite,
                RouteSuite,
                DispatchSuite,
                LooseningSuite,
                HostileSuite,
                CredentialSuite,
                SecrecySuite {

    private final Server server = new TomcatServer(Deployment.values());

    @Override
    public Server server() {
        return server;
    }

    @AfterAll
    void stop() {
        server.close();
    }
}
