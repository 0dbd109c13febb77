package dev.portcullis.auth.testkit;

import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Copies near by change nothing about what a store must do. */
class CachedAPIKeyStoreContractTest implements APIKeyStoreContract {

    private final List<CachedAPIKeyStore> open = new ArrayList<>();

    @Override
    public APIKeyStore newStore() {
        CachedAPIKeyStore cache = CachedAPIKeyStore.over(new InMemoryAPIKeyStore())
                .unknownRate(1_000_000)
                .build();
        open.add(cache);
        return cache;
    }

    @AfterEach
    void close() {
        open.forEach(CachedAPIKeyStore::close);
    }
}
