package dev.portcullis.auth.spring;

import dev.portcullis.auth.AuthListener;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metrics, health and audit events, each where the application has what takes them. */
@AutoConfiguration(
        after = PortcullisAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.audit.AuditAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
final class PortcullisActuatorAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class Metrics {

        @Bean
        @ConditionalOnMissingBean(name = "portcullisMetrics")
        AuthListener portcullisMetrics(MeterRegistry registry) {
            return new AuthMetrics(registry);
        }

        @Bean
        @ConditionalOnBean(JWKSAuthentication.class)
        @ConditionalOnMissingBean(name = "portcullisTokenMetrics")
        MeterBinder portcullisTokenMetrics(JWKSAuthentication tokens) {
            return new TokenMetrics(tokens);
        }

        @Bean
        @ConditionalOnBean(CachedAPIKeyStore.class)
        @ConditionalOnMissingBean(name = "portcullisKeyMetrics")
        MeterBinder portcullisKeyMetrics(CachedAPIKeyStore store) {
            return new CacheMetrics(store);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class HealthChecks {

        @Bean
        @ConditionalOnMissingBean(name = "portcullisHealthIndicator")
        @ConditionalOnEnabledHealthIndicator("portcullis")
        HealthIndicator portcullisHealthIndicator(
                ObjectProvider<JWKSAuthentication> tokens, ObjectProvider<APIKeyStore> store) {
            return new PortcullisHealthIndicator(tokens.getIfUnique(), store.getIfUnique());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(AuditEventRepository.class)
    @ConditionalOnBean(AuditEventRepository.class)
    static class Audit {

        @Bean
        @ConditionalOnMissingBean(name = "portcullisAuditPublisher")
        AuditPublisher portcullisAuditPublisher(AuditEventRepository repository) {
            return new AuditPublisher(repository);
        }
    }
}
