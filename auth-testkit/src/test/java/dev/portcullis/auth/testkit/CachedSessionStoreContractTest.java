package dev.portcullis.auth.testkit;

import dev.portcullis.auth.InMemoryChangeNotices;
import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.account.CachedAccountStore;
import dev.portcullis.auth.account.InMemoryAccountStore;
import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.session.InMemorySessionStore;
import dev.portcullis.auth.session.SessionStore;

/** What is changed through copies is in force at once, although nobody tells of it. */
class CachedSessionStoreContractTest implements SessionStoreContract, AccountStoreContract {

    private final InMemoryChangeNotices silent = new InMemoryChangeNotices();

    @Override
    public SessionStore newSessionStore() {
        return CachedSessionStore.over(new InMemorySessionStore())
                .notices(silent)
                .build();
    }

    @Override
    public AccountStore newAccountStore() {
        return CachedAccountStore.over(new InMemoryAccountStore())
                .notices(silent)
                .build();
    }
}
