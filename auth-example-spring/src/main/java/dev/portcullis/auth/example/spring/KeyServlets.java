package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.example.Setup;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.keys.APIKeyServlet;
import dev.portcullis.auth.servlet.keys.KeyPageServlet;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where keys are managed: the endpoints, and the page that uses them. */
@Configuration(proxyBeanMethods = false)
class KeyServlets {

    @Bean
    ServletRegistrationBean<APIKeyServlet> keyEndpoints(APIKeyStore store, FilterSettings settings) {
        APIKeyServlet endpoints = APIKeyServlet.builder(Setup.Keys.managed(store))
                .settings(settings)
                .build();
        return new ServletRegistrationBean<>(endpoints, "/api/v1/api-keys/*");
    }

    @Bean
    ServletRegistrationBean<KeyPageServlet> keyPage() {
        return new ServletRegistrationBean<>(KeyPageServlet.builder().build(), "/api-keys/*");
    }
}
