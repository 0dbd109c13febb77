package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A script for Node.js with the packages it needs, in a copy, so that nothing is installed among the sources. */
final class NodeProject {

    private static final Path PROJECT = Path.of("src", "test", "npm");

    /** What npm says when the registry is out of reach. */
    private static final List<String> OFFLINE =
            List.of("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "ENOTCACHED");

    private final Path copy;
    private final String script;

    private NodeProject(Path copy, String script) {
        this.copy = copy;
        this.script = script;
    }

    /** Leaves the test out, saying why, where there is no Node.js, or npm cannot reach its registry; fails if it ends otherwise. */
    static NodeProject installed(String directory, String script) throws IOException, InterruptedException {
        NodeProject project = new NodeProject(Path.of("target", directory), script);
        Files.createDirectories(project.copy);
        for (String file : List.of(".npmrc", "package.json", "package-lock.json", script)) {
            Files.copy(PROJECT.resolve(file), project.copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Assumptions.assumeTrue(
                project.isThere("node") && project.isThere("npm"), "Left out: node and npm are not on this machine");
        Path log = project.copy.resolve("npm-ci.log");
        int status =
                project.run(log, "", "npm", "ci", "--prefer-offline", "--no-audit", "--no-fund", "--fetch-retries=1");
        if (status != 0) {
            String said = Files.readString(log);
            Assumptions.assumeFalse(
                    OFFLINE.stream().anyMatch(said::contains), "Left out: npm cannot reach its registry: " + said);
            fail("npm ci ended with %d: %s", status, said);
        }
        return project;
    }

    private boolean isThere(String tool) throws InterruptedException {
        try {
            return run(copy.resolve("version.log"), "", tool, "--version") == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs the script, and fails if it does. */
    String printed(String input, String... arguments) throws IOException, InterruptedException {
        Path log = copy.resolve(script + ".log");
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        int status = run(log, input, command.toArray(String[]::new));
        String printed = Files.readString(log);
        assertThat(status).as(printed).isZero();
        return printed;
    }

    /** What the script has written. */
    String read(String file) throws IOException {
        return Files.readString(copy.resolve(file));
    }

    private int run(Path output, String input, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(copy.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try (var in = process.outputWriter()) {
            in.write(input);
        }
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return fail("%s did not end", Arrays.toString(command));
        }
        return process.exitValue();
    }
}
