package dev.portcullis.auth.testkit;

import dev.portcullis.auth.session.InMemorySessionStore;
import dev.portcullis.auth.session.SessionStore;

class InMemorySessionStoreContractTest implements SessionStoreContract {

    @Override
    public SessionStore newSessionStore() {
        return new InMemorySessionStore();
    }
}
