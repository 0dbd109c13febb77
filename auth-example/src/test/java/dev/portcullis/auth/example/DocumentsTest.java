package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What holds for every document: links lead somewhere, samples are compiled, and what is named is there. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..");

    /** Beside what is compiled here: these samples are run as they stand in the documents. */
    private static final List<String> RUN_BY_OTHERS = List.of("README.md xml");

    private static List<Path> sources;

    @BeforeAll
    static void listSources() throws IOException {
        sources = new ArrayList<>();
        for (Path directory : List.of(ROOT, ROOT.resolve("consumer"))) {
            try (Stream<Path> modules = Files.list(directory)) {
                for (Path module : modules.toList()) {
                    addFiles(module.resolve("src"));
                    addFiles(module.resolve("pom.xml"));
                }
            }
        }
        assertThat(sources).hasSizeGreaterThan(500);
    }

    private static void addFiles(Path place) throws IOException {
        if (Files.exists(place)) {
            try (Stream<Path> all = Files.walk(place)) {
                all.filter(Files::isRegularFile).forEach(sources::add);
            }
        }
    }

    static Stream<Path> documents() throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path directory : List.of(ROOT, ROOT.resolve("docs"))) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(all::add);
            }
        }
        assertThat(all).hasSizeGreaterThan(8);
        return all.stream().sorted();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<MatchResult> found(Path document, String form) {
        return Pattern.compile(form, Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(read(document))
                .results();
    }

    /** As they stand in links. */
    private static List<String> anchors(Path document) {
        return found(document, "^#+ ([^\n]*)$")
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_leads_somewhere(Path document) {
        assertThat(found(document, "]\\(([^)\\s]*)\\)").map(link -> link.group(1)))
                .filteredOn(link -> !link.startsWith("https://"))
                .allSatisfy(link -> {
                    String[] parts = link.split("#", 2);
                    Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
                    assertThat(file).exists();
                    if (parts.length == 2) {
                        assertThat(anchors(file)).contains(parts[1]);
                    }
                });
    }

    /** In a document, a sample has its own margins and line breaks. */
    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_sample_of_code_stands_in_a_file_that_is_compiled_or_read(Path document) {
        List<String> files = sources.stream()
                .filter(file -> file.toString().matches(".*\\.(java|yaml|xml)"))
                .map(file -> withoutSpace(read(file)))
                .toList();
        assertThat(found(document, "^```(java|yaml|xml)\n(.*?)^```$"))
                .filteredOn(sample -> !RUN_BY_OTHERS.contains(document.getFileName() + " " + sample.group(1)))
                .extracting(sample -> withoutSpace(sample.group(2)))
                .allSatisfy(sample -> assertThat(files.stream().anyMatch(file -> file.contains(sample)))
                        .as(sample)
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_sample_of_JSON_is_some(Path document) {
        JsonMapper mapper = JsonMapper.builder().build();
        assertThat(found(document, "^```json\n(.*?)^```$"))
                .allSatisfy(sample ->
                        assertThat(mapper.readTree(sample.group(1)).isObject()).isTrue());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_test_that_is_named_is_there(Path document) {
        assertThat(found(document, "`([A-Z]\\w+(?:Test|Suite|IT|Contract))\\.(\\w+)`"))
                .allSatisfy(named -> assertThat(
                                sourcesOf(named.group(1)).stream().anyMatch(source -> isTestIn(source, named.group(2))))
                        .as(named.group())
                        .isTrue());
    }

    private static List<String> sourcesOf(String type) {
        return sources.stream()
                .filter(file -> file.endsWith(type + ".java"))
                .map(DocumentsTest::read)
                .toList();
    }

    /** Between the method and the one before it stands an annotation that makes it a test. */
    private static boolean isTestIn(String source, String method) {
        int at = source.indexOf(" void " + method + "(");
        if (at < 0) {
            return false;
        }
        String above = source.substring(Math.max(0, source.lastIndexOf(" void ", at - 1)), at);
        return above.contains("@Test\n") || above.contains("@ParameterizedTest");
    }

    /** The types of ours and their methods that the page on the architecture names. */
    @Test
    void every_type_and_method_of_the_architecture_is_there() {
        Path document = ROOT.resolve("docs/architecture.md");
        assertThat(found(document, "`([A-Z]\\w+)(?:\\.([a-z]\\w+))?`").toList())
                .hasSizeGreaterThan(10)
                .allSatisfy(named -> assertThat(sourcesOf(named.group(1)).stream()
                                .anyMatch(source ->
                                        named.group(2) == null || source.contains(" " + named.group(2) + "(")))
                        .as(named.group())
                        .isTrue());
    }

    /** "auth-spring -.-> auth-jdbc", and so on. */
    @Test
    void the_picture_of_the_modules_is_that_of_the_poms() {
        Path document = ROOT.resolve("docs/architecture.md");
        String picture = found(document, "^```mermaid\ngraph (.*?)^```$")
                .findFirst()
                .orElseThrow()
                .group(1);
        List<String> modules = Pattern.compile("\\bauth-[\\w-]*\\w")
                .matcher(picture)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        List<String> arrows = picture.lines()
                .map(String::strip)
                .filter(line -> line.contains(">"))
                .toList();

        assertThat(modules.stream().flatMap(DocumentsTest::arrowsFrom)).containsExactlyInAnyOrderElementsOf(arrows);
        assertThat(modules).containsAll(publishedModules());
    }

    private static Stream<String> arrowsFrom(String module) {
        return found(ROOT.resolve(module).resolve("pom.xml"), "<dependency>(.*?)</dependency>")
                .map(dependency -> dependency.group(1))
                .filter(dependency -> dependency.contains("<groupId>dev.portcullis</groupId>"))
                .filter(dependency -> !dependency.contains("<scope>test</scope>"))
                .map(dependency -> module
                        + (dependency.contains("<optional>true</optional>") ? " -.-> " : " --> ")
                        + dependency.replaceAll("(?s).*?<artifactId>(.*?)</artifactId>.*", "$1"));
    }

    private static List<String> publishedModules() {
        return found(ROOT.resolve("pom.xml"), "<module>(.*?)</module>")
                .map(module -> module.group(1))
                .filter(module -> !read(ROOT.resolve(module).resolve("pom.xml"))
                        .matches("(?s).*(<maven\\.deploy\\.skip>true<|maven-deploy-plugin).*"))
                .toList();
    }

    /** Types within others belong to these. */
    @Test
    void every_public_type_is_listed_once_with_its_reason() {
        String list = found(ROOT.resolve("docs/decisions.md"), "^## What is public\n(.*?)^## ")
                .findFirst()
                .orElseThrow()
                .group(1);
        Stream<String> listed = Pattern.compile("^\\| (`[^|]*`) \\| [^|]+ \\|$", Pattern.MULTILINE)
                .matcher(list)
                .results()
                .flatMap(row -> Stream.of(row.group(1).replace("`", "").split(", ")));

        assertThat(listed).containsExactlyInAnyOrderElementsOf(publicTypes());
    }

    private static List<String> publicTypes() {
        List<Path> published = publishedModules().stream()
                .map(module -> ROOT.resolve(module).resolve("src/main/java"))
                .toList();
        return sources.stream()
                .filter(file -> published.stream().anyMatch(file::startsWith))
                .filter(file -> found(file, "^public ").findAny().isPresent())
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .toList();
    }

    @Test
    void each_row_of_the_standards_that_is_met_names_a_test_or_a_command() throws IOException {
        List<String> rows = Files.readAllLines(ROOT.resolve("docs/standards.md")).stream()
                .filter(row -> row.contains(" | yes | "))
                .toList();

        assertThat(rows)
                .hasSizeGreaterThan(40)
                .allSatisfy(row -> assertThat(row).matches(".*(Test|Suite)\\.\\w+`.*|.*\\(verification\\.md#.*"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_module_test_and_script_of_a_command_is_there(Path document) {
        assertThat(found(document, " -pl ([\\w,-]+)")
                        .flatMap(list -> Stream.of(list.group(1).split(","))))
                .allSatisfy(module ->
                        assertThat(ROOT.resolve(module).resolve("pom.xml")).exists());
        assertThat(found(document, " -Dtest='?([\\w,]+)")
                        .flatMap(list -> Stream.of(list.group(1).split(","))))
                .allSatisfy(test -> assertThat(sourcesOf(test)).isNotEmpty());
        assertThat(found(document, "\\b(scripts/[\\w-]+\\.sh|consumer/run)\\b").map(script -> script.group(1)))
                .allSatisfy(script -> assertThat(ROOT.resolve(script)).isExecutable());
    }
}
