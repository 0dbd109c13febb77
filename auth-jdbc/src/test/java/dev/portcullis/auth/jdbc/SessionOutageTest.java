package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.session.Session;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.testkit.CuttableWire;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that is away is an outage of sessions and accounts, in their own words; what is over is forgotten. */
class SessionOutageTest {

    private static AuthUnavailableException outage(Runnable call) {
        AuthUnavailableException thrown = catchThrowableOfType(AuthUnavailableException.class, call::run);
        assertThat(thrown).isNotNull();
        return thrown;
    }

    private static List<Consumer<SessionStore>> everything(Session session) {
        return List.of(
                store -> store.find(session.hash()),
                store -> store.add(SomeSessions.ofUser(), 1),
                store -> store.list("alice", SomeSessions.NOW),
                store -> store.end("alice", session.id()),
                store -> store.endAllOfKey(UUID.randomUUID()),
                store -> store.endAllOfAccount("alice"),
                store -> store.rehashKey(UUID.randomUUID(), session.hash()));
    }

    private void lost(Consumer<CuttableWire> event) {
        try (TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL);
                CuttableWire wire = new CuttableWire(PostgreSQLServer.port());
                HikariDataSource pool = TestDatabase.pool(
                        database.url().replaceFirst(":\\d+/", ":" + wire.port() + "/"),
                        settings -> settings.setConnectionTimeout(300))) {
            JDBCAPIKeyStore keys = JDBCAPIKeyStore.builder(pool)
                    .statementTimeout(Duration.ofSeconds(1))
                    .build();
            SessionStore store = keys.sessions();
            AccountStore accounts = keys.accounts();
            Session session = SomeSessions.ofUser();
            store.add(session, 10);
            event.accept(wire);
            everything(session)
                    .forEach(question -> assertThat(
                                    outage(() -> question.accept(store)).reason())
                            .isEqualTo(Reason.SESSION_STORE_UNAVAILABLE));
            assertThat(outage(() -> accounts.find("alice")).reason()).isEqualTo(Reason.ACCOUNT_STORE_UNAVAILABLE);
            assertThat(outage(() -> accounts.suspend("alice", true)).reason())
                    .isEqualTo(Reason.ACCOUNT_STORE_UNAVAILABLE);
            wire.mend();
            await().ignoreExceptionsInstanceOf(AuthUnavailableException.class)
                    .untilAsserted(() -> assertThat(store.find(session.hash())).isEqualTo(session));
            everything(session).forEach(question -> question.accept(store));
        }
    }

    @Test
    void a_cut_connection_is_an_outage_until_there_is_another() {
        lost(CuttableWire::cut);
    }

    @Test
    void a_server_that_says_nothing_is_an_outage() {
        lost(CuttableWire::die);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void a_missing_table_is_an_outage_that_tells_no_hash(Database kind) {
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            SessionStore store = database.store().sessions();
            Session session = SomeSessions.ofUser();
            database.run("drop table portcullis_session");
            for (Consumer<SessionStore> question : everything(session)) {
                AuthUnavailableException thrown = outage(() -> question.accept(store));
                assertThat(thrown.reason()).isEqualTo(Reason.SESSION_STORE_UNAVAILABLE);
                for (Throwable each = thrown; each != null; each = each.getCause()) {
                    assertThat(String.valueOf(each.getMessage()))
                            .doesNotContainIgnoringCase(HexFormat.of()
                                    .formatHex(session.hash().toBytes())
                                    .substring(0, 8))
                            .doesNotContain("select", "insert", "jdbc:");
                }
            }
        }
    }

    /** A thousand at a time, so that no login waits for all of them; what is over for less than a day stays. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void what_is_over_for_a_day_is_forgotten_in_batches(Database kind) {
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            // What takes too long is left for later, which a busy machine must not come to here.
            SessionStore store = JDBCAPIKeyStore.builder(database.pool())
                    .statementTimeout(Duration.ofSeconds(30))
                    .build()
                    .sessions();
            String id = kind == Database.H2 ? "random_uuid()" : "gen_random_uuid()";
            String hash = kind == Database.H2 ? "random_uuid() || random_uuid()" : "sha256(x::text::bytea)";
            String none = kind == Database.H2 ? "array[]" : "'{}'";
            String rows = kind == Database.H2 ? "system_range(1, 1500)" : "generate_series(1, 1500)";
            database.run("insert into portcullis_session select " + id + ", "
                    + (kind == Database.H2 ? "hash('SHA-256', cast(x as varchar))" : hash)
                    + ", 'bob', 'web', 'JWT', " + none
                    + ", null, null, timestamp with time zone '2020-01-01 00:00:00+00',"
                    + " timestamp with time zone '2020-01-08 00:00:00+00' from " + rows + " as r(x)");
            Session justOver = SomeSessions.until(SomeSessions.NOW.minus(Duration.ofHours(23)));
            store.add(justOver, 10);
            assertThat(database.ask("select count(*) from portcullis_session where account = 'bob'"))
                    .isEqualTo("500");
            store.add(SomeSessions.ofUser(), 10);
            assertThat(database.ask("select count(*) from portcullis_session where account = 'bob'"))
                    .isEqualTo("0");
            assertThat(store.find(justOver.hash())).isEqualTo(justOver);
        }
    }
}
