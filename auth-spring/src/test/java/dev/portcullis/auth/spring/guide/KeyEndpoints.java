package dev.portcullis.auth.spring.guide;

import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.keys.APIKeyServlet;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** The endpoints for keys as a bean of the application's own, as {@code docs/api-keys.md} shows it. */
final class KeyEndpoints {

    @Bean
    ServletRegistrationBean<APIKeyServlet> keyEndpoints(APIKeyStore store, FilterSettings settings) {
        APIKeys keys = APIKeys.builder().store(store).build();
        return new ServletRegistrationBean<>(
                APIKeyServlet.builder(keys).settings(settings).build(), "/api/v1/api-keys/*");
    }
}
