package dev.portcullis.auth.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Gives each target the seeds and past findings in {@code src/test/resources/seeds}, without the fuzzer. */
class ReplayTest {

    private static final Path SEEDS = Path.of("src", "test", "resources", "seeds");

    private static final Map<String, Consumer<byte[]>> TARGETS = new TreeMap<>(Map.ofEntries(
            Map.entry("token", TokenFuzz::fuzzerTestOneInput),
            Map.entry("claims", ClaimsFuzz::fuzzerTestOneInput),
            Map.entry("jwks", JWKSFuzz::fuzzerTestOneInput),
            Map.entry("api-key", APIKeyFuzz::fuzzerTestOneInput),
            Map.entry("authorization", AuthorizationFuzz::fuzzerTestOneInput),
            Map.entry("cookie", CookieFuzz::fuzzerTestOneInput),
            Map.entry("forwarded", ForwardedFuzz::fuzzerTestOneInput),
            Map.entry("signature", SimpleSignatureFuzz::fuzzerTestOneInput),
            Map.entry("message-signature", MessageSignatureFuzz::fuzzerTestOneInput),
            Map.entry("target", TargetFuzz::fuzzerTestOneInput),
            Map.entry("key-body", KeyBodyFuzz::fuzzerTestOneInput),
            Map.entry("signing-key-body", SigningKeyBodyFuzz::fuzzerTestOneInput),
            Map.entry("login-body", LoginBodyFuzz::fuzzerTestOneInput)));

    @TestFactory
    Stream<DynamicNode> holds_for_all_that_was_sent_before() {
        return TARGETS.entrySet().stream()
                .map(target -> dynamicContainer(
                        target.getKey(),
                        inputs(target.getKey()).stream().map(input -> replay(input, target.getValue()))));
    }

    private static DynamicTest replay(Path input, Consumer<byte[]> target) {
        return dynamicTest(
                String.valueOf(input.getFileName()), input.toUri(), () -> target.accept(Files.readAllBytes(input)));
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
