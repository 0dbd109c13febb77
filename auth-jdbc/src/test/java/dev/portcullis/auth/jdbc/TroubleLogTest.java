package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.session.SessionStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Why a database cannot be asked is told in the log, in our words, and not once for each request. */
class TroubleLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(JDBCAPIKeyStore.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

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

    private List<String> of(Level level) {
        return lines.list.stream()
                .filter(line -> line.getLevel().equals(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void what_is_wrong_is_a_warning_once_in_a_while() {
        try (TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL)) {
            JDBCAPIKeyStore store = database.store();
            lines.list.clear();
            database.run("alter table portcullis_api_key rename to gone");
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> store.add(Keys.some().build(), AddTerms.any(), Keys.ISSUE))
                        .isInstanceOf(AuthUnavailableException.class);
            }
        }
        String told =
                "API keys cannot be asked for: A table or column is missing: was the schema migrated? (SQL state 42P01)";
        assertThat(of(Level.WARN)).containsExactly(told);
        assertThat(of(Level.DEBUG)).containsExactly(told, told);
    }

    /** Each by its own name, and none of them hides another. */
    @Test
    void what_cannot_be_asked_for_is_named() {
        try (TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL)) {
            JDBCAPIKeyStore keys = database.store();
            SessionStore sessions = keys.sessions();
            AccountStore accounts = keys.accounts();
            lines.list.clear();
            for (String table : List.of("api_key", "session", "account", "signing_key")) {
                database.run("alter table portcullis_" + table + " rename to gone_" + table);
            }
            List<Runnable> questions = List.of(
                    () -> keys.find(Keys.newHash()),
                    () -> sessions.find(Keys.newHash()),
                    () -> accounts.find("alice"),
                    () -> keys.signingKeys().find(Keys.newHash()));
            questions.forEach(each -> assertThatThrownBy(each::run).isInstanceOf(AuthUnavailableException.class));
        }
        assertThat(of(Level.WARN))
                .extracting(line -> line.replaceFirst(" cannot be asked for: .*", ""))
                .containsExactly("API keys", "Sessions", "Accounts", "Signing keys");
    }
}
