package dev.portcullis.auth.spring.guide;

import static dev.portcullis.auth.spring.PortcullisConfigurer.portcullis;
import static org.springframework.security.config.Customizer.withDefaults;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

@Configuration
class OwnAuthorization {

    @Bean
    SecurityFilterChain api(HttpSecurity http) {
        return http.with(portcullis(), withDefaults())
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/api/leagues/**")
                        .hasAuthority("catalog:read")
                        .anyRequest()
                        .denyAll())
                .build();
    }
}
