package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * The real command in this process, with streams of the test's own, and how it ended.
 *
 * @param exitCode its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Ran(int exitCode, String out, String err) {

    /** Everything that was printed. */
    String all() {
        return out + err;
    }

    /** Runs it with nothing on standard input, and nobody to ask. */
    static Ran portcullis(String... arguments) {
        return with("").run(arguments);
    }

    static Setup with(String input) {
        return new Setup(input);
    }

    /** What the command finds when it starts. */
    static final class Setup {

        private final String input;
        private final Map<String, String> environment = new HashMap<>();
        private final Deque<String> answers = new ArrayDeque<>();
        private final List<String> questions = new ArrayList<>();
        private boolean terminal;
        private APIKeyStore store = new InMemoryAPIKeyStore();
        private @Nullable InputStream stream;

        private Setup(String input) {
            this.input = input;
        }

        /** The store that every command finds, whatever it names. */
        Setup store(APIKeyStore known) {
            store = known;
            return this;
        }

        Setup variable(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Standard input is this character again and again, without an end. */
        Setup endless(char character) {
            stream = new InputStream() {
                @Override
                public int read() {
                    return character;
                }

                @Override
                public int read(byte[] target, int from, int length) {
                    Arrays.fill(target, from, from + length, (byte) character);
                    return length;
                }
            };
            return this;
        }

        /** All three streams are a terminal, at which somebody answers these lines. */
        Setup atTerminal(String... lines) {
            terminal = true;
            answers.addAll(List.of(lines));
            return this;
        }

        List<String> questions() {
            return questions;
        }

        Ran run(String... arguments) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exitCode = Main.run(terminal(out, err), (options, asked) -> opened(), arguments);
            return new Ran(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }

        /** Streams that go nowhere. */
        Terminal terminal() {
            return terminal(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        }

        private Terminal terminal(OutputStream out, OutputStream err) {
            return new Terminal(
                    stream == null ? new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)) : stream,
                    new PrintStream(out, false, StandardCharsets.UTF_8),
                    new PrintStream(err, false, StandardCharsets.UTF_8),
                    environment,
                    new Terminal.Attached(terminal, terminal, terminal),
                    terminal ? keyboard() : null);
        }

        /** Options that name some store. */
        StoreOptions options() {
            StoreOptions options = new StoreOptions(terminal(), (named, asked) -> opened());
            new CommandLine(options).parseArgs("--data", "anywhere");
            return options;
        }

        Stores.Opened opened() {
            return new Stores.Opened() {
                @Override
                public APIKeyStore store() {
                    return store;
                }

                @Override
                public void close() {
                    // it lives as long as the test
                }
            };
        }

        private Keyboard keyboard() {
            return new Keyboard() {
                @Override
                public @Nullable String hidden(String prompt) {
                    questions.add("hidden: " + prompt);
                    return answers.poll();
                }

                @Override
                public @Nullable String shown(String prompt) {
                    questions.add("shown: " + prompt);
                    return answers.poll();
                }
            };
        }
    }
}
