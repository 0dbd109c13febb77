package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.util.ClassUtils;

/**
 * The whole suite on Spring Boot. The build runs it twice: with Spring Security on the class path, and without.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BootTest
        implements RefusalSuite,
                RouteSuite,
                DispatchSuite,
                LooseningSuite,
                HostileSuite,
                CredentialSuite,
                SecrecySuite {

    private final Server server = new BootServer();

    @Override
    public Server server() {
        return server;
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theClassPathIsTheOneThatTheBuildMeans() {
        boolean there = ClassUtils.isPresent("org.springframework.security.web.FilterChainProxy", null);

        assertThat(there).isEqualTo(System.getProperty("without-spring-security") == null);
    }

    @Test
    void bootAnswersAsTomcatDoes() {
        try (Server tomcat = new TomcatServer(Deployment.values())) {
            SameAnswers.assertFrom(tomcat, server);
        }
    }
}
