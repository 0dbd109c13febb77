package dev.portcullis.auth.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.testkit.APIKeyStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Files of H2, as an application has them by default. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class H2StoreTest implements APIKeyStoreContract {

    private HikariDataSource pool;

    @BeforeAll
    void open(@TempDir Path directory) {
        pool = Pools.to(EmbeddedDatabase.url(directory));
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
