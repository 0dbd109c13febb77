package dev.portcullis.auth.spring;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.jdbc.JDBCAPIKeyStore;
import dev.portcullis.auth.jdbc.Migrations;
import dev.portcullis.auth.jdbc.PostgreSQLChangeNotices;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Makes of {@code portcullis.api-keys} what is kept in a database, and what stands in front of its keys. */
final class StoreSettings {

    private static final String STORE = "portcullis.api-keys.store";
    private static final String MIGRATE = "portcullis.api-keys.migrate";
    private static final String NOTICES = "portcullis.api-keys.change-notices";
    private static final String CACHE = "portcullis.api-keys.cache";

    private final APIKeyProperties keys;
    private final String asking;

    StoreSettings(PortcullisProperties properties) {
        this.keys = properties.apiKeys();
        this.asking = asking(properties);
    }

    /** The property that has the database asked. */
    private static String asking(PortcullisProperties all) {
        APIKeyProperties keys = all.apiKeys();
        if (keys.store() != APIKeyProperties.Store.MEMORY && !Boolean.FALSE.equals(keys.enabled())) {
            return STORE;
        }
        if (all.sessions().store() == SessionProperties.Store.JDBC) {
            return "portcullis.sessions.store";
        }
        return all.accounts().store() == AccountProperties.Store.JDBC
                ? "portcullis.accounts.store"
                : "portcullis.signatures.store";
    }

    /** The store itself, which asks the database every time. */
    JDBCAPIKeyStore database(DataSource source) {
        if (keys.migrate()) {
            migrate(source);
        }
        JDBCAPIKeyStore.Builder builder = JDBCAPIKeyStore.builder(source);
        if (keys.statementTimeout() != null) {
            builder.statementTimeout(keys.statementTimeout());
        }
        try {
            return asked(builder::build);
        } catch (IllegalArgumentException e) {
            throw CoreSetting.wrong(e, STORE);
        } catch (IllegalStateException e) {
            throw withCause(
                    new SettingException(
                            MIGRATE,
                            "is not true, and the database is not ready: " + e.getMessage(),
                            "Set " + MIGRATE + "=true, or run the scripts by your own tooling."),
                    e);
        }
    }

    private void migrate(DataSource source) {
        try {
            int unused = asked(() -> Migrations.migrate(source));
        } catch (IllegalStateException e) {
            throw withCause(
                    new SettingException(
                            MIGRATE,
                            "is true, but it cannot be done: " + e.getMessage(),
                            "Use H2 or PostgreSQL, and let the database's user create tables, functions and triggers; or"
                                    + " set it to false, and run the scripts as another user."),
                    e);
        }
    }

    /** What tells of other nodes' changes, or null if nothing does. */
    @Nullable
    ChangeNotices notices(DataSource source) {
        Boolean wanted = keys.changeNotices();
        if (Boolean.FALSE.equals(wanted)) {
            return null;
        }
        boolean there = asked(() -> PostgreSQLChangeNotices.isFor(source));
        if (!there && wanted != null) {
            throw new SettingException(
                    NOTICES,
                    "is true, but the database is not PostgreSQL",
                    "Remove it: changes are in force everywhere within portcullis.api-keys.cache.lifetime.");
        }
        return there ? PostgreSQLChangeNotices.builder(source).build() : null;
    }

    /** The store with copies of keys in front. */
    CachedAPIKeyStore cached(JDBCAPIKeyStore store, @Nullable ChangeNotices notices) {
        APIKeyProperties.Cache cache = keys.cache();
        if (notices == null && cache.lifetimeWithNotices() != null) {
            throw new SettingException(
                    CACHE + ".lifetime-with-notices",
                    "is set, but nothing tells of changes",
                    "Remove it, or use PostgreSQL and leave " + NOTICES + " out.");
        }
        CachedAPIKeyStore.Builder builder = CachedAPIKeyStore.over(store);
        set(notices, builder::notices);
        set(cache.lifetime(), builder::lifetime);
        set(cache.lifetimeWithNotices(), builder::lifetimeWithNotices);
        set(cache.maximumLag(), builder::maximumLag);
        set(cache.maximumStaleness(), builder::maximumStaleness);
        set(cache.maximumKeys(), builder::maximumKeys);
        set(cache.maximumUnknownKeys(), builder::maximumUnknownKeys);
        set(cache.unknownLifetime(), builder::unknownLifetime);
        set(cache.unknownRate(), builder::unknownRate);
        set(cache.maximumLoads(), builder::maximumLoads);
        set(cache.maximumWaiters(), builder::maximumWaiters);
        set(cache.maximumWait(), builder::maximumWait);
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw CoreSetting.wrongUnder(CACHE, e);
        }
    }

    private static <T> void set(@Nullable T value, Consumer<T> setting) {
        if (value != null) {
            setting.accept(value);
        }
    }

    /** A database that cannot be asked is told in the words of auth-jdbc, which hold neither a URL nor a password. */
    private <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (AuthUnavailableException e) {
            String words = e.getCause() instanceof SQLException told ? ": " + told.getMessage() : "";
            throw withCause(
                    new SettingException(
                            asking,
                            "is jdbc, but the database cannot be asked" + words,
                            "Start the database, or correct the data source, such as spring.datasource.url,"
                                    + " .username and .password."),
                    e);
        }
    }

    private static SettingException withCause(SettingException wrong, Throwable cause) {
        wrong.initCause(cause);
        return wrong;
    }
}
