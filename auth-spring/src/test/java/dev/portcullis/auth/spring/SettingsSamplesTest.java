package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.session.Sessions;
import dev.portcullis.auth.testkit.CountryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;

/** The settings that the README and the guide to sessions show are settings, and an application starts with them. */
class SettingsSamplesTest {

    /** {@code sessions.yaml} and {@code readme.yaml} are the samples as they stand there. */
    private static void read(String name, ConfigurableApplicationContext context) {
        try {
            new YamlPropertySourceLoader()
                    .load(name, new ClassPathResource(name))
                    .forEach(context.getEnvironment().getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of countries is the one thing that is not here. */
    @Test
    void an_application_starts_with_sessions_and_places(@TempDir Path directory) throws IOException {
        Path countries = directory.resolve("countries.mmdb");
        CountryFile.write(countries, Map.of("192.0.2.0/24", "US"));
        Contexts.runner()
                .withInitializer(context -> read("sessions.yaml", context))
                .withPropertyValues(
                        "portcullis.api-keys.store=memory", "portcullis.places.country-database=" + countries)
                .run(context -> assertThat(context).hasSingleBean(Sessions.class));
    }

    @Test
    void an_application_starts_with_an_issuer_and_a_rule() {
        Contexts.runner()
                .withInitializer(context -> read("readme.yaml", context))
                .run(context -> assertThat(
                                context.getBean(PermissionRules.class).requirementFor("GET", "/api/v1/leagues/7"))
                        .isEqualTo(Requirement.allOf("catalog:read")));
    }
}
