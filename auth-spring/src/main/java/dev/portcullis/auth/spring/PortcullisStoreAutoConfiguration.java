package dev.portcullis.auth.spring;

import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.jdbc.JDBCAPIKeyStore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
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

/** A store of API keys, where the application has none of its own: in its database, with copies in front; or in memory. */
@AutoConfiguration(
        before = PortcullisAutoConfiguration.class,
        afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "portcullis.api-keys.enabled", matchIfMissing = true)
@EnableConfigurationProperties(PortcullisProperties.class)
final class PortcullisStoreAutoConfiguration {

    /** Keys that are gone with the process. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(APIKeyStore.class)
    @ConditionalOnProperty(name = "portcullis.api-keys.store", havingValue = "memory")
    static class Memory {

        @Bean
        InMemoryAPIKeyStore portcullisMemoryStore() {
            return new InMemoryAPIKeyStore();
        }
    }

    /** Keys that last. The application's own migrations go first. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(APIKeyStore.class)
    @ConditionalOnClass(JDBCAPIKeyStore.class)
    @ConditionalOnSingleCandidate(DataSource.class)
    @ConditionalOnProperty(name = "portcullis.api-keys.store", havingValue = "jdbc", matchIfMissing = true)
    static class Database {

        @Bean(name = "portcullisAPIKeyStore")
        @DependsOnDatabaseInitialization
        @ConditionalOnBooleanProperty(name = "portcullis.api-keys.cache.enabled", matchIfMissing = true)
        CachedAPIKeyStore cached(
                PortcullisProperties properties, DataSource source, ObjectProvider<ChangeNotices> notices) {
            StoreSettings settings = new StoreSettings(properties.apiKeys());
            return settings.cached(settings.database(source), notices.getIfAvailable());
        }

        @Bean(name = "portcullisAPIKeyStore")
        @DependsOnDatabaseInitialization
        @ConditionalOnBooleanProperty(name = "portcullis.api-keys.cache.enabled", havingValue = false)
        JDBCAPIKeyStore uncached(PortcullisProperties properties, DataSource source) {
            return new StoreSettings(properties.apiKeys()).database(source);
        }

        /** None, where the database has none. They hold one connection. */
        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnBooleanProperty(name = "portcullis.api-keys.cache.enabled", matchIfMissing = true)
        @Nullable
        ChangeNotices portcullisChangeNotices(PortcullisProperties properties, DataSource source) {
            return new StoreSettings(properties.apiKeys()).notices(source);
        }
    }
}
