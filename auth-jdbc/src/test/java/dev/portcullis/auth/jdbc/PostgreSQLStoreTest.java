package dev.portcullis.auth.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.testkit.APIKeyStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgreSQLStoreTest implements APIKeyStoreContract {

    private HikariDataSource pool;

    @BeforeAll
    void open() {
        pool = Pools.to(PostgreSQLServer.newDatabase());
        Migrations.migrate(pool);
    }

    @AfterAll
    void close() {
        pool.close();
    }

    @Override
    public APIKeyStore newStore() {
        Tables.empty(pool);
        return JDBCAPIKeyStore.builder(pool).build();
    }
}
