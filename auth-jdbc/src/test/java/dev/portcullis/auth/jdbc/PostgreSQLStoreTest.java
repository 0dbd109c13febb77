package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.signature.SigningKeyStore;
import dev.portcullis.auth.testkit.APIKeyStoreContract;
import dev.portcullis.auth.testkit.SigningKeyStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** A real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgreSQLStoreTest implements APIKeyStoreContract, SigningKeyStoreContract {

    private final TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL);

    @AfterAll
    void close() {
        database.close();
    }

    @Override
    public APIKeyStore newStore() {
        database.emptyTables();
        return database.store();
    }

    @Override
    public SigningKeyStore newSigningKeyStore() {
        database.emptyTables();
        return database.store().signingKeys();
    }
}
