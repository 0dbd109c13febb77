package dev.portcullis.auth.example;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** An example's command line: the same for every kind of server. {@code --help} tells what there is. */
public final class Program {

    private static final int STOPPED = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final String jar;
    private final Set<Option> known;
    private final Function<Options, ExampleServer.Kind> kinds;

    /**
     * A program.
     *
     * @param jar the jar that starts it, as it stands in commands
     * @param own the options that it has besides those of every example
     * @param kinds which kind of server the options ask for
     */
    public Program(String jar, Set<Option> own, Function<Options, ExampleServer.Kind> kinds) {
        this.jar = jar;
        this.known = EnumSet.copyOf(Option.common());
        this.known.addAll(own);
        this.kinds = kinds;
    }

    /**
     * Runs it.
     *
     * @param environment the environment variables
     * @param arguments the command line
     * @return the exit code, if there comes an end
     */
    public int run(Map<String, String> environment, String... arguments) {
        try {
            Options options = Options.of(known, environment, arguments);
            return switch (options.task()) {
                case HELP -> printHelp();
                case TOUR -> tour(options, System.out, UnaryOperator.identity());
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

    private int printHelp() throws IOException {
        System.out.print(help());
        System.out.flush();
        return STOPPED;
    }

    /** The text of {@code --help}. */
    String help() throws IOException {
        try (InputStream text = Program.class.getResourceAsStream("/help.txt")) {
            if (text == null) {
                throw new IOException("The text of --help is not in this jar");
            }
            String options = known.stream().map(Option::help).collect(Collectors.joining());
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{jar}", jar)
                    .replace("{options}\n", options + "\n");
        }
    }

    /**
     * The tour's exit code.
     *
     * @param expectations changes what is expected; for tests that want to see the tour fail
     */
    int tour(Options options, PrintStream out, UnaryOperator<Expected> expectations) throws IOException {
        return Tour.run(kinds.apply(options), out, expectations) ? STOPPED : FAILED;
    }

    private int serve(Options options) throws IOException {
        Example example = Example.start(options, kinds.apply(options));
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
