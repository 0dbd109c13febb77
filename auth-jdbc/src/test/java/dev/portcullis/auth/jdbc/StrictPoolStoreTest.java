package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.testkit.APIKeyStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** A pool whose connections wait for a commit, and keep transactions apart as strictly as PostgreSQL can. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictPoolStoreTest implements APIKeyStoreContract {

    private final TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL, settings -> {
        settings.setAutoCommit(false);
        settings.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    });

    @AfterAll
    void close() {
        database.close();
    }

    @Override
    public APIKeyStore newStore() {
        database.emptyTables();
        return database.store();
    }
}
