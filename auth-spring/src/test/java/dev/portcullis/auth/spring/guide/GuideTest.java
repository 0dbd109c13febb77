package dev.portcullis.auth.spring.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the guide says is so: its samples stand in files that are compiled and run, and its tables are whole. */
class GuideTest {

    private static final Path DOCS = Path.of("../docs");

    /** The project of the guide, which is built by itself, and the samples beside this test. */
    private static final List<Path> SOURCES =
            List.of(Path.of("../consumer/spring"), Path.of("src/test/java/dev/portcullis/auth/spring/guide"));

    private static String guide() throws IOException {
        return Files.readString(DOCS.resolve("spring.md"));
    }

    private static List<String> found(String form) throws IOException {
        return Pattern.compile(form, Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(guide())
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    /** The text of all files, each line without its margin. */
    private static List<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        for (Path directory : SOURCES) {
            try (Stream<Path> all = Files.walk(directory)) {
                all.filter(file -> file.toString().matches(".*\\.(java|yaml|xml)"))
                        .filter(file -> !file.toString().contains("/target/"))
                        .map(GuideTest::read)
                        .map(GuideTest::withoutMargins)
                        .forEach(files::add);
            }
        }
        return files;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutMargins(String text) {
        return text.replaceAll("(?m)^ +", "");
    }

    @Test
    void every_sample_stands_in_a_file_that_is_compiled() throws IOException {
        List<String> files = files();
        List<String> samples = found("^```(?:java|yaml|xml)\n(.*?)^```$");

        assertThat(samples).hasSizeGreaterThan(12);
        assertThat(samples.stream()
                        .filter(sample -> files.stream().noneMatch(file -> file.contains(withoutMargins(sample)))))
                .isEmpty();
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
    void every_metric_is_one() throws IOException {
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

    @Test
    void every_link_leads_somewhere() throws IOException {
        String guide = guide();
        assertThat(found("]\\(([^)]*)\\)")).hasSizeGreaterThan(10).allSatisfy(link -> {
            String[] parts = link.split("#", -1);
            Path file = parts[0].isEmpty() ? DOCS.resolve("spring.md") : DOCS.resolve(parts[0]);
            assertThat(file).exists();
            if (parts.length > 1) {
                String text = parts[0].isEmpty() ? guide : read(file);
                assertThat(anchors(text)).contains(parts[1]);
            }
        });
    }

    private static List<String> anchors(String text) {
        return text.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                .toList();
    }
}
