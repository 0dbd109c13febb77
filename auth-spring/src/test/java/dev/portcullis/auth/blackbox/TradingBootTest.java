package dev.portcullis.auth.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/**
 * Sessions, places, accounts and formats on Spring Boot. The build runs it twice: with Spring Security on the class path,
 * and without.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TradingBootTest implements TradingSuite, LoginSuite, OwnSessionSuite, SelfSuite {

    private final TradingApp app = new TradingApp();
    private final Server server = new BootServer(app);

    @Override
    public TradingApp app() {
        return app;
    }

    @Override
    public Server server() {
        return server;
    }

    @AfterAll
    void stop() {
        server.close();
        app.close();
    }
}
