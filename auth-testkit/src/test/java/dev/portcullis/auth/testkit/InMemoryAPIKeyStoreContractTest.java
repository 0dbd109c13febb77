package dev.portcullis.auth.testkit;

import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;

class InMemoryAPIKeyStoreContractTest implements APIKeyStoreContract {

    @Override
    public APIKeyStore newStore() {
        return new InMemoryAPIKeyStore();
    }
}
