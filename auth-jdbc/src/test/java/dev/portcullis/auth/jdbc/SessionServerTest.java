package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.account.AccountState;
import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.session.Session;
import dev.portcullis.auth.session.SessionStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions and accounts while their PostgreSQL hangs, is killed and is started again: the same stores go on, and nothing is lost. */
class SessionServerTest {

    private static final AccountState SUSPENDED = new AccountState(true, null);

    private static void assertOutage(Reason reason, Runnable call) {
        AuthUnavailableException thrown = catchThrowableOfType(AuthUnavailableException.class, call::run);
        assertThat(thrown).isNotNull();
        assertThat(thrown.reason()).isEqualTo(reason);
        assertThat(thrown.reason().status()).isEqualTo(503);
    }

    @Test
    void what_was_answered_is_there_when_the_server_is_back(@TempDir Path directory) throws Exception {
        Session kept = SomeSessions.ofUser();
        Session ended = SomeSessions.ofUser();
        EmbeddedPostgres server = KillTest.start(directory, 0);
        int port = server.getPort();
        try (HikariDataSource pool = TestDatabase.pool(
                PostgreSQLServer.url("127.0.0.1", port, "postgres"), settings -> settings.setConnectionTimeout(300))) {
            Migrations.migrate(pool);
            JDBCAPIKeyStore keys = JDBCAPIKeyStore.builder(pool)
                    .statementTimeout(Duration.ofSeconds(1))
                    .build();
            SessionStore sessions = keys.sessions();
            AccountStore accounts = keys.accounts();
            Runnable everythingIsThere = () -> {
                assertThat(sessions.find(kept.hash())).isEqualTo(kept);
                assertThat(sessions.find(ended.hash())).isNull();
                assertThat(accounts.find("alice")).isEqualTo(SUSPENDED);
            };
            Runnable nothingCanBeAsked = () -> {
                assertOutage(Reason.SESSION_STORE_UNAVAILABLE, () -> sessions.find(kept.hash()));
                assertOutage(Reason.SESSION_STORE_UNAVAILABLE, () -> sessions.add(SomeSessions.ofUser(), 10));
                assertOutage(Reason.SESSION_STORE_UNAVAILABLE, () -> sessions.endAllOfKey(UUID.randomUUID()));
                assertOutage(Reason.ACCOUNT_STORE_UNAVAILABLE, () -> accounts.find("alice"));
                assertOutage(Reason.ACCOUNT_STORE_UNAVAILABLE, () -> accounts.suspend("bob", true));
            };
            sessions.add(kept, 10);
            sessions.add(ended, 10);
            sessions.end("alice", ended.id());
            accounts.suspend("alice", true);
            everythingIsThere.run();

            List<ProcessHandle> processes = processes(directory);
            signal("STOP", processes);
            assertOutage(Reason.SESSION_STORE_UNAVAILABLE, () -> sessions.find(kept.hash()));
            assertOutage(Reason.ACCOUNT_STORE_UNAVAILABLE, () -> accounts.suspend("alice", false));
            signal("CONT", processes);
            await().ignoreExceptions().untilAsserted(everythingIsThere::run);

            KillTest.kill(directory);
            server.close();
            nothingCanBeAsked.run();
            server = KillTest.start(directory, port);
            await().ignoreExceptions().untilAsserted(everythingIsThere::run);
            assertThat(sessions.end("alice", kept.id())).isTrue();
        } finally {
            server.close();
        }
    }

    private static List<ProcessHandle> processes(Path directory) throws IOException {
        ProcessHandle postmaster = KillTest.postmaster(directory);
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }

    private static void signal(String name, List<ProcessHandle> processes) throws Exception {
        Stream<String> pids = processes.stream().map(process -> String.valueOf(process.pid()));
        List<String> command =
                Stream.concat(Stream.of("kill", "-" + name), pids).toList();
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
