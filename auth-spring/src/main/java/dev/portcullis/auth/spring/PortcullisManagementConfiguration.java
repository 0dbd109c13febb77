package dev.portcullis.auth.spring;

import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.PermissionFilter;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * The two filters once more, where Actuator has a port of its own, and so a server of its own. Spring Security's chains
 * are brought there by Boot.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(RequestFilters.class)
@Conditional(OnFilterMode.class)
final class PortcullisManagementConfiguration {

    @Bean
    FilterRegistrationBean<AuthenticationFilter> portcullisManagementAuthenticationFilter(RequestFilters filters) {
        return PortcullisFilterAutoConfiguration.everywhere(
                "portcullisAuthentication",
                filters.authentication(),
                PortcullisFilterAutoConfiguration.AUTHENTICATION_ORDER);
    }

    @Bean
    FilterRegistrationBean<PermissionFilter> portcullisManagementPermissionFilter(RequestFilters filters) {
        return PortcullisFilterAutoConfiguration.everywhere(
                "portcullisPermission", filters.permission(), PortcullisFilterAutoConfiguration.PERMISSION_ORDER);
    }
}
