package dev.portcullis.auth.spring.guide;

import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class OwnRules {

    @Bean
    PermissionRules rules() {
        return PermissionRules.builder()
                .rule("GET", "/api/leagues/**", Requirement.allOf("catalog:read"))
                .rule("*", "/api/v1/api-keys/**", Requirement.signedIn())
                .rule("GET", "/api/v1/api-keys/openapi.json", Requirement.anyone())
                .rule("GET", "/api-keys/**", Requirement.anyone())
                .build();
    }
}
