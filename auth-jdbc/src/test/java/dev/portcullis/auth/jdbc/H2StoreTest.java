package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.signature.SigningKeyStore;
import dev.portcullis.auth.testkit.APIKeyStoreContract;
import dev.portcullis.auth.testkit.SigningKeyStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Files of H2, as an application has them by default. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class H2StoreTest implements APIKeyStoreContract, SigningKeyStoreContract {

    private final TestDatabase database = TestDatabase.migrated(Database.H2);

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
