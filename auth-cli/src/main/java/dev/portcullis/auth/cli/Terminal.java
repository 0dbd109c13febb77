package dev.portcullis.auth.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the command reads from and writes to, and whether there are people at the other end. */
final class Terminal {

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final Attached attached;
    private final @Nullable Keyboard keyboard;

    /**
     * Which streams are terminals.
     *
     * @param in standard input
     * @param out standard output
     * @param err standard error
     */
    record Attached(boolean in, boolean out, boolean err) {}

    /**
     * Streams.
     *
     * @param keyboard asks a person, or null if nobody can be asked
     */
    Terminal(
            InputStream in,
            PrintStream out,
            PrintStream err,
            Map<String, String> environment,
            Attached attached,
            @Nullable Keyboard keyboard) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.environment = environment;
        this.attached = attached;
        this.keyboard = keyboard;
    }

    /** The streams of this process. Up to JDK 21 there is a console only where there are terminals. */
    @SuppressWarnings("SystemConsoleNull")
    static Terminal ofProcess() {
        Attached attached = new Attached(isTerminal(0), isTerminal(1), isTerminal(2));
        Console console = System.console();
        Keyboard keyboard = console != null && attached.in() && attached.out() ? keyboard(console) : null;
        return new Terminal(System.in, System.out, System.err, System.getenv(), attached, keyboard);
    }

    private static Keyboard keyboard(Console console) {
        return new Keyboard() {
            @Override
            public @Nullable String hidden(String prompt) {
                char[] typed = console.readPassword("%s", prompt);
                return typed == null ? null : new String(typed);
            }

            @Override
            public @Nullable String shown(String prompt) {
                return console.readLine("%s", prompt);
            }
        };
    }

    /** Java tells only whether standard input and output are both terminals; Linux tells of each. */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return isTerminal(System.console());
        }
    }

    /** From JDK 22 on there can be a console without a terminal, and a method that says so. */
    private static boolean isTerminal(@Nullable Console console) {
        try {
            return console != null
                    && (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    InputStream in() {
        return in;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    @Nullable
    String variable(String name) {
        return environment.get(name);
    }

    boolean inputIsTerminal() {
        return attached.in();
    }

    boolean errorIsTerminal() {
        return attached.err();
    }

    @Nullable
    Keyboard keyboard() {
        return keyboard;
    }

    /** How standard output looks. */
    Style style() {
        return Style.of(attached.out() && mayColour());
    }

    /** How standard error looks. */
    Style errorStyle() {
        return Style.of(attached.err() && mayColour());
    }

    private boolean mayColour() {
        String refused = environment.getOrDefault("NO_COLOR", "");
        return refused.isEmpty() && !"dumb".equals(environment.get("TERM"));
    }

    @Override
    public String toString() {
        return "Terminal[" + attached + "]";
    }
}
