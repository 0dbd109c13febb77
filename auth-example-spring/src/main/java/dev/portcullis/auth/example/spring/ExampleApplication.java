package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.example.Setup;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The application. Its settings stand in {@code application.yaml}, or come from the command line as a setup. */
@SpringBootApplication(proxyBeanMethods = false)
class ExampleApplication {

    /**
     * Runs it by its settings alone.
     *
     * @param arguments settings, as Spring Boot takes them
     */
    public static void main(String... arguments) {
        SpringApplication.run(ExampleApplication.class, arguments);
    }

    /** Where API keys are. That there is one is all it takes to let keys in. */
    @Bean(destroyMethod = "")
    APIKeyStore keys(ObjectProvider<Setup> setup) {
        Setup given = setup.getIfAvailable();
        Setup.Keys keys = given == null ? null : given.keys();
        return keys == null ? new InMemoryAPIKeyStore() : keys.store();
    }
}
