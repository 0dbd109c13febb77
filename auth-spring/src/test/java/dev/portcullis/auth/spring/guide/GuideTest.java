package dev.portcullis.auth.spring.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tables of the guide are whole, and its metrics are there. */
class GuideTest {

    private static String guide() {
        return read(Path.of("../docs/spring.md"));
    }

    private static List<String> found(String form) {
        return Pattern.compile(form, Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(guide())
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void every_property_has_its_row() throws IOException {
        List<String> rows = found("^\\| `(portcullis\\.[^`]*)` \\|");
        List<String> properties = properties();

        assertThat(properties).hasSizeGreaterThan(30);
        assertThat(rows.stream().map(row -> row.replaceFirst("\\[…].*", "")))
                .containsAll(properties)
                .isSubsetOf(properties);
    }

    private static List<String> properties() throws IOException {
        try (InputStream metadata =
                GuideTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonNode all = JsonMapper.builder().build().readTree(metadata);
            return all.get("properties")
                    .valueStream()
                    .map(property -> property.get("name").stringValue())
                    .toList();
        }
    }

    @Test
    void every_metric_is_one() {
        String sources = read(Path.of("src/main/java/dev/portcullis/auth/spring/AuthMetrics.java"))
                + read(Path.of("src/main/java/dev/portcullis/auth/spring/TokenMetrics.java"));
        List<String> measured = Pattern.compile("\"(portcullis\\.[a-z.]+)\"")
                .matcher(sources)
                .results()
                .map(result -> result.group(1))
                .toList();

        assertThat(measured)
                .hasSizeGreaterThan(5)
                .allSatisfy(name -> assertThat(guide()).contains("`" + name + "`"));
    }
}
