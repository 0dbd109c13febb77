package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.account.Accounts;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.example.Setup;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.keys.APIKeyServlet;
import dev.portcullis.auth.servlet.keys.KeyPageServlet;
import dev.portcullis.auth.servlet.keys.LeakServlet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where keys are managed: the endpoints, the page that uses them, and where leaked ones are reported. */
@Configuration(proxyBeanMethods = false)
class KeyServlets {

    @Bean
    ServletRegistrationBean<APIKeyServlet> keyEndpoints(
            APIKeyStore store, FilterSettings settings, Places places, Accounts accounts) {
        APIKeyServlet endpoints = APIKeyServlet.builder(Setup.Keys.managed(store))
                .settings(settings)
                .places(places)
                .accounts(accounts)
                .build();
        return new ServletRegistrationBean<>(endpoints, "/api/v1/api-keys/*");
    }

    @Bean
    ServletRegistrationBean<KeyPageServlet> keyPage() {
        return new ServletRegistrationBean<>(KeyPageServlet.builder().build(), "/api-keys/*");
    }

    /** Only if somebody is to report keys. */
    @Bean
    ServletContextInitializer leaks(ObjectProvider<Setup> setup, FilterSettings settings) {
        Setup given = setup.getIfAvailable();
        Setup.Keys keys = given == null ? null : given.keys();
        LeakServlet leaks = keys == null ? null : keys.leaks(settings);
        return context -> {
            if (leaks != null) {
                context.addServlet("leaks", leaks).addMapping("/leaks");
            }
        };
    }
}
