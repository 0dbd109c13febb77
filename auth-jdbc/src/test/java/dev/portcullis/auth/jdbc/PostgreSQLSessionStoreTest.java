package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.testkit.AccountStoreContract;
import dev.portcullis.auth.testkit.SessionStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** A real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgreSQLSessionStoreTest implements SessionStoreContract, AccountStoreContract {

    private final TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL);

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
