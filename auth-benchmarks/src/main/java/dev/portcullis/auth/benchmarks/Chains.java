package dev.portcullis.auth.benchmarks;

import static dev.portcullis.auth.spring.PortcullisConfigurer.portcullis;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.PermissionFilter;
import jakarta.servlet.Filter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** What a whole request goes through: the same rule, set up in three ways. */
final class Chains {

    static final String PATH = "/api/v1/leagues/1";

    private Chains() {}

    static PermissionRules rules() {
        return PermissionRules.builder()
                .rule("GET", "/api/v1/leagues/**", Requirement.allOf("catalog:read"))
                .build();
    }

    static Filter plainFilters(AuthenticationMethod method) {
        AuthenticationFilter authentication =
                AuthenticationFilter.builder(method).build();
        PermissionFilter permission = PermissionFilter.builder(rules()).build();
        return (request, response, chain) ->
                authentication.doFilter(request, response, (seen, answer) -> permission.doFilter(seen, answer, chain));
    }

    static Filter springSecurity(AuthenticationMethod method) {
        return chain(AuthenticationMethod.class, method, Portcullis.class);
    }

    static Filter resourceServer(JwtDecoder decoder) {
        return chain(JwtDecoder.class, decoder, ResourceServer.class);
    }

    /** The {@code FilterChainProxy} of an application with this configuration. */
    private static <T> Filter chain(Class<T> type, T bean, Class<?> configuration) {
        AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
        context.setServletContext(new MockServletContext());
        context.addBeanFactoryPostProcessor(beans -> beans.registerSingleton(type.getName(), bean));
        context.register(configuration);
        context.refresh();
        return context.getBean("springSecurityFilterChain", Filter.class);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class Portcullis {

        @Bean
        SecurityFilterChain chain(HttpSecurity http, AuthenticationMethod method) {
            return http.with(portcullis(), c -> c.method(method).rules(rules())).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class ResourceServer {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            JwtGrantedAuthoritiesConverter authorities = new JwtGrantedAuthoritiesConverter();
            authorities.setAuthoritiesClaimName("permissions");
            authorities.setAuthorityPrefix("");
            JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
            converter.setJwtGrantedAuthoritiesConverter(authorities);
            return http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .csrf(AbstractHttpConfigurer::disable)
                    .logout(AbstractHttpConfigurer::disable)
                    .requestCache(AbstractHttpConfigurer::disable)
                    .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(converter)))
                    .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/api/v1/leagues/**")
                            .hasAuthority("catalog:read")
                            .anyRequest()
                            .denyAll())
                    .build();
        }
    }
}
