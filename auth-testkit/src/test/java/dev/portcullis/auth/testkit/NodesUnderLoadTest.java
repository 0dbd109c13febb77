package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.InMemoryChangeNotices;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two nodes in one process; and that the load finds what is wrong with nodes that are. */
class NodesUnderLoadTest {

    private static CachedAPIKeyStore.Builder over(APIKeyStore store) {
        return CachedAPIKeyStore.over(store).unknownRate(1_000_000);
    }

    @Test
    void with_notices_no_answer_is_wrong() {
        InMemoryChangeNotices notices = new InMemoryChangeNotices();
        TellingStore store = TellingStore.of(notices);
        try (CachedAPIKeyStore one = over(store).notices(notices).build();
                CachedAPIKeyStore two = over(store).notices(notices).build()) {
            LoadReport report = NodesUnderLoad.of(List.of(one, two)).keys(300).run();
            assertThat(report.wrong()).isEmpty();
            assertThat(report.unavailable()).isZero();
            assertThat(report.answers()).isGreaterThan(10_000);
            assertThat(report.changes()).isGreaterThan(300 * 8);
        }
    }

    @Test
    void with_a_connection_that_is_cut_and_mended_all_the_time_no_answer_is_wrong() {
        InMemoryChangeNotices notices = new InMemoryChangeNotices();
        TellingStore store = TellingStore.of(notices);
        CuttableNotices poor = new CuttableNotices(notices);
        AtomicInteger lives = new AtomicInteger();
        try (CachedAPIKeyStore one = over(store).notices(notices).build();
                CachedAPIKeyStore two = over(store).notices(poor).build()) {
            LoadReport report = NodesUnderLoad.of(List.of(one, two))
                    .keys(40)
                    .pause(Duration.ofMillis(20))
                    .meanwhile(() -> {
                        if (lives.incrementAndGet() % 3 == 0) {
                            poor.mend();
                        } else {
                            poor.cut();
                        }
                    })
                    .run();
            assertThat(report.wrong()).isEmpty();
            assertThat(report.unavailable()).isZero();
            assertThat(report.longest()).isPositive();
        }
    }

    /** "Without notifications, within the cache's lifetime." */
    @Test
    void without_notices_no_answer_is_wrong_after_the_lifetime() {
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        try (CachedAPIKeyStore one = over(store).build();
                CachedAPIKeyStore two = over(store).build()) {
            LoadReport report = NodesUnderLoad.of(List.of(one, two))
                    .keys(8)
                    .pause(Duration.ofMillis(100))
                    .run();
            assertThat(report.wrong()).isEmpty();
            assertThat(report.unavailable()).isZero();
            assertThat(report.longest()).isPositive();
        }
    }

    @Test
    void a_node_that_hears_of_nothing_is_found_out() {
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        try (CachedAPIKeyStore one = over(store).lifetime(Duration.ofMinutes(1)).build();
                CachedAPIKeyStore two =
                        over(store).lifetime(Duration.ofMinutes(1)).build()) {
            NodesUnderLoad.Builder load =
                    NodesUnderLoad.of(List.of(one, two)).keys(5).bound(Duration.ofMillis(50));
            await().until(() -> !load.run().wrong().isEmpty()); // on a busy machine not every load meets it
        }
    }

    /** Not even its own changes are in force. */
    @Test
    void a_node_whose_writes_go_past_its_copies_is_found_out() {
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        try (CachedAPIKeyStore copies =
                over(store).lifetime(Duration.ofMinutes(1)).build()) {
            TellingStore apart = TellingStore.readingFrom(copies, store);
            NodesUnderLoad.Builder load =
                    NodesUnderLoad.of(List.of(apart, store)).keys(5);
            await().until(() -> {
                List<String> wrong = load.run().wrong();
                assertThat(wrong).allMatch(fault -> fault.startsWith("Node 0"));
                return !wrong.isEmpty();
            });
        }
    }

    @Test
    void one_node_is_no_company() {
        assertThatThrownBy(() ->
                        NodesUnderLoad.of(List.of(new InMemoryAPIKeyStore())).run())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
