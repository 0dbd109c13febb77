package dev.portcullis.auth.testkit;

import dev.portcullis.auth.signature.CachedSigningKeyStore;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.SigningKeyStore;

class CachedSigningKeyStoreContractTest implements SigningKeyStoreContract {

    @Override
    public SigningKeyStore newSigningKeyStore() {
        return CachedSigningKeyStore.over(new InMemorySigningKeyStore()).build();
    }
}
