package dev.portcullis.auth.spring;

import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.account.CachedAccountStore;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.redis.RedisServer;
import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.signature.ReplayMemory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** What is kept in a Redis that nodes share, where the properties say so and the application has no store of its own. */
@AutoConfiguration(before = {PortcullisAutoConfiguration.class, PortcullisAdmissionAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(RedisServer.class)
@EnableConfigurationProperties(PortcullisProperties.class)
final class PortcullisRedisAutoConfiguration {

    /** One that cannot be reached is no reason not to start: it is tried again and again. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnPropertyUnder("portcullis.redis")
    RedisServer portcullisRedis(PortcullisProperties properties) {
        return new RedisSettings(properties.redis()).server();
    }

    @Bean
    @ConditionalOnMissingBean(SessionStore.class)
    @ConditionalOnBooleanProperty(name = "portcullis.sessions.enabled")
    @ConditionalOnProperty(name = "portcullis.sessions.store", havingValue = "redis")
    CachedSessionStore portcullisRedisSessions(ObjectProvider<RedisServer> servers) {
        RedisServer redis = RedisSettings.neededBy("portcullis.sessions.store", servers);
        return CachedSessionStore.over(redis.sessions())
                .notices(redis.changeNotices())
                .build();
    }

    @Bean
    @ConditionalOnMissingBean(AccountStore.class)
    @ConditionalOnProperty(name = "portcullis.accounts.store", havingValue = "redis")
    CachedAccountStore portcullisRedisAccounts(ObjectProvider<RedisServer> servers) {
        RedisServer redis = RedisSettings.neededBy("portcullis.accounts.store", servers);
        return CachedAccountStore.over(redis.accounts())
                .notices(redis.changeNotices())
                .build();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "portcullis.sessions.enabled")
    @ConditionalOnProperty(name = "portcullis.sessions.limits.store", havingValue = "redis")
    LoginLimits portcullisRedisLoginLimits(
            PortcullisProperties properties, Places places, ObjectProvider<RedisServer> servers) {
        RedisServer redis = RedisSettings.neededBy("portcullis.sessions.limits.store", servers);
        return new SessionSettings(properties.sessions()).limits(places, redis::rateLimit);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "portcullis.signatures.enabled", matchIfMissing = true)
    @ConditionalOnProperty(name = "portcullis.signatures.replay-memory", havingValue = "redis")
    ReplayMemory portcullisRedisReplayMemory(ObjectProvider<RedisServer> servers) {
        return RedisSettings.neededBy("portcullis.signatures.replay-memory", servers)
                .replayMemory();
    }
}
