package dev.portcullis.auth.spring;

import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.keys.SigningKeyServlet;
import dev.portcullis.auth.signature.ReplayMemory;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import dev.portcullis.auth.signature.SigningKeyStore;
import dev.portcullis.auth.signature.SigningKeys;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.servlet.filter.OrderedFormContentFilter;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** What lets signed requests in, where the application has a store of signing keys. */
@AutoConfiguration(after = PortcullisAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "portcullis.signatures.enabled", matchIfMissing = true)
@EnableConfigurationProperties(PortcullisProperties.class)
final class PortcullisSignaturesAutoConfiguration {

    static final int SIGNATURES_ORDER = 30;

    /** Forms of {@code PUT}, {@code PATCH} and {@code DELETE} are not read before their signature is checked. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(OrderedFormContentFilter.class)
    static class Forms {

        @Bean
        static BeanPostProcessor portcullisFormOrder(ListableBeanFactory beans, Environment environment) {
            return new FormOrder(beans, environment);
        }
    }

    @Bean
    @Order(SIGNATURES_ORDER)
    @ConditionalOnMissingBean
    @ConditionalOnBean(SigningKeyStore.class)
    SignedRequestAuthentication portcullisSignatures(
            PortcullisProperties properties, SigningKeyStore store, ObjectProvider<ReplayMemory> memory) {
        return new SignatureSettings(properties.signatures()).authentication(store, memory.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(SigningKeyStore.class)
    SigningKeys portcullisSigningKeys(PortcullisProperties properties, SigningKeyStore store) {
        return new SignatureSettings(properties.signatures()).keys(store);
    }

    @Bean
    @ConditionalOnMissingBean(value = SigningKeyServlet.class, parameterizedContainer = ServletRegistrationBean.class)
    @ConditionalOnBean({SigningKeyStore.class, APIKeys.class})
    @ConditionalOnBooleanProperty(name = "portcullis.signatures.management.enabled")
    ServletRegistrationBean<SigningKeyServlet> portcullisSigningKeyEndpoints(
            PortcullisProperties properties, SigningKeys signingKeys, APIKeys keys, FilterSettings settings) {
        SigningKeyServlet servlet =
                SigningKeyServlet.builder(signingKeys, keys).settings(settings).build();
        ServletRegistrationBean<SigningKeyServlet> registration = new ServletRegistrationBean<>(
                servlet, new SignatureSettings(properties.signatures()).endpoints() + "/*");
        registration.setName("portcullisSigningKeyEndpoints");
        return registration;
    }
}
