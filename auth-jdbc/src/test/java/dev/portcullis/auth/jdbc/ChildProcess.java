package dev.portcullis.auth.jdbc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another Java process that runs a class of these tests, and is spoken to in lines. */
final class ChildProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader said;

    private ChildProcess(Process process) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
    }

    static ChildProcess start(Class<?> main, String... arguments) {
        return start(List.of(), main, arguments);
    }

    /** One that can make no file larger than this: the kernel refuses every write beyond, also to who may do anything. */
    static ChildProcess startWithFilesUpTo(int kibibytes, Class<?> main, String... arguments) {
        String limited = "ulimit -f " + 2 * kibibytes + "; exec \"$@\""; // in blocks of 512 bytes
        return start(List.of("/bin/sh", "-c", limited, "sh"), main, arguments);
    }

    private static ChildProcess start(List<String> within, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(within);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        try {
            return new ChildProcess(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line, or null at the end. */
    @Nullable
    String hear() {
        try {
            return said.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it without giving it a moment: SIGKILL. What it has said can still be heard. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    void awaitEnd() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("The process does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
        awaitEnd();
    }
}
