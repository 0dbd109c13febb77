package dev.portcullis.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** All that is logged, by whomever, until it is closed. */
final class LogLines implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    LogLines() {
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        root.addAppender(lines);
    }

    void of(Level everything) {
        root.setLevel(everything);
    }

    void clear() {
        lines.list.clear();
    }

    /** What this product says at a level. */
    List<String> told(Level at) {
        return lines.list.stream()
                .filter(event -> event.getLevel() == at && event.getLoggerName().startsWith("dev.portcullis"))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    void assertHoldNone(String... secrets) {
        assertThat(lines.list).isNotEmpty().allSatisfy(event -> {
            assertThat(event.getFormattedMessage()).doesNotContain(secrets);
            if (event.getThrowableProxy() != null) {
                assertThat(ThrowableProxyUtil.asString(event.getThrowableProxy()))
                        .doesNotContain(secrets);
            }
        });
    }

    @Override
    public void close() {
        root.setLevel(level);
        root.detachAppender(lines);
    }
}
