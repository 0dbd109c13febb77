package dev.portcullis.auth.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Gives each target the seeds and past findings in {@code src/test/resources/seeds}, without the fuzzer. */
class ReplayTest {

    private static final Path SEEDS = Path.of("src", "test", "resources", "seeds");

    /** As for the fuzzer; a seed takes milliseconds. */
    private static final Duration HANG = Duration.ofSeconds(60);

    private static final Map<String, Predicate<byte[]>> TARGETS = new TreeMap<>(Map.ofEntries(
            Map.entry("token", TokenFuzz::isLetIn),
            Map.entry("claims", ClaimsFuzz::isLetIn),
            Map.entry("jwks", JWKSFuzz::isLetIn),
            Map.entry("api-key", APIKeyFuzz::isLetIn),
            Map.entry("authorization", AuthorizationFuzz::isLetIn),
            Map.entry("cookie", CookieFuzz::isLetIn),
            Map.entry("forwarded", ForwardedFuzz::isLetIn),
            Map.entry("signature", SimpleSignatureFuzz::isLetIn),
            Map.entry("message-signature", MessageSignatureFuzz::isLetIn),
            Map.entry("target", TargetFuzz::isLetIn),
            Map.entry("key-body", KeyBodyFuzz::isLetIn),
            Map.entry("signing-key-body", SigningKeyBodyFuzz::isLetIn),
            Map.entry("login-body", LoginBodyFuzz::isLetIn),
            Map.entry("leak", LeakFuzz::isLetIn)));

    @TestFactory
    Stream<DynamicNode> holds_for_all_that_was_sent_before() {
        return TARGETS.entrySet().stream()
                .map(target -> dynamicContainer(
                        target.getKey(),
                        inputs(target.getKey()).stream().map(input -> replay(input, target.getValue()))));
    }

    private static DynamicTest replay(Path input, Predicate<byte[]> target) {
        return dynamicTest(
                String.valueOf(input.getFileName()),
                input.toUri(),
                () -> assertTimeoutPreemptively(HANG, () -> isLetIn(input, target)));
    }

    private static boolean isLetIn(Path input, Predicate<byte[]> target) {
        try {
            return Bounds.isLetIn(Files.readAllBytes(input), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A target that lets nothing in, or everything, would hold whatever it says of the other. */
    @Test
    void what_is_let_in_is_what_was_let_in_before() throws IOException {
        List<String> in = TARGETS.entrySet().stream()
                .flatMap(target -> inputs(target.getKey()).stream()
                        .filter(input -> isLetIn(input, target.getValue()))
                        .map(input -> target.getKey() + "/" + input.getFileName()))
                .toList();
        assertThat(in).isEqualTo(Files.readAllLines(SEEDS.resolveSibling("let-in.txt")));
        assertThat(TARGETS.keySet())
                .allSatisfy(target -> assertThat(in)
                        .filteredOn(input -> input.startsWith(target + "/"))
                        .as(target)
                        .isNotEmpty()
                        .hasSizeLessThan(inputs(target).size()));
    }

    private static List<Path> inputs(String target) {
        try (Stream<Path> files = Files.list(SEEDS.resolve(target))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException("There are no seeds for " + target, e);
        }
    }

    @Test
    void every_target_has_seeds_and_every_seed_a_target() throws IOException {
        try (Stream<Path> directories = Files.list(SEEDS)) {
            assertThat(directories.map(directory -> String.valueOf(directory.getFileName())))
                    .containsExactlyInAnyOrderElementsOf(TARGETS.keySet());
        }
        assertThat(TARGETS.keySet())
                .allSatisfy(target -> assertThat(inputs(target)).as(target).isNotEmpty());
    }

    /** The script finds a target's class by its name. */
    @Test
    void the_script_knows_every_target() throws IOException {
        String script = Files.readString(Path.of("..", "scripts", "fuzz.sh"));
        assertThat(TARGETS.keySet())
                .allSatisfy(
                        target -> assertThat(script.toLowerCase(Locale.ROOT)).contains("[" + target + "]="));
    }
}
