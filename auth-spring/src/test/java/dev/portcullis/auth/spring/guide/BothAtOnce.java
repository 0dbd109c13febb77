package dev.portcullis.auth.spring.guide;

import static dev.portcullis.auth.spring.PortcullisConfigurer.portcullis;
import static org.springframework.security.config.Customizer.withDefaults;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

@Configuration
class BothAtOnce {

    @Bean
    @Order(1)
    SecurityFilterChain migrated(HttpSecurity http) {
        return http.securityMatcher("/api/leagues/**")
                .with(portcullis(), withDefaults())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain notYet(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority("SCOPE_holdings:read"))
                .oauth2ResourceServer(server -> server.jwt(withDefaults()))
                .build();
    }
}
