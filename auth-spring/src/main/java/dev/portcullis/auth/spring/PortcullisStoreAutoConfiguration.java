package dev.portcullis.auth.spring;

import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.account.InMemoryAccountStore;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.session.InMemorySessionStore;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.SigningKeyStore;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * What is kept in this process, and gone with it. Where a property asks for another store, and nothing has made one, it
 * says why.
 */
@AutoConfiguration(
        before = {PortcullisAutoConfiguration.class, PortcullisAdmissionAutoConfiguration.class},
        after = {PortcullisDatabaseAutoConfiguration.class, PortcullisRedisAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(PortcullisProperties.class)
final class PortcullisStoreAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(APIKeyStore.class)
    @ConditionalOnBooleanProperty(name = "portcullis.api-keys.enabled", matchIfMissing = true)
    @ConditionalOnProperty(name = "portcullis.api-keys.store", havingValue = "memory")
    InMemoryAPIKeyStore portcullisMemoryStore() {
        return new InMemoryAPIKeyStore();
    }

    @Bean
    @ConditionalOnMissingBean(SessionStore.class)
    @ConditionalOnBooleanProperty(name = "portcullis.sessions.enabled")
    InMemorySessionStore portcullisMemorySessions(PortcullisProperties properties) {
        checkMemory("portcullis.sessions.store", properties.sessions().store(), "SessionStore");
        return new InMemorySessionStore();
    }

    @Bean
    @ConditionalOnMissingBean(AccountStore.class)
    @ConditionalOnPropertyUnder("portcullis.accounts.store")
    InMemoryAccountStore portcullisMemoryAccounts(PortcullisProperties properties) {
        checkMemory("portcullis.accounts.store", properties.accounts().store(), "AccountStore");
        return new InMemoryAccountStore();
    }

    @Bean
    @ConditionalOnMissingBean(SigningKeyStore.class)
    @ConditionalOnBooleanProperty(name = "portcullis.signatures.enabled", matchIfMissing = true)
    @ConditionalOnPropertyUnder("portcullis.signatures.store")
    InMemorySigningKeyStore portcullisMemorySigningKeys(PortcullisProperties properties) {
        checkMemory("portcullis.signatures.store", properties.signatures().store(), "SigningKeyStore");
        return new InMemorySigningKeyStore();
    }

    private static void checkMemory(String property, @Nullable Enum<?> store, String bean) {
        if (store != null && !store.name().equals("MEMORY")) {
            throw MissingStore.of(property, store.name(), bean);
        }
    }
}
