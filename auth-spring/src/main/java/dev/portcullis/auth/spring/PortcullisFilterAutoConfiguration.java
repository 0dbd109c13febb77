package dev.portcullis.auth.spring;

import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.PermissionFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * The two filters by themselves, where there is no Spring Security or {@code portcullis.mode} is {@code filters}: for all
 * paths and all dispatches, right before the place where Spring Security's filter stands.
 */
@AutoConfiguration(after = PortcullisAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Conditional(OnFilterMode.class)
final class PortcullisFilterAutoConfiguration {

    static final int AUTHENTICATION_ORDER = -102;
    static final int PERMISSION_ORDER = -101;

    @Bean
    @ConditionalOnMissingFilterBean
    FilterRegistrationBean<AuthenticationFilter> portcullisAuthenticationFilter(RequestFilters filters) {
        return everywhere("portcullisAuthentication", filters.authentication(), AUTHENTICATION_ORDER);
    }

    @Bean
    @ConditionalOnMissingFilterBean
    FilterRegistrationBean<PermissionFilter> portcullisPermissionFilter(RequestFilters filters) {
        return everywhere("portcullisPermission", filters.permission(), PERMISSION_ORDER);
    }

    static <F extends Filter> FilterRegistrationBean<F> everywhere(String name, F filter, int order) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setName(name);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        registration.setOrder(order);
        return registration;
    }
}
