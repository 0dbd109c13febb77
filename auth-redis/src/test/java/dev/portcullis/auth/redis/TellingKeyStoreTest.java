package dev.portcullis.auth.redis;

import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.testkit.APIKeyStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** A store that tells is otherwise the same store, also when it cannot tell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TellingKeyStoreTest implements APIKeyStoreContract {

    /** A port at which nobody listens. */
    private final RedisServer server = RedisServer.at("redis://127.0.0.1:1").build();

    @AfterAll
    void close() {
        server.close();
    }

    @Override
    public APIKeyStore newStore() {
        return server.changeNotices().telling(new InMemoryAPIKeyStore());
    }
}
