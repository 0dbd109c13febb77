package dev.portcullis.auth.spring;

import dev.portcullis.auth.account.Accounts;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.keys.APIKeyServlet;
import dev.portcullis.auth.servlet.keys.KeyPageServlet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * The endpoints and the page by which users manage their keys, behind the filters or the chain of Spring Security like
 * everything else. {@link RuleSettings} opens their routes, and no others.
 */
@AutoConfiguration(after = PortcullisAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(APIKeys.class)
final class PortcullisKeysAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(value = APIKeyServlet.class, parameterizedContainer = ServletRegistrationBean.class)
    @ConditionalOnBooleanProperty(name = "portcullis.api-keys.management.enabled")
    ServletRegistrationBean<APIKeyServlet> portcullisKeyEndpoints(
            PortcullisProperties properties,
            APIKeys keys,
            FilterSettings settings,
            Places places,
            ObjectProvider<Accounts> accounts) {
        KeyPaths paths = new KeyPaths(properties.apiKeys());
        APIKeyServlet.Builder servlet =
                APIKeyServlet.builder(keys).settings(settings).places(places);
        accounts.ifUnique(servlet::accounts);
        return named(
                "portcullisKeyEndpoints", new ServletRegistrationBean<>(servlet.build(), paths.endpoints() + "/*"));
    }

    @Bean
    @ConditionalOnMissingBean(value = KeyPageServlet.class, parameterizedContainer = ServletRegistrationBean.class)
    @ConditionalOnBooleanProperty(name = "portcullis.api-keys.page.enabled")
    ServletRegistrationBean<KeyPageServlet> portcullisKeyPage(PortcullisProperties properties) {
        KeyPaths paths = new KeyPaths(properties.apiKeys());
        return named("portcullisKeyPage", new ServletRegistrationBean<>(paths.servlet(), paths.page() + "/*"));
    }

    private static <R extends ServletRegistrationBean<?>> R named(String name, R registration) {
        registration.setName(name);
        return registration;
    }
}
