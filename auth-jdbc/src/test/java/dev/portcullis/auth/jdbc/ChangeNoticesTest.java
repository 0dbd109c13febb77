package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.testkit.CuttableWire;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Changes are told of, and so is that some may have been missed. */
class ChangeNoticesTest {

    private static final String ANYTHING = "anything";

    private final TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL);
    private final CuttableWire wire = new CuttableWire(PostgreSQLServer.port());
    private final JDBCAPIKeyStore store = database.store();
    private final PostgreSQLChangeNotices notices = PostgreSQLChangeNotices.builder(throughWire())
            .interval(Duration.ofMillis(20))
            .build();
    private final Heard heard = new Heard();

    private PGSimpleDataSource throughWire() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url().replaceFirst(":\\d+/", ":" + wire.port() + "/"));
        source.setApplicationName("listener");
        return source;
    }

    @AfterEach
    void close() {
        notices.close();
        wire.close();
        database.close();
    }

    private static final class Heard implements ChangeNotices.Listener {

        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void changed(String id) {
            all.add(id);
        }

        @Override
        public void anythingMayHaveChanged() {
            all.add(ANYTHING);
        }
    }

    private ChangeNotices.Subscription subscribed() {
        ChangeNotices.Subscription subscription = notices.subscribe(APIKeyStore.CHANGES, heard);
        awaitUpToDate(subscription);
        heard.all.clear();
        return subscription;
    }

    private static void awaitUpToDate(ChangeNotices.Subscription subscription) {
        await().until(() -> subscription.nanosBehind() < Duration.ofSeconds(1).toNanos());
    }

    /** Waits until everything that was answered by now must have been told. */
    private static void awaitAllTold(ChangeNotices.Subscription subscription) {
        long answered = System.nanoTime();
        await().until(() -> {
            long behind = subscription.nanosBehind();
            return behind != Long.MAX_VALUE && System.nanoTime() - behind - answered > 0;
        });
    }

    @Test
    void every_change_of_a_key_is_told_and_nothing_else() {
        ChangeNotices.Subscription subscription = subscribed();
        APIKey changed = Keys.some().build();
        APIKey rotated = Keys.some().build();
        APIKey revoked = Keys.some().build();
        APIKey deleted = Keys.some().build();
        APIKey rehashed = Keys.some().build();
        store.addAll(List.of(changed, rotated, revoked, deleted, rehashed), Keys.ISSUE);
        store.add(Keys.some().build(), AddTerms.any(), Keys.ISSUE);
        store.touch(changed.id(), Keys.NOW);
        store.change(changed.id(), KeyChange.nothing(), Keys.CHANGE);
        awaitAllTold(subscription);
        assertThat(heard.all).isEmpty();

        store.change(changed.id(), KeyChange.nothing().scopes(Set.of("a")), Keys.CHANGE);
        store.rotate(rotated.id(), Keys.some().build(), Keys.NOW.plusSeconds(9), 9, Keys.ROTATE);
        store.revoke(revoked.id(), Keys.REVOKE);
        store.revoke(revoked.id(), Keys.REVOKE);
        store.delete(deleted.id(), Keys.DELETE);
        store.rehash(rehashed.id(), Keys.newHash(), 1);
        awaitAllTold(subscription);
        assertThat(heard.all)
                .containsExactly(
                        changed.id().toString(),
                        rotated.id().toString(),
                        revoked.id().toString(),
                        deleted.id().toString(),
                        rehashed.id().toString());
    }

    /** In an emergency somebody may revoke keys without us. */
    @Test
    void changes_that_are_made_by_hand_are_told() {
        APIKey key = Keys.some().build();
        store.add(key, AddTerms.any(), Keys.ISSUE);
        ChangeNotices.Subscription subscription = subscribed();
        database.run("update portcullis_api_key set revoked_at = now()");
        awaitAllTold(subscription);
        assertThat(heard.all).containsExactly(key.id().toString());
        database.run("truncate portcullis_api_key");
        awaitAllTold(subscription);
        assertThat(heard.all).containsExactly(key.id().toString(), ANYTHING);
    }

    /** Who begins to listen has copies from before; each topic is by itself. */
    @Test
    void a_listener_is_told_of_its_topic_from_the_beginning() {
        ChangeNotices.Subscription subscription = notices.subscribe("some-topic", heard);
        awaitUpToDate(subscription);
        assertThat(heard.all).containsExactly(ANYTHING);
        database.run(
                "select pg_notify('portcullis', 'some-topic:a:b c')",
                "select pg_notify('portcullis', 'some-topic-2:x'), pg_notify('portcullis', 'some-topic-2')",
                "select pg_notify('portcullis', 'some-topic:'), pg_notify('portcullis', ''), pg_notify('other', 'some-topic')",
                "select pg_notify('portcullis', 'some-topic')");
        awaitAllTold(subscription);
        assertThat(heard.all).containsExactly(ANYTHING, "a:b c", ANYTHING);
        assertThatThrownBy(() -> notices.subscribe("Some topic", heard)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void after_a_cut_connection_anything_may_have_changed() {
        ChangeNotices.Subscription subscription = subscribed();
        wire.cut();
        await().until(() -> subscription.nanosBehind() == Long.MAX_VALUE);
        assertThat(heard.all).isEmpty();
        wire.mend();
        awaitUpToDate(subscription);
        assertThat(heard.all).containsExactly(ANYTHING);
    }

    /** Nothing is heard, as on a quiet day: only that nothing is answered shows it. */
    @Test
    void a_dead_connection_falls_behind_and_is_replaced() {
        ChangeNotices.Subscription subscription = subscribed();
        wire.die();
        await().until(() -> subscription.nanosBehind() > Duration.ofMillis(300).toNanos());
        await().until(() -> subscription.nanosBehind() == Long.MAX_VALUE);
        wire.mend();
        awaitUpToDate(subscription);
        assertThat(heard.all).containsExactly(ANYTHING);
    }

    @Test
    void a_connection_that_the_server_ends_is_replaced() {
        ChangeNotices.Subscription subscription = subscribed();
        database.run("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'listener'");
        await().until(() -> heard.all.contains(ANYTHING));
        awaitUpToDate(subscription);
        APIKey key = Keys.some().build();
        store.add(key, AddTerms.any(), Keys.ISSUE);
        store.delete(key.id(), Keys.DELETE);
        awaitAllTold(subscription);
        assertThat(heard.all).containsExactly(ANYTHING, key.id().toString());
    }

    /** Of many changes in one transaction none is left out. */
    @Test
    void many_changes_at_once_are_all_told() {
        List<APIKey> keys = Keys.some(2000);
        store.addAll(keys, Keys.ISSUE);
        ChangeNotices.Subscription subscription = subscribed();
        database.run("update portcullis_api_key set revoked_at = now()");
        awaitAllTold(subscription);
        assertThat(heard.all)
                .containsExactlyInAnyOrderElementsOf(
                        keys.stream().map(key -> key.id().toString()).toList());
    }

    @Test
    void a_listener_that_fails_is_told_that_anything_may_have_changed() {
        AtomicInteger calls = new AtomicInteger();
        List<String> told = new CopyOnWriteArrayList<>();
        ChangeNotices.Subscription subscription = notices.subscribe("topic", new ChangeNotices.Listener() {
            @Override
            public void changed(String id) {
                calls.incrementAndGet();
                throw new IllegalStateException("of the test");
            }

            @Override
            public void anythingMayHaveChanged() {
                told.add(ANYTHING);
            }
        });
        awaitUpToDate(subscription);
        database.run("select pg_notify('portcullis', 'topic:1')");
        awaitAllTold(subscription);
        assertThat(calls).hasValue(1);
        assertThat(told).containsExactly(ANYTHING, ANYTHING);
    }

    @Test
    void who_ends_a_subscription_is_told_no_more() {
        ChangeNotices.Subscription ended = subscribed();
        Heard still = new Heard();
        ChangeNotices.Subscription going = notices.subscribe(APIKeyStore.CHANGES, still);
        awaitUpToDate(going);
        ended.close();
        database.run("select pg_notify('portcullis', 'api-keys:1')");
        awaitAllTold(going);
        assertThat(still.all).containsExactly(ANYTHING, "1");
        assertThat(heard.all).isEmpty();
        assertThat(notices).hasToString("PostgreSQLChangeNotices[1]");
    }

    /** The connection goes back to its pool as it came, and whoever listened is behind for good. */
    @Test
    void when_closed_nothing_is_left() {
        PostgreSQLChangeNotices pooled =
                PostgreSQLChangeNotices.builder(database.pool()).build();
        ChangeNotices.Subscription subscription = pooled.subscribe("topic", heard);
        awaitUpToDate(subscription);
        assertThat(database.pool().getHikariPoolMXBean().getActiveConnections()).isEqualTo(1);
        pooled.close();
        assertThat(subscription.nanosBehind()).isEqualTo(Long.MAX_VALUE);
        assertThat(database.pool().getHikariPoolMXBean().getActiveConnections()).isZero();
        assertThat(database.ask("select pg_listening_channels()")).isEmpty();
    }

    @Test
    void a_database_that_is_away_at_the_start_is_waited_for() {
        wire.cut();
        try (PostgreSQLChangeNotices early =
                PostgreSQLChangeNotices.builder(throughWire()).build()) {
            ChangeNotices.Subscription subscription = early.subscribe("topic", heard);
            assertThat(subscription.nanosBehind()).isEqualTo(Long.MAX_VALUE);
            wire.mend();
            awaitUpToDate(subscription);
            assertThat(heard.all).containsExactly(ANYTHING);
        }
    }

    @Test
    void intervals_have_limits() {
        for (int millis : new int[] {0, 9, 10_001}) {
            assertThatThrownBy(() -> PostgreSQLChangeNotices.builder(throughWire())
                            .interval(Duration.ofMillis(millis))
                            .build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("interval");
        }
    }
}
