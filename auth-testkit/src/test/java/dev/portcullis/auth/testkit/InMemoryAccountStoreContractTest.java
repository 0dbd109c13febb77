package dev.portcullis.auth.testkit;

import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.account.InMemoryAccountStore;

class InMemoryAccountStoreContractTest implements AccountStoreContract {

    @Override
    public AccountStore newAccountStore() {
        return new InMemoryAccountStore();
    }
}
