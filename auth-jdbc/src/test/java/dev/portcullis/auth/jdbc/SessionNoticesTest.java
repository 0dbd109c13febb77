package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.account.AccountState;
import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.account.CachedAccountStore;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.session.Session;
import dev.portcullis.auth.session.SessionStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one node does to sessions, accounts and allow-lists is told to the others, and is in force there. */
class SessionNoticesTest {

    private final TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL);
    private final JDBCAPIKeyStore keys = database.store();
    private final SessionStore sessions = keys.sessions();
    private final AccountStore accounts = keys.accounts();
    private final PostgreSQLChangeNotices notices = PostgreSQLChangeNotices.builder(database.pool())
            .interval(Duration.ofMillis(20))
            .build();
    private final CachedSessionStore sessionsThere =
            CachedSessionStore.over(sessions).notices(notices).build();
    private final CachedAccountStore accountsThere =
            CachedAccountStore.over(accounts).notices(notices).build();

    @AfterEach
    void close() {
        sessionsThere.close();
        accountsThere.close();
        notices.close();
        database.close();
    }

    @Test
    void the_end_of_a_session_is_told_and_nothing_else() {
        HeardNotices heard = new HeardNotices(notices, SessionStore.CHANGES);
        UUID key = UUID.randomUUID();
        Session ended = SomeSessions.ofUser();
        Session surplus = SomeSessions.ofUser();
        Session ofKey = SomeSessions.ofKey(key);
        Session over = SomeSessions.until(SomeSessions.NOW.minus(Duration.ofDays(2)));
        List.of(over, ended, surplus, ofKey).forEach(session -> sessions.add(session, 10));
        keys.sessions().add(SomeSessions.until(SomeSessions.NOW.plusSeconds(60)), 10);
        assertThat(sessions.find(over.hash())).as("forgotten").isNull();
        assertThat(heard.untilNow()).isEmpty();
        sessions.end("alice", ended.id());
        sessions.rehashKey(key, Keys.newHash());
        sessions.endAllOfKey(key);
        assertThat(heard.untilNow())
                .containsExactly(
                        ended.id().toString(), ofKey.id().toString(), ofKey.id().toString());
        database.run("delete from portcullis_session where id = '" + surplus.id() + "'");
        assertThat(heard.untilNow()).endsWith(surplus.id().toString());
        database.run("truncate portcullis_session");
        assertThat(heard.untilNow()).endsWith(HeardNotices.ANYTHING);
    }

    @Test
    void every_change_of_an_account_is_told() {
        HeardNotices heard = new HeardNotices(notices, AccountStore.CHANGES);
        accounts.suspend("alice", true);
        accounts.verify("b:\u05e9", SomeSessions.NOW);
        accounts.suspend("with\nnewline", true);
        accounts.suspend("n".repeat(256), true);
        assertThat(heard.untilNow()).containsExactly("alice", "b:\u05e9", HeardNotices.ANYTHING, HeardNotices.ANYTHING);
        database.run("update portcullis_account set suspended = false where account = 'alice'");
        assertThat(heard.untilNow()).endsWith("alice");
    }

    @Test
    void a_new_allow_list_is_told() {
        APIKey key = Keys.some().build();
        keys.add(key, AddTerms.any(), Keys.ISSUE);
        HeardNotices heard = new HeardNotices(notices, APIKeyStore.CHANGES);
        keys.change(key.id(), KeyChange.nothing().allowList(List.of("192.0.2.1")), Keys.CHANGE);
        assertThat(heard.untilNow()).containsExactly(key.id().toString());
        assertThat(Objects.requireNonNull(keys.find(key.hash())).allowList().entries())
                .containsExactly("192.0.2.1");
    }

    /** By the time at which all that was answered must have been told, no copy is left. */
    @Test
    void what_one_node_changes_is_in_force_on_the_other_when_that_is_told() {
        HeardNotices heardOfSessions = new HeardNotices(notices, SessionStore.CHANGES);
        HeardNotices heardOfAccounts = new HeardNotices(notices, AccountStore.CHANGES);
        for (int round = 0; round < 10; round++) {
            Session session = SomeSessions.ofUser();
            sessions.add(session, 100);
            assertThat(sessionsThere.find(session.hash())).isEqualTo(session);
            sessions.end("alice", session.id());
            heardOfSessions.untilNow();
            assertThat(sessionsThere.find(session.hash())).isNull();
            boolean suspended = round % 2 == 0;
            accountsThere.find("alice");
            accounts.suspend("alice", suspended);
            heardOfAccounts.untilNow();
            assertThat(accountsThere.find("alice")).isEqualTo(new AccountState(suspended, null));
        }
    }
}
