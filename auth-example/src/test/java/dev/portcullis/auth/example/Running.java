package dev.portcullis.auth.example;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The example in a Java machine of its own. What it prints goes to files, which never fill up. */
public final class Running implements AutoCloseable {

    private static final Duration HANG = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("^READY http://127\\.0\\.0\\.1:(\\d+)$", Pattern.MULTILINE);

    private final Process process;
    private final Path out;
    private final Path err;

    private Running(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts it.
     *
     * @param variables the environment, besides what the machine needs
     * @param what which program the Java machine runs
     * @param arguments its arguments
     * @return what runs
     * @throws IOException if it cannot start
     */
    public static Running start(Map<String, String> variables, List<String> what, String... arguments)
            throws IOException {
        Path out = Files.createTempFile("example", ".out");
        Path err = Files.createTempFile("example", ".err");
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        // It lives for seconds: what makes a start cheap.
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(what);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(variables);
        if (!variables.containsKey("DATA")
                && !variables.containsKey("DATABASE_URL")
                && List.of(arguments).stream().noneMatch(Running::isPlaceOfKeys)) {
            builder.environment()
                    .put("DATA", Files.createTempDirectory("example").toString());
        }
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        return new Running(process, out, err);
    }

    /** {@code --data}, or {@code --database-url}. */
    private static boolean isPlaceOfKeys(String argument) {
        return argument.startsWith("--data");
    }

    /** Where it listens, once it is ready. */
    int port() throws IOException {
        Awaitility.await().atMost(HANG).until(() -> READY.matcher(out()).find() || !process.isAlive());
        Matcher ready = READY.matcher(out());
        if (!ready.find()) {
            throw new IllegalStateException("It is not ready, but ended: " + err());
        }
        return Integer.parseInt(ready.group(1));
    }

    /**
     * Asks for the leagues.
     *
     * @param header a header line with a credential
     * @return the status of the answer
     * @throws IOException if there is no answer
     */
    public int statusOf(String header) throws IOException {
        return Wire.send(port(), Ask.get("/api/v1/leagues/").line(header)).status();
    }

    /**
     * What it has printed.
     *
     * @return its standard output so far
     * @throws IOException if it cannot be read
     */
    public String out() throws IOException {
        return Files.readString(out);
    }

    /**
     * What it has logged.
     *
     * @return its error output so far
     * @throws IOException if it cannot be read
     */
    public String err() throws IOException {
        return Files.readString(err);
    }

    /**
     * The first text of a form that was printed, once it is ready.
     *
     * @param form a regular expression
     * @return the text
     * @throws IOException if its output cannot be read
     */
    public String found(String form) throws IOException {
        port();
        Matcher found = Pattern.compile(form).matcher(out());
        if (!found.find()) {
            throw new IllegalStateException("Nothing like " + form + " was printed");
        }
        return found.group();
    }

    /** Asks it to stop: SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Kills it: SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits until it takes no more connections. */
    void awaitRefusedConnections() throws IOException {
        int port = port();
        Awaitility.await().atMost(HANG).until(() -> isRefused(port));
    }

    private static boolean isRefused(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (ConnectException e) {
            return true;
        }
    }

    /** Whether it still runs, all this time. */
    void assertStaysFor(Duration time) {
        Awaitility.await().during(time).atMost(time.plusSeconds(5)).until(process::isAlive);
    }

    /**
     * Waits for its end.
     *
     * @return the exit code
     * @throws InterruptedException if this thread is interrupted
     */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(HANG.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("It does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.delete(out);
        Files.delete(err);
    }
}
