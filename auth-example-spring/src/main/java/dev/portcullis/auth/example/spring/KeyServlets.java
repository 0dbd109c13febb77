package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.Setup;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.keys.LeakServlet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where leaked keys are reported. */
@Configuration(proxyBeanMethods = false)
class KeyServlets {

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
