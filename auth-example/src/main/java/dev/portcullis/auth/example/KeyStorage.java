package dev.portcullis.auth.example;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.account.CachedAccountStore;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.jdbc.JDBCAPIKeyStore;
import dev.portcullis.auth.jdbc.Migrations;
import dev.portcullis.auth.jdbc.PostgreSQLChangeNotices;
import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.signature.CachedSigningKeyStore;
import dev.portcullis.auth.signature.InMemoryReplayMemory;
import dev.portcullis.auth.signature.ReplayMemory;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Keys that last, and sessions and accounts beside them: a pool of connections, the store on it, and copies in front. With
 * PostgreSQL, which other instances can use too, it hears of what they change.
 */
final class KeyStorage implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final int MILLIS_TO_CONNECT = 2000;

    private final Deque<Runnable> opened = new ArrayDeque<>();
    private final APIKeyStore store;
    private final Setup.Kept kept;

    private KeyStorage(Database database) {
        HikariDataSource pool = new HikariDataSource(pool(database));
        opened.push(pool::close);
        try {
            Migrations.migrate(pool);
            JDBCAPIKeyStore keys = JDBCAPIKeyStore.builder(pool).build();
            ChangeNotices notices = database.isEmbedded() ? null : notices(pool);
            this.store = keys(keys, notices);
            this.kept = kept(keys, notices);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private ChangeNotices notices(HikariDataSource pool) {
        PostgreSQLChangeNotices notices = PostgreSQLChangeNotices.builder(pool).build();
        opened.push(notices::close);
        return notices;
    }

    private APIKeyStore keys(JDBCAPIKeyStore keys, @Nullable ChangeNotices notices) {
        CachedAPIKeyStore.Builder cached = CachedAPIKeyStore.over(keys);
        if (notices != null) {
            cached.notices(notices);
        }
        CachedAPIKeyStore copies = cached.build();
        opened.push(copies::close);
        return copies;
    }

    /** Sessions and accounts in the same database. Logins are counted by each instance for itself. */
    private Setup.Kept kept(JDBCAPIKeyStore keys, @Nullable ChangeNotices notices) {
        CachedSessionStore.Builder sessions = CachedSessionStore.over(keys.sessions());
        CachedAccountStore.Builder accounts = CachedAccountStore.over(keys.accounts());
        if (notices != null) {
            sessions.notices(notices);
            accounts.notices(notices);
        }
        CachedSessionStore nearSessions = sessions.build();
        opened.push(nearSessions::close);
        CachedAccountStore nearAccounts = accounts.build();
        opened.push(nearAccounts::close);
        return new Setup.Kept(nearSessions, nearAccounts, LoginLimits.usual(), signing(keys, notices));
    }

    /** Public keys in the same database. Requests are remembered by this instance, if there is no other one. */
    private Signing signing(JDBCAPIKeyStore keys, @Nullable ChangeNotices notices) {
        CachedSigningKeyStore.Builder signingKeys = CachedSigningKeyStore.over(keys.signingKeys());
        if (notices != null) {
            signingKeys.notices(notices);
        }
        CachedSigningKeyStore near = signingKeys.build();
        opened.push(near::close);
        ReplayMemory requests = notices == null ? new InMemoryReplayMemory() : new UnsharedRequests();
        return new Signing(near, requests, InstantSource.system());
    }

    /**
     * Opens it, and makes what is not there yet.
     *
     * @throws IOException if it cannot be opened; the message names the option and the remedy
     */
    static KeyStorage open(Database database) throws IOException {
        database.prepare();
        try (Connection knock = DriverManager.getConnection(database.url(), database.properties())) {
            knock.getMetaData();
        } catch (SQLException e) {
            throw DatabaseTrouble.of(database, e);
        }
        try {
            return new KeyStorage(database);
        } catch (IllegalStateException | AuthUnavailableException e) {
            throw DatabaseTrouble.of(database, e);
        }
    }

    private static HikariConfig pool(Database database) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("keys");
        config.setJdbcUrl(database.url());
        config.setDataSourceProperties(database.properties());
        config.setMaximumPoolSize(CONNECTIONS);
        // Requests wait for so long while the database is away.
        config.setConnectionTimeout(MILLIS_TO_CONNECT);
        return config;
    }

    APIKeyStore store() {
        return store;
    }

    /** Sessions, accounts and signing keys. */
    Setup.Kept kept() {
        return kept;
    }

    /** What was opened last is closed first. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }
}
