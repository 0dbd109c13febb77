package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rule for scanners of secrets: it finds what is issued, and nothing in this repository but examples. */
class SecretScanTest {

    private static final Path ROOT = Path.of("..");
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules", "data", ".idea");
    private static final Pattern LITERAL = Pattern.compile("'''(.*?)'''");

    private static List<String> literals() throws IOException {
        return LITERAL.matcher(Files.readString(ROOT.resolve(".gitleaks.toml")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Pattern rule() throws IOException {
        return Pattern.compile(literals().get(0));
    }

    private static List<Pattern> marks() throws IOException {
        return literals().stream().skip(1).map(Pattern::compile).toList();
    }

    private static List<String> found(String text) throws IOException {
        List<Pattern> marks = marks();
        return rule().matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(key ->
                        marks.stream().noneMatch(mark -> mark.matcher(key).find()))
                .toList();
    }

    private static String issued(Environment environment) {
        return APIKeys.builder()
                .store(new InMemoryAPIKeyStore())
                .build()
                .issue("user", "a", environment, Set.of(), null)
                .plaintext();
    }

    @Test
    void every_key_that_is_issued_is_found_wherever_it_stands() throws IOException {
        for (Environment environment : Environment.values()) {
            String key = issued(environment);
            for (String text :
                    List.of(key, "KEY=" + key, "\"" + key + "\",", "https://x/?k=" + key + "&y", key + "\n")) {
                assertThat(found(text)).containsExactly(key);
            }
        }
    }

    @Test
    void what_is_no_key_or_a_marked_example_is_not_found() throws IOException {
        String key = issued(Environment.LIVE);

        assertThat(found(key + "0")).isEmpty();
        assertThat(found("x" + key)).isEmpty();
        assertThat(found(key.substring(0, 17))).isEmpty();
        assertThat(found("grd_live_3f9a1c07" + "0".repeat(40))).isEmpty();
        assertThat(found("grd_test_" + "0123456789abcdef".repeat(3))).isEmpty();
    }

    @Test
    void no_key_stands_in_this_repository() throws IOException {
        List<String> keys = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return NOT_OURS.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                files.add(file);
                found(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .forEach(key -> keys.add(file + ": " + key.substring(0, 17)));
                return FileVisitResult.CONTINUE;
            }
        });

        assertThat(files).hasSizeGreaterThan(500);
        assertThat(keys).isEmpty();
    }
}
