package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.PortcullisConfigurer.portcullis;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.BeanIds;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** A chain of Spring Security for all requests, where the application has no chain of its own. */
@AutoConfiguration(
        after = PortcullisAutoConfiguration.class,
        beforeName = {
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.oauth2.client.autoconfigure.servlet.OAuth2ClientWebSecurityAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({EnableWebSecurity.class, SecurityFilterChain.class})
final class PortcullisSecurityAutoConfiguration {

    /** The last of all chains, for it takes every request. */
    static final int CHAIN_ORDER = Integer.MAX_VALUE - 5;

    /** Ahead of Spring Security, which looks at paths before any chain is asked. */
    @Bean
    FilterRegistrationBean<PathAsSentFilter> portcullisPathAsSentFilter() {
        FilterRegistrationBean<PathAsSentFilter> registration = new FilterRegistrationBean<>(new PathAsSentFilter());
        registration.setName("portcullisPathAsSent");
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** As Boot has it, which is not there in a test of controllers alone. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(name = BeanIds.SPRING_SECURITY_FILTER_CHAIN)
    @EnableWebSecurity
    static class Web {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(SecurityFilterChain.class)
    static class Chain {

        @Bean
        @Order(CHAIN_ORDER)
        @ConditionalOnProperty(name = "portcullis.mode", havingValue = "security", matchIfMissing = true)
        SecurityFilterChain portcullisSecurityFilterChain(HttpSecurity http) {
            return http.with(portcullis(), Customizer.withDefaults()).build();
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnProperty(name = "portcullis.mode", havingValue = "security", matchIfMissing = true)
        RequestRejectedHandler portcullisRequestRejectedHandler(RequestFilters filters) {
            return new RejectedRequestHandler(filters.authentication(), filters.permission());
        }

        /** A chain for no request: without any, Boot would put its log-in page before what the filters let in. */
        @Bean
        @Order(CHAIN_ORDER)
        @ConditionalOnProperty(name = "portcullis.mode", havingValue = "filters")
        SecurityFilterChain portcullisNoSecurityFilterChain() {
            return new DefaultSecurityFilterChain(request -> false);
        }

        /** Nobody signs in with a password here: without this, Boot would make up a user and log its password. */
        @Bean
        @ConditionalOnMissingBean({AuthenticationManager.class, AuthenticationProvider.class, UserDetailsService.class})
        AuthenticationManager portcullisAuthenticationManager() {
            return authentication -> {
                throw new ProviderNotFoundException("Callers authenticate by the credentials of their requests alone");
            };
        }
    }
}
