package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor knows of the properties. */
class MetadataTest {

    @Test
    void every_property_is_described_in_plain_words() throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode property : metadata().get("properties")) {
            String name = property.get("name").asString();
            names.add(name);
            assertThat(property.path("description").asString())
                    .as(name)
                    .matches("(?s)[A-Z].*\\.")
                    .doesNotContain("{@", "<code>");
        }
        assertThat(names)
                .contains(
                        "portcullis.mode",
                        "portcullis.jwt.jwks-uri",
                        "portcullis.jwt.issuers",
                        "portcullis.jwt.fetch.maximum-staleness",
                        "portcullis.api-keys.environments",
                        "portcullis.rules",
                        "portcullis.unnamed-routes",
                        "portcullis.errors.format")
                .hasSizeGreaterThan(25);
    }

    @Test
    void values_that_are_usual_are_proposed() throws IOException {
        assertThat(metadata().get("hints").findValuesAsString("name")).contains("portcullis.jwt.permissions-claim");
    }

    private static JsonNode metadata() throws IOException {
        String name = "/META-INF/spring-configuration-metadata.json";
        try (InputStream in = MetadataTest.class.getResourceAsStream(name)) {
            assertThat(in).isNotNull();
            return JsonMapper.shared().readTree(in);
        }
    }
}
