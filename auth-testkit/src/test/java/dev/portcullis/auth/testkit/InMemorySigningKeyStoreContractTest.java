package dev.portcullis.auth.testkit;

import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.SigningKeyStore;

class InMemorySigningKeyStoreContractTest implements SigningKeyStoreContract {

    @Override
    public SigningKeyStore newSigningKeyStore() {
        return new InMemorySigningKeyStore();
    }
}
