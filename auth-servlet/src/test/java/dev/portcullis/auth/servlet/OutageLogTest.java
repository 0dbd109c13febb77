package dev.portcullis.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.Requirement;
import java.io.IOException;
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

    private static AuthUnavailableException outage(Throwable cause) {
        return new AuthUnavailableException(Reason.API_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(1), cause);
    }

    /** Also where the request goes on without a caller. */
    @Test
    void anOutageIsLoggedHoweverItIsAnswered() throws Exception {
        FilterSettings.builder().build().refusals().refuse(new FakeResponse().get(), outage(new IOException()));
        assertThat(lines.list).hasSize(1);
        PermissionRules open = PermissionRules.builder()
                .rule("GET", "/open", Requirement.anyone())
                .build();
        AuthenticationFilter filter = AuthenticationFilter.builder(request -> {
                    throw outage(new IOException());
                })
                .ignoreBadCredentialsOnOpenRoutes(open)
                .build();
        filter.doFilter(FakeRequest.of("GET", "/open").get(), new FakeResponse().get(), (request, response) -> {});
        assertThat(lines.list).hasSize(2);
    }

    @Test
    void whatHasNoCauseIsLoggedByItsSourceAndALongChainIsCutOff() {
        new OutageLog().note(new AuthUnavailableException(Reason.API_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(1)));
        assertThat(lines.list).isEmpty();
        Throwable cause = new IOException("0123abcd");
        for (int i = 0; i < 20; i++) {
            cause = new IllegalStateException("0123abcd", cause);
        }
        new OutageLog().note(outage(cause));
        String shown = ThrowableProxyUtil.asString(lines.list.get(0).getThrowableProxy());
        assertThat(shown).doesNotContain("IOException");
        assertThat(shown.split("Caused by", -1)).hasSize(8);
    }
}
