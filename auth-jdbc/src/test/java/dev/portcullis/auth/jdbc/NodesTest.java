package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.testkit.CuttableWire;
import dev.portcullis.auth.testkit.LoadReport;
import dev.portcullis.auth.testkit.NodesUnderLoad;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Two nodes that share a PostgreSQL revoke, rotate, change, delete and use the same keys at once. Each has connections,
 * copies and notices of its own, as in two processes.
 */
class NodesTest {

    private final TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL);
    private final CuttableWire wire = new CuttableWire(PostgreSQLServer.port());
    private final Node one = new Node(database.url());
    private final Node two = new Node(database.url().replaceFirst(":\\d+/", ":" + wire.port() + "/"));

    /** What one process has. What it hears comes by the way that is given. */
    private final class Node implements AutoCloseable {

        private final HikariDataSource pool = TestDatabase.pool(database.url(), settings -> {});
        private final PostgreSQLChangeNotices notices;
        private final CachedAPIKeyStore store;

        Node(String listeningTo) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(listeningTo);
            notices = PostgreSQLChangeNotices.builder(source).build();
            store = CachedAPIKeyStore.over(JDBCAPIKeyStore.builder(pool).build())
                    .notices(notices)
                    .unknownRate(1_000_000)
                    .build();
        }

        @Override
        public void close() {
            store.close();
            notices.close();
            pool.close();
        }
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        wire.close();
        database.close();
    }

    private NodesUnderLoad.Builder load() {
        return NodesUnderLoad.of(List.of(one.store, two.store));
    }

    private static void assertRight(LoadReport report, int keys) {
        assertThat(report.wrong()).isEmpty();
        assertThat(report.unavailable()).isZero();
        assertThat(report.changes()).isGreaterThan(keys * 8L);
        assertThat(report.answers()).isGreaterThan(report.changes());
    }

    @Test
    void no_answer_is_wrong_after_the_bound() {
        assertRight(load().keys(150).run(), 150);
    }

    /** The keys themselves are at hand all the while; what is heard of them is not. */
    @Test
    void nor_while_one_node_is_cut_off_from_notices_all_the_time() {
        AtomicInteger lives = new AtomicInteger();
        LoadReport report = load().keys(60)
                .pause(Duration.ofMillis(30))
                .meanwhile(() -> {
                    switch (lives.incrementAndGet() % 3) {
                        case 0 -> wire.mend();
                        case 1 -> wire.die();
                        default -> wire.cut();
                    }
                })
                .run();
        assertRight(report, 60);
        assertThat(report.longest()).isPositive();
    }
}
