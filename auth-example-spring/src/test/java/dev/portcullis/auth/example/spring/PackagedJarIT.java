package dev.portcullis.auth.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.example.Running;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar that the README's command starts. */
class PackagedJarIT {

    private static final String HINTS =
            "META-INF/native-image/dev.portcullis/auth-example-spring/reachability-metadata.json";

    private static Running start(List<String> machine, String... arguments) throws IOException {
        List<String> what = new ArrayList<>(machine);
        what.addAll(Packaged.program());
        return Running.start(Map.of(), what, arguments);
    }

    private static void assertServes(Running example) throws Exception {
        assertThat(example.statusOf("Authorization: Bearer " + example.found("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+")))
                .isEqualTo(200);
        assertThat(example.statusOf("x-api-key: " + example.found("grd_live_[0-9a-f]{48}")))
                .isEqualTo(200);
        assertThat(example.statusOf("x-api-key: grd_live_" + "0".repeat(48))).isEqualTo(401);
        assertThat(example.out()).startsWith("Portcullis example: ");
        example.terminate();
        assertThat(example.exitCode()).isZero();
        assertThat(example.err()).doesNotContainIgnoringCase("warning").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port=0", "--port=0 --plain"})
    void it_runs_by_itself_and_stops_when_asked_to(String line) throws Exception {
        try (Running example = start(List.of(), line.split(" "))) {
            assertServes(example);
        }
    }

    /** What was worked out ahead of time is in the jar, and is all that it needs. */
    @Test
    void it_runs_with_what_was_worked_out_ahead_of_time() throws Exception {
        try (Running example = start(List.of("-Dspring.aot.enabled=true"), "--port=0")) {
            assertServes(example);
        }
    }

    @Test
    void what_was_worked_out_ahead_of_time_cannot_be_changed() throws Exception {
        try (Running example = start(List.of("-Dspring.aot.enabled=true"), "--plain")) {
            assertThat(example.exitCode()).isEqualTo(2);
            assertThat(example.err()).startsWith("--plain is not in what was worked out ahead of time");
        }
    }

    /** A native image binds properties by what stands here. */
    @Test
    void the_properties_are_hinted() throws IOException {
        try (JarFile jar = new JarFile(Packaged.JAR.toFile());
                InputStream hints = jar.getInputStream(jar.getEntry(HINTS))) {
            assertThat(new String(hints.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("\"dev.portcullis.auth.spring.PortcullisProperties$JWT\"")
                    .contains("\"dev.portcullis.auth.spring.PortcullisProperties$Rule\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tour", "--tour --plain"})
    void its_tour_ends_well(String line) throws Exception {
        try (Running tour = start(List.of(), line.split(" "))) {
            assertThat(tour.exitCode()).as(tour.out()).isZero();
            assertThat(tour.out()).contains(" 0 differ.").doesNotContain("DIFFERS");
        }
    }

    @Test
    void it_holds_what_it_needs_and_no_more() throws IOException {
        try (JarFile jar = new JarFile(Packaged.JAR.toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();

            assertThat(names)
                    .contains("BOOT-INF/classes/application.yaml")
                    .anyMatch(name -> name.matches("BOOT-INF/lib/auth-spring-.*\\.jar"))
                    .noneMatch(name -> name.matches("BOOT-INF/lib/(junit|assertj|spring-test|mockito).*"))
                    .noneMatch(name -> name.endsWith("/BareApplication.class")) // which lets everybody in
                    .noneMatch(name -> name.endsWith("-tests.jar"));
        }
    }
}
