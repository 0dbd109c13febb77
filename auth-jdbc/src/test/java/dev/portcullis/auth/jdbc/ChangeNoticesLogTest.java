package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.portcullis.auth.testkit.CuttableWire;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

/** An outage is told when it begins and when it is over, however often the database is tried meanwhile. */
class ChangeNoticesLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(PostgreSQLChangeNotices.class);
    private final Lines lines = new Lines();

    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final List<ILoggingEvent> all = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent line) {
            all.add(line);
        }

        List<String> of(Level level) {
            return all.stream()
                    .filter(line -> line.getLevel().equals(level))
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
        }
    }

    @BeforeEach
    void listen() {
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(lines);
        lines.start();
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void an_outage_is_a_warning_once_and_its_end_is_told() {
        try (TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL);
                CuttableWire wire = new CuttableWire(PostgreSQLServer.port())) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(database.url().replaceFirst(":\\d+/", ":" + wire.port() + "/"));
            try (PostgreSQLChangeNotices notices =
                    PostgreSQLChangeNotices.builder(source).build()) {
                for (int outages = 1; outages <= 2; outages++) {
                    int times = outages;
                    await().until(() -> lines.of(Level.INFO).size() == times);
                    int tried = lines.of(Level.DEBUG).size();
                    wire.cut();
                    await().until(() -> lines.of(Level.DEBUG).size() > tried + 2);
                    assertThat(lines.of(Level.WARN)).hasSize(times);
                    wire.mend();
                }
                await().until(() -> lines.of(Level.INFO).size() == 3);
                assertThat(notices).isNotNull();
            }
            assertThat(lines.of(Level.INFO)).containsOnly("Changes are heard of");
            assertThat(lines.of(Level.WARN)).allMatch(line -> line.startsWith("Changes are not heard of any more: "));
        }
    }

    @Test
    void a_database_that_is_away_at_the_start_is_a_warning_once() {
        try (TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL);
                CuttableWire wire = new CuttableWire(PostgreSQLServer.port())) {
            wire.cut();
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(database.url().replaceFirst(":\\d+/", ":" + wire.port() + "/"));
            PostgreSQLChangeNotices notices =
                    PostgreSQLChangeNotices.builder(source).build();
            await().until(() -> lines.of(Level.DEBUG).size() > 2);
            notices.close();
            assertThat(lines.of(Level.WARN)).hasSize(1);
        }
    }
}
