package dev.portcullis.auth.spring;

import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.jdbc.JDBCAPIKeyStore;
import dev.portcullis.auth.jdbc.JDBCAccountStore;
import dev.portcullis.auth.jdbc.JDBCSessionStore;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.signature.SigningKeyStore;

/** What is kept in the application's database, made once: in an H2 all who write take turns. */
final class DatabaseStores {

    private final JDBCAPIKeyStore keys;

    DatabaseStores(JDBCAPIKeyStore keys) {
        this.keys = keys;
    }

    JDBCAPIKeyStore keys() {
        return keys;
    }

    SessionStore sessions() {
        return JDBCSessionStore.beside(keys);
    }

    AccountStore accounts() {
        return JDBCAccountStore.beside(keys);
    }

    SigningKeyStore signingKeys() {
        return keys.signingKeys();
    }
}
