package dev.portcullis.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** "Logs, exceptions, toString and metrics hold no token, key or hash." */
final class OutageLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(AuthenticationFilter.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.TRACE);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void theMessagesOfCausesAreLeftOutAndTheirClassesAndStacksAreNot() {
        Exception driver = new IllegalStateException("no row for hash 0123abcd", new RuntimeException("0123abcd"));
        OutageLog log = new OutageLog();
        for (int i = 0; i < 2; i++) {
            log.note(new AuthUnavailableException(Reason.API_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(1), driver));
        }
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.DEBUG);
        for (ILoggingEvent line : lines.list) {
            assertThat(line.getFormattedMessage() + ThrowableProxyUtil.asString(line.getThrowableProxy()))
                    .contains("API_KEY_STORE_UNAVAILABLE", "java.lang.IllegalStateException", "OutageLogTest.java")
                    .doesNotContain("0123abcd");
        }
    }
}
