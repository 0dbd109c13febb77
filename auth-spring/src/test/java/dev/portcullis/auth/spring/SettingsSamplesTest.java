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
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
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

    /** The file of countries and the database are not here. */
    @Test
    void an_application_starts_with_sessions_and_places(@TempDir Path directory) throws IOException {
        Path countries = directory.resolve("countries.mmdb");
        CountryFile.write(countries, Map.of("192.0.2.0/24", "US"));
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + directory.resolve("kept"));
        Contexts.runner()
                .withInitializer(context -> read("sessions.yaml", context))
                .withBean(DataSource.class, () -> database)
                .withPropertyValues(
                        "portcullis.api-keys.migrate=true", "portcullis.places.country-database=" + countries)
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
