package dev.portcullis.auth.example;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** The example's command line; {@code --help} tells what there is. */
public final class Main {

    private static final int STOPPED = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Main() {}

    /**
     * Runs the example.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String... arguments) {
        System.exit(run(arguments));
    }

    /** The exit code, if there comes an end. */
    private static int run(String... arguments) {
        try {
            Options options = Options.of(System.getenv(), arguments);
            return switch (options.task()) {
                case HELP -> help();
                case TOUR -> tour(System.out, UnaryOperator.identity());
                case SERVE -> serve(options);
            };
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return MISUSED;
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return FAILED;
        }
    }

    private static int help() throws IOException {
        try (InputStream text = Main.class.getResourceAsStream("/help.txt")) {
            if (text == null) {
                throw new IOException("The text of --help is not in this jar");
            }
            System.out.write(text.readAllBytes());
        }
        return STOPPED;
    }

    /**
     * The tour's exit code.
     *
     * @param expectations changes what is expected; for tests that want to see the tour fail
     */
    static int tour(PrintStream out, UnaryOperator<Expected> expectations) throws IOException {
        return Tour.run(out, expectations) ? STOPPED : FAILED;
    }

    private static int serve(Options options) throws IOException {
        Example example = Example.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(example), "stop"));
        new Greeting("http://127.0.0.1:" + example.port(), System.out).print(example.demoToken(), example.demoKey());
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return STOPPED;
    }

    /** To be asked to stop is no failure: the exit code is 0, and not the platform's for a signal. */
    private static void stop(Example example) {
        example.close();
        Runtime.getRuntime().halt(STOPPED);
    }
}
