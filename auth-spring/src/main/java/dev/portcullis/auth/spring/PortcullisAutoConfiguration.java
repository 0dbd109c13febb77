package dev.portcullis.auth.spring;

import dev.portcullis.auth.Admission;
import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthListener;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.KeyHashing;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.servlet.FilterSettings;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** What Portcullis is made of, from the properties and from the application's beans. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(PortcullisProperties.class)
final class PortcullisAutoConfiguration {

    static final int KEYS_ORDER = 10;
    static final int TOKENS_ORDER = 20;

    @Bean(destroyMethod = "close")
    @Order(TOKENS_ORDER)
    @ConditionalOnMissingBean
    @ConditionalOnPropertyUnder("portcullis.jwt")
    JWKSAuthentication portcullisTokens(PortcullisProperties properties) {
        return new TokenSettings(properties).authentication();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnPropertyUnder({"portcullis.rules", "portcullis.unnamed-routes"})
    PermissionRules portcullisRules(
            PortcullisProperties properties, ObjectProvider<PermissionRulesCustomizer> customizers) {
        return RuleSettings.rules(properties, customizers.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean
    FilterSettings portcullisFilterSettings(PortcullisProperties properties, ObjectProvider<AuthListener> listeners) {
        FilterSettings.Builder settings =
                FilterSettings.builder().errorFormat(properties.errors().format());
        String realm = properties.errors().realm();
        if (realm != null) {
            settings.realm(realm);
        }
        ErrorSettings.apply(properties.errors(), settings);
        Duration ahead = properties.apiKeys().warnBeforeExpiry();
        if (ahead != null) {
            settings.expiryWarning(ErrorSettings.warning(ahead));
        }
        if (properties.letPreflightPass()) {
            settings.letPreflightPass();
        }
        List<AuthListener> told = listeners.orderedStream().toList();
        if (!told.isEmpty()) {
            settings.listener(event -> told.forEach(listener -> AuthEvent.tell(listener, event)));
        }
        try {
            return settings.build();
        } catch (IllegalArgumentException e) {
            throw CoreSetting.wrong(e, "portcullis.errors");
        }
    }

    @Bean
    @ConditionalOnMissingBean
    RequestFilters portcullisRequestFilters(
            PortcullisProperties properties,
            Environment environment,
            SettingCheck check,
            ObjectProvider<AuthenticationMethod> methods,
            ObjectProvider<Admission> admissions,
            ObjectProvider<MethodDecorator> decorators,
            ObjectProvider<PermissionRules> rules,
            FilterSettings settings) {
        check.run(environment);
        List<AuthenticationMethod> found = methods.orderedStream().toList();
        if (found.isEmpty()) {
            throw SettingCheck.noMethod();
        }
        PermissionRules required = rules.getIfAvailable();
        boolean ignore = properties.ignoreBadCredentialsOnOpenRoutes();
        if (ignore && required == null) {
            throw SettingCheck.noOpenRoutes();
        }
        Admission admission = Admission.allOf(admissions.orderedStream().toArray(Admission[]::new));
        PermissionRules self = RuleSettings.self(properties.apiKeys());
        AuthenticationMethod method =
                AuthenticationMethod.firstOf(found).admitting(self == null ? admission : admission.exceptOn(self));
        PermissionRules login = SessionSettings.login(properties.sessions());
        if (login != null) {
            method = method.exceptOn(login);
        }
        for (MethodDecorator decorator : decorators.orderedStream().toList()) {
            method = decorator.around(method);
        }
        return new RequestFilters(method, settings, ignore ? required : null, required);
    }

    @Bean
    @ConditionalOnMissingBean(name = "portcullisEventPublisher")
    AuthListener portcullisEventPublisher(PortcullisProperties properties, ApplicationEventPublisher publisher) {
        return switch (properties.events()) {
            case NONE -> event -> {};
            case REFUSALS -> new EventPublisher(publisher, true);
            case ALL -> new EventPublisher(publisher, false);
        };
    }

    @Bean
    static SettingCheck portcullisSettingCheck(ListableBeanFactory beans) {
        return new SettingCheck(beans);
    }

    /** An observation for each call, where the application traces its requests. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = {"io.micrometer.tracing.Tracer", "io.micrometer.observation.ObservationRegistry"})
    static class Tracing {

        @Bean
        @ConditionalOnMissingBean(name = "portcullisObservation")
        MethodDecorator portcullisObservation(ObjectProvider<ObservationRegistry> registries) {
            ObservationRegistry registry = registries.getIfUnique(() -> ObservationRegistry.NOOP);
            return method -> new ObservedMethod(method, registry);
        }
    }

    /** API keys, where the application has a store of them. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(APIKeyStore.class)
    @ConditionalOnBooleanProperty(name = "portcullis.api-keys.enabled", matchIfMissing = true)
    static class Keys {

        @Bean(destroyMethod = "close")
        @Order(KEYS_ORDER)
        @ConditionalOnMissingBean
        APIKeyAuthentication portcullisAPIKeyAuthentication(
                PortcullisProperties properties, APIKeyStore store, ObjectProvider<KeyHashing> hashing) {
            return new KeySettings(properties.apiKeys(), hashing.getIfUnique()).authentication(store);
        }

        @Bean
        @ConditionalOnMissingBean
        APIKeys portcullisAPIKeys(
                PortcullisProperties properties, APIKeyStore store, ObjectProvider<KeyHashing> hashing) {
            return new KeySettings(properties.apiKeys(), hashing.getIfUnique()).issuing(store);
        }
    }
}
