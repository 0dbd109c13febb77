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

/** Scripts for Node.js with the packages they need, in a copy, so that nothing is installed among the sources. */
public final class NodeProject {

    /** What npm says when the registry is out of reach. */
    private static final List<String> OFFLINE =
            List.of("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "ENOTCACHED");

    private final Path copy;

    private NodeProject(Path copy) {
        this.copy = copy;
    }

    /**
     * Installs what the scripts need. Leaves the test out, saying why, where there is no Node.js, or npm cannot reach its
     * registry; fails if it ends otherwise.
     *
     * @param sources where the scripts are, and what they need
     * @param directory the name of the copy
     * @param scripts the scripts
     * @return the copy
     * @throws IOException if it cannot be made
     * @throws InterruptedException if this thread is interrupted
     */
    public static NodeProject installed(Path sources, String directory, String... scripts)
            throws IOException, InterruptedException {
        NodeProject project = new NodeProject(Path.of("target", directory));
        Files.createDirectories(project.copy);
        List<String> files = new ArrayList<>(List.of(".npmrc", "package.json", "package-lock.json"));
        files.addAll(List.of(scripts));
        for (String file : files) {
            Files.copy(sources.resolve(file), project.copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
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

    /**
     * Runs a script, and fails if it does.
     *
     * @param script which
     * @param input what it reads
     * @param arguments its arguments
     * @return what it has printed
     * @throws IOException if it cannot be run
     * @throws InterruptedException if this thread is interrupted
     */
    public String printed(String script, String input, String... arguments) throws IOException, InterruptedException {
        Path log = copy.resolve(script + ".log");
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        int status = run(log, input, command.toArray(String[]::new));
        String printed = Files.readString(log);
        assertThat(status).as(printed).isZero();
        return printed;
    }

    /**
     * What a script has written.
     *
     * @param file the name of the file
     * @return its content
     * @throws IOException if it is not there
     */
    public String read(String file) throws IOException {
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
        if (!process.waitFor(4, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return fail("%s did not end", Arrays.toString(command));
        }
        return process.exitValue();
    }
}
