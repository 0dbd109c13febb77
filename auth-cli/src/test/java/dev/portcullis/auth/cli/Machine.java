package dev.portcullis.auth.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged jar in a Java machine of its own. */
final class Machine {

    private static final int PATIENCE_SECONDS = 120;

    private Machine() {}

    /** The command line that starts it. */
    static List<String> portcullis(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-jar",
                Path.of("target", "portcullis.jar").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts a program in a directory; what it prints goes to the files {@code out} and {@code err} there. */
    static Process start(Path directory, Map<String, String> variables, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        return builder.redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    /** Runs a program to its end, with some standard input. */
    static Ran run(Path directory, Map<String, String> variables, String input, List<String> command)
            throws IOException, InterruptedException {
        Process process = start(directory, variables, command);
        try (var in = process.outputWriter()) {
            in.write(input);
        } catch (IOException e) {
            // it did not want to read all that
        }
        return end(directory, process);
    }

    static Ran end(Path directory, Process process) throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("It does not end");
        }
        return new Ran(
                process.exitValue(),
                Files.readString(directory.resolve("out")),
                Files.readString(directory.resolve("err")));
    }
}
