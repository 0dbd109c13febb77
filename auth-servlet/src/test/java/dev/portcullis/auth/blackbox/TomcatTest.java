package dev.portcullis.auth.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The suite on Tomcat, but for the credentials: see {@link TomcatCredentialsTest}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TomcatTest implements RefusalSuite, RouteSuite, DispatchSuite, LooseningSuite, HostileSuite {

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
