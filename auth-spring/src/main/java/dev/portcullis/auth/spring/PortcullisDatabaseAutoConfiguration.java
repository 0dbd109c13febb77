package dev.portcullis.auth.spring;

import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.account.CachedAccountStore;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.jdbc.JDBCAPIKeyStore;
import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.signature.CachedSigningKeyStore;
import dev.portcullis.auth.signature.SigningKeyStore;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** What is kept in the application's database, with copies in front, where the application has no store of its own. */
@AutoConfiguration(
        before = {PortcullisAutoConfiguration.class, PortcullisAdmissionAutoConfiguration.class},
        afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(JDBCAPIKeyStore.class)
@ConditionalOnSingleCandidate(DataSource.class)
@EnableConfigurationProperties(PortcullisProperties.class)
final class PortcullisDatabaseAutoConfiguration {

    /** Asked for by the first store that needs it. The application's own migrations go first. */
    @Lazy
    @Bean
    @DependsOnDatabaseInitialization
    DatabaseStores portcullisDatabase(PortcullisProperties properties, DataSource source) {
        return new DatabaseStores(new StoreSettings(properties).database(source));
    }

    /** API keys, unless they are to be kept elsewhere. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(APIKeyStore.class)
    @ConditionalOnBooleanProperty(name = "portcullis.api-keys.enabled", matchIfMissing = true)
    @ConditionalOnProperty(name = "portcullis.api-keys.store", havingValue = "jdbc", matchIfMissing = true)
    static class Keys {

        @Bean(name = "portcullisAPIKeyStore")
        @ConditionalOnBooleanProperty(name = "portcullis.api-keys.cache.enabled", matchIfMissing = true)
        CachedAPIKeyStore cached(
                PortcullisProperties properties, DatabaseStores database, ObjectProvider<ChangeNotices> notices) {
            return new StoreSettings(properties).cached(database.keys(), notices.getIfAvailable());
        }

        @Bean(name = "portcullisAPIKeyStore")
        @ConditionalOnBooleanProperty(name = "portcullis.api-keys.cache.enabled", havingValue = false)
        JDBCAPIKeyStore uncached(DatabaseStores database) {
            return database.keys();
        }
    }

    @Bean
    @ConditionalOnMissingBean(SessionStore.class)
    @ConditionalOnBooleanProperty(name = "portcullis.sessions.enabled")
    @ConditionalOnProperty(name = "portcullis.sessions.store", havingValue = "jdbc")
    CachedSessionStore portcullisDatabaseSessions(DatabaseStores database, ObjectProvider<ChangeNotices> notices) {
        CachedSessionStore.Builder cached =
                CachedSessionStore.over(database.keys().sessions());
        notices.ifAvailable(cached::notices);
        return cached.build();
    }

    @Bean
    @ConditionalOnMissingBean(AccountStore.class)
    @ConditionalOnProperty(name = "portcullis.accounts.store", havingValue = "jdbc")
    CachedAccountStore portcullisDatabaseAccounts(DatabaseStores database, ObjectProvider<ChangeNotices> notices) {
        CachedAccountStore.Builder cached =
                CachedAccountStore.over(database.keys().accounts());
        notices.ifAvailable(cached::notices);
        return cached.build();
    }

    @Bean
    @ConditionalOnMissingBean(SigningKeyStore.class)
    @ConditionalOnBooleanProperty(name = "portcullis.signatures.enabled", matchIfMissing = true)
    @ConditionalOnProperty(name = "portcullis.signatures.store", havingValue = "jdbc")
    CachedSigningKeyStore portcullisDatabaseSigningKeys(
            DatabaseStores database, ObjectProvider<ChangeNotices> notices) {
        CachedSigningKeyStore.Builder cached =
                CachedSigningKeyStore.over(database.keys().signingKeys());
        notices.ifAvailable(cached::notices);
        return cached.build();
    }
}
