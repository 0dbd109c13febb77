package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Reason;
import java.util.ArrayList;
import java.util.List;
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

    private final Server server = new BootServer(Deployment.values());

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

    /** Also where the firewall of Spring Security steps in, which looks at paths and methods before any filter. */
    @Test
    void oddRequestsAreAnsweredAsTomcatDoes() {
        try (Server tomcat = new TomcatServer(Deployment.values())) {
            int ours = 0;
            for (Ask ask : odd()) {
                Answer expected = tomcat.wire(Deployment.DEFAULT).send(ask);
                Answer answer = ask(ask);
                assertThat(answer.status()).as("%s", ask).isEqualTo(expected.status());
                if ("application/json".equals(expected.header("Content-Type"))) {
                    ours++;
                    assertThat(answer.ours()).as("%s", ask).isEqualTo(expected.ours());
                }
            }
            assertThat(ours).isGreaterThan(100);
        }
    }

    private static List<Ask> odd() {
        List<Ask> asks = new ArrayList<>();
        for (String path : ODD) {
            for (String method : List.of("GET", "HEAD", "DELETE")) {
                Ask ask = Ask.of(method, path);
                asks.addAll(List.of(ask, ask.bearer(ALL), ask.bearer(StubMethod.bad(Reason.TOKEN_EXPIRED))));
            }
        }
        for (String method : List.of("PROPFIND", "get", "FETCH", "PURGE", "X")) {
            asks.addAll(List.of(Ask.of(method, "/me"), Ask.of(method, "/me").bearer(ALL)));
        }
        return asks;
    }
}
