package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.testkit.AccountStoreContract;
import dev.portcullis.auth.testkit.SessionStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** A pool whose connections wait for a commit, and keep transactions apart as strictly as PostgreSQL can. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictPoolSessionStoreTest implements SessionStoreContract, AccountStoreContract {

    private final TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL, settings -> {
        settings.setAutoCommit(false);
        settings.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    });

    @AfterAll
    void close() {
        database.close();
    }

    @Override
    public SessionStore newSessionStore() {
        database.emptyTables();
        return database.store().sessions();
    }

    @Override
    public AccountStore newAccountStore() {
        database.emptyTables();
        return database.store().accounts();
    }
}
