package dev.portcullis.auth.blackbox;

import org.junit.jupiter.api.Test;

/** The same requests get the same refusals, byte for byte, from Tomcat and from Jetty. */
final class SameAnswersTest {

    @Test
    void tomcatAndJettyAnswerAlike() {
        try (Server tomcat = new TomcatServer(Deployment.values());
                Server jetty = new JettyServer(Deployment.values())) {
            SameAnswers.assertFrom(tomcat, jetty);
        }
    }
}
