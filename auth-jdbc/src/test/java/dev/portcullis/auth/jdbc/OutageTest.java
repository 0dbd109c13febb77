package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.AuditNote;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.testkit.CuttableWire;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** "Could not check" is never "no such key", says nothing of what was asked, and passes by itself. */
@Timeout(60)
class OutageTest {

    /** For how long HikariCP takes it for granted that a connection is whole. */
    private static final String ALWAYS_TRUSTED = "com.zaxxer.hikari.aliveBypassWindowMs";

    private static AuthUnavailableException outage(Runnable action) {
        AuthUnavailableException outage = catchThrowableOfType(AuthUnavailableException.class, action::run);
        assertThat(outage).as("an outage").isNotNull();
        assertThat(outage.reason()).isEqualTo(Reason.API_KEY_STORE_UNAVAILABLE);
        assertThat(outage.retryAfter()).isPositive();
        return outage;
    }

    private static JDBCAPIKeyStore store(HikariDataSource pool) {
        return JDBCAPIKeyStore.builder(pool)
                .statementTimeout(Duration.ofSeconds(1))
                .build();
    }

    /** Everything that a store is asked. */
    private static List<Consumer<JDBCAPIKeyStore>> everything(APIKey key) {
        List<Consumer<JDBCAPIKeyStore>> all = new ArrayList<>(writes(key));
        all.addAll(List.of(
                store -> store.find(key.hash()),
                store -> store.findAny(List.of(key.hash(), Keys.newHash())),
                store -> store.get(key.id()),
                store -> store.list(null, null, 10),
                store -> store.audit(null, Long.MAX_VALUE, 10),
                store -> store.countByHashVersion(Keys.NOW)));
        return all;
    }

    private static List<Consumer<JDBCAPIKeyStore>> writes(APIKey key) {
        return List.of(
                store -> store.add(Keys.some().build(), new AddTerms(100, null), Keys.ISSUE),
                store -> store.addAll(Keys.some(3), Keys.ISSUE),
                store -> store.change(key.id(), KeyChange.nothing().name("New"), Keys.CHANGE),
                store -> store.rotate(key.id(), Keys.some().build(), Keys.NOW, 9, Keys.ROTATE),
                store -> store.revoke(key.id(), Keys.REVOKE),
                store -> store.touch(key.id(), Keys.NOW),
                store -> store.rehash(key.id(), Keys.newHash(), 1),
                store -> store.delete(key.id(), Keys.DELETE));
    }

    @Test
    void a_server_that_cannot_be_reached_is_an_outage_until_it_can() {
        try (TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL);
                CuttableWire wire = new CuttableWire(PostgreSQLServer.port());
                HikariDataSource pool = TestDatabase.pool(
                        database.url().replaceFirst(":\\d+/", ":" + wire.port() + "/"),
                        settings -> settings.setConnectionTimeout(300))) {
            JDBCAPIKeyStore store = store(pool);
            APIKey key = Keys.some().build();
            store.add(key, AddTerms.any(), Keys.ISSUE);
            wire.cut();
            everything(key).forEach(question -> outage(() -> question.accept(store)));
            outage(() -> JDBCAPIKeyStore.builder(pool).build());
            wire.mend();
            await().ignoreExceptionsInstanceOf(AuthUnavailableException.class)
                    .untilAsserted(() -> assertThat(store.find(key.hash())).isEqualTo(key));
            everything(key).forEach(question -> question.accept(store));
        }
    }

    /**
     * The server hangs with its sockets open: nothing is answered, and nobody says so. No statement waits for ever,
     * whatever it does and whatever the driver was told.
     */
    @Test
    void a_server_that_says_nothing_is_an_outage_for_every_statement() throws Exception {
        System.setProperty(ALWAYS_TRUSTED, "600000");
        try (TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL);
                CuttableWire wire = new CuttableWire(PostgreSQLServer.port());
                HikariDataSource pool = TestDatabase.pool(
                        database.url().replaceFirst(":\\d+/", ":" + wire.port() + "/") + "&cancelSignalTimeout=1",
                        settings -> {
                            settings.setConnectionTimeout(300);
                            settings.setMaximumPoolSize(20);
                            settings.setMinimumIdle(20);
                        })) {
            JDBCAPIKeyStore store = store(pool);
            APIKey key = Keys.some().build();
            store.add(key, AddTerms.any(), Keys.ISSUE);
            await().until(() -> pool.getHikariPoolMXBean().getIdleConnections() == 20);
            wire.die();
            ExecutorService threads = Executors.newCachedThreadPool();
            List<Future<AuthUnavailableException>> asked = everything(key).stream()
                    .map(question -> threads.submit(() -> outage(() -> question.accept(store))))
                    .toList();
            threads.shutdown();
            for (Future<AuthUnavailableException> each : asked) {
                assertThat(each.get().getCause()).hasMessageContaining("The connection failed");
            }
            wire.mend();
            await().ignoreExceptionsInstanceOf(AuthUnavailableException.class)
                    .untilAsserted(() -> assertThat(store.find(Keys.newHash())).isNull());
        } finally {
            System.clearProperty(ALWAYS_TRUSTED);
        }
    }

    @Test
    void a_statement_that_takes_too_long_is_given_up() throws SQLException {
        try (TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL);
                Connection other = database.pool().getConnection();
                Statement locking = other.createStatement()) {
            JDBCAPIKeyStore store = store(database.pool());
            APIKey key = Keys.some().build();
            store.add(key, AddTerms.any(), Keys.ISSUE);
            other.setAutoCommit(false);
            locking.execute("select * from portcullis_api_key for update");
            assertThat(store.find(key.hash())).as("readers wait for nobody").isEqualTo(key);
            assertThat(outage(() -> store.revoke(key.id(), Keys.REVOKE)).getCause())
                    .hasMessageContaining("longer than its time-out");
            locking.execute("lock table portcullis_api_key");
            assertThat(outage(() -> store.find(key.hash())).getCause())
                    .hasMessageContaining("longer than its time-out");
            other.rollback();
            assertThat(store.find(key.hash())).isEqualTo(key);
        }
    }

    @Test
    void a_lock_that_is_not_to_be_had_is_an_outage_in_files_too() throws SQLException {
        try (TestDatabase database = TestDatabase.migrated(Database.H2);
                Connection other = database.pool().getConnection();
                Statement locking = other.createStatement()) {
            JDBCAPIKeyStore store = store(database.pool());
            APIKey key = Keys.some().build();
            store.add(key, AddTerms.any(), Keys.ISSUE);
            other.setAutoCommit(false);
            locking.execute("select * from portcullis_api_key for update");
            assertThat(store.find(key.hash())).as("readers wait for nobody").isEqualTo(key);
            outage(() -> store.revoke(key.id(), Keys.REVOKE));
            other.rollback();
            assertThat(store.revoke(key.id(), Keys.REVOKE)).isEqualTo(key.revokedAt(Keys.NOW));
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void a_pool_without_a_free_connection_is_an_outage(Database kind) throws SQLException {
        try (TestDatabase database = TestDatabase.migrated(kind, settings -> {
            settings.setMaximumPoolSize(2);
            settings.setConnectionTimeout(250);
        })) {
            JDBCAPIKeyStore store = database.store();
            APIKey key = Keys.some().build();
            store.add(key, AddTerms.any(), Keys.ISSUE);
            try (Connection first = database.pool().getConnection();
                    Connection second = database.pool().getConnection()) {
                assertThat(first).isNotSameAs(second);
                assertThat(outage(() -> store.find(key.hash())).getCause())
                        .hasMessageContaining("No connection was to be had in time");
            }
            assertThat(store.find(key.hash())).isEqualTo(key);
        }
    }

    @Test
    void in_a_read_only_server_keys_are_found_and_not_changed() {
        try (TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL)) {
            readOnly(database, database.url() + "&options=-c%20default_transaction_read_only=on");
        }
    }

    @Test
    void in_read_only_files_keys_are_found_and_not_changed() {
        try (TestDatabase database = TestDatabase.migrated(Database.H2)) {
            readOnly(database, database.url() + ";ACCESS_MODE_DATA=r");
        }
    }

    private static void readOnly(TestDatabase database, String url) {
        APIKey key = Keys.some().build();
        database.store().add(key, AddTerms.any(), Keys.ISSUE);
        database.pool().close();
        try (HikariDataSource pool = TestDatabase.pool(url, settings -> {})) {
            JDBCAPIKeyStore store = store(pool);
            writes(key)
                    .forEach(write -> assertThat(
                                    outage(() -> write.accept(store)).getCause())
                            .hasMessageContaining("read-only"));
            assertThat(store.find(key.hash())).isEqualTo(key);
            assertThat(store.list(null, null, 10)).containsExactly(key);
        }
    }

    /** Drivers quote values and statements; nothing of that is passed on, whatever fails. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void no_exception_holds_a_hash_or_a_name(Database kind) {
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            JDBCAPIKeyStore store = database.store();
            APIKey key = Keys.some().name("secret name").build();
            store.add(key, AddTerms.any(), Keys.ISSUE);
            assertThatThrownBy(() -> store.add(key, AddTerms.any(), Keys.ISSUE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .satisfies(thrown -> assertSaysNothing(thrown, key));
            database.run(
                    "alter table portcullis_api_key add constraint never check (id is null or name <> 'forbidden')");
            APIKey refused = Keys.some().name("forbidden").build();
            assertSaysNothing(outage(() -> store.add(refused, AddTerms.any(), Keys.ISSUE)), refused);
            assertSaysNothing(outage(() -> store.addAll(List.of(refused), Keys.ISSUE)), refused);
            assertSaysNothing(
                    outage(() -> store.change(key.id(), KeyChange.nothing().name("forbidden"), Keys.CHANGE)), refused);
            database.run("drop table portcullis_api_key");
            assertThat(outage(() -> store.find(key.hash())).getCause())
                    .hasMessageContaining("was the schema migrated?");
            assertSaysNothing(outage(() -> store.find(key.hash())), key);
        }
    }

    private static void assertSaysNothing(Throwable thrown, APIKey key) {
        String hash = HexFormat.of().formatHex(key.hash().toBytes());
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            assertThat(String.valueOf(each.getMessage()))
                    .doesNotContainIgnoringCase(hash.substring(0, 8))
                    .doesNotContain(key.name())
                    .doesNotContainPattern(Pattern.compile("jdbc:|select|insert", Pattern.CASE_INSENSITIVE));
            assertThat(each.getSuppressed()).isEmpty();
        }
    }

    /** An owner that cannot be indexed, which no rule lets through. */
    @Test
    void what_the_database_cannot_hold_is_refused() {
        try (TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL)) {
            JDBCAPIKeyStore store = database.store();
            StringBuilder noise = new StringBuilder();
            new java.util.Random(1).ints(20_000, 0x4e00, 0x9fa5).forEach(noise::appendCodePoint);
            APIKey key = Keys.some().owner(noise.toString()).build();
            assertThatThrownBy(() -> store.add(key, AddTerms.any(), Keys.ISSUE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasNoCause();
            assertThat(store.list("\0", null, 1)).isEmpty();
            assertThat(store.audit("\ud83d", Long.MAX_VALUE, 1)).isEmpty();
            AuditNote note = new AuditNote(AuditAction.REVOKE, Actor.APPLICATION, Keys.NOW);
            assertThat(store.revoke(key.id(), note)).isNull();
        }
    }
}
