package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar that the README's command starts. */
class PackagedJarIT {

    private static final Path JAR = Path.of("target", "portcullis-example.jar");

    private static final String SERVICE = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";

    private static Running start(String... arguments) throws IOException {
        return Running.start(Map.of(), List.of("-jar", JAR.toString()), arguments);
    }

    @Test
    void it_runs_by_itself_and_stops_when_asked_to() throws Exception {
        try (Running example = start("--port", "0")) {
            int port = example.port();
            Ask leagues = Ask.get("/api/v1/leagues/");

            assertThat(Wire.send(port, leagues.bearer(example.found("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+")))
                            .status())
                    .isEqualTo(200);
            assertThat(Wire.send(port, leagues.key(example.found("grd_live_[0-9a-f]{48}")))
                            .status())
                    .isEqualTo(200);
            assertThat(example.out()).startsWith("Portcullis example: ");
            example.terminate();
            assertThat(example.exitCode()).isZero();
            assertThat(example.err()).doesNotContainIgnoringCase("warning").doesNotContain("Exception");
        }
    }

    @Test
    void its_tour_ends_well() throws Exception {
        try (Running tour = start("--tour")) {
            assertThat(tour.exitCode()).as(tour.out()).isZero();
            assertThat(tour.out()).contains(" 0 differ.");
        }
    }

    @Test
    void it_holds_what_it_needs_and_no_more() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();

            assertThat(names)
                    .doesNotHaveDuplicates()
                    .contains(SERVICE, "help.txt", "logback.xml")
                    .noneMatch(name -> name.endsWith("module-info.class"))
                    .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA)"))
                    .noneMatch(name -> name.endsWith("/BareServer.class")) // which lets everybody in
                    .noneMatch(name -> name.startsWith("org/junit/") || name.startsWith("org/assertj/"));
            assertThat(jar.getManifest().getMainAttributes().getValue("Multi-Release"))
                    .isEqualTo("true");
            ZipEntry ours = jar.getEntry(Main.class.getName().replace('.', '/') + ".class");
            assertThat(ours.getTimeLocal().toLocalDate()).isEqualTo("2026-01-01");
        }
    }
}
