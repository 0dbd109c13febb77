package dev.portcullis.auth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What all commands have in common. */
class CommandLineTest {

    private static final String SECRET = "grd_live_0123456789abcdef0123456789abcdef0123456789abcdef";

    private static CommandLine root() {
        return Portcullis.commandLine(Terminal.ofProcess(), JDBCStores.existing());
    }

    static Stream<CommandLine> commands() {
        List<CommandLine> all = new ArrayList<>();
        collect(root(), all);
        return all.stream();
    }

    private static void collect(CommandLine line, List<CommandLine> all) {
        all.add(line);
        line.getSubcommands().values().forEach(sub -> collect(sub, all));
    }

    private static String[] words(CommandLine line) {
        return line.getCommandSpec().qualifiedName().split(" ");
    }

    private static Ran run(CommandLine line, String... more) {
        List<String> words = new ArrayList<>(List.of(words(line)));
        words.remove(0);
        words.addAll(List.of(more));
        return Ran.portcullis(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_tells_how_it_is_used_and_how_it_ends(CommandLine command) {
        Ran ran = run(command, "--help");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .startsWith("Usage: " + command.getCommandSpec().qualifiedName())
                .contains("Exit codes:", "   3   the store or the network cannot be asked")
                .doesNotContain("\u001b");
    }

    /** Every process of the machine can read the arguments of every other. */
    @ParameterizedTest
    @MethodSource("commands")
    void no_option_takes_a_secret(CommandLine command) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            assertThat(option.longestName())
                    .doesNotMatch("--(token|key|api-key|secret|password|database-password|pepper|plaintext)");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void what_stands_at_the_wrong_place_is_never_repeated(CommandLine command) {
        for (List<String> wrong : List.of(
                List.of(SECRET, SECRET),
                List.of("--token=" + SECRET),
                List.of("--token", SECRET),
                List.of("--" + SECRET),
                List.of("-" + SECRET),
                List.of("--json=" + SECRET, SECRET),
                List.of("@" + SECRET, SECRET))) {
            Ran ran = run(command, wrong.toArray(String[]::new));
            assertThat(ran.exitCode()).as(wrong.toString()).isEqualTo(2);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err()).isNotEmpty().doesNotContain("0123456789");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void no_value_of_an_option_is_repeated(CommandLine command) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (option.arity().max() > 0) {
                Ran ran = run(command, option.longestName(), SECRET);
                assertThat(ran.all()).as(option.longestName()).doesNotContain("0123456789");
            }
        }
    }

    @Test
    void an_option_that_is_not_there_is_named() {
        assertThat(Ran.portcullis("token", "inspect", "--tokn", "x").err())
                .isEqualTo("portcullis: There is no option --tokn\nTry 'portcullis token inspect --help'.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "token", "jwks"})
    void a_command_that_is_missing_is_misuse(String group) {
        Ran ran = group.isEmpty() ? Ran.portcullis() : Ran.portcullis(group);
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).startsWith("portcullis: A command is missing\nTry 'portcullis");
    }

    @Test
    void a_command_that_is_not_there_is_misuse() {
        assertThat(Ran.portcullis("tokens").exitCode()).isEqualTo(2);
    }

    @Test
    void the_version_is_told() {
        assertThat(Ran.portcullis("--version").out()).matches("portcullis \\d+\\.\\d+\\.\\d+\\S*\nJava .*\n");
    }

    /** https://no-color.org: "when present and not an empty string (regardless of its value)". */
    @Test
    void colours_are_for_terminals_that_want_them() {
        assertThat(Ran.with("").atTerminal("a.b.c").run("token", "inspect").out())
                .contains("\u001b[");
        assertThat(Ran.with("")
                        .atTerminal("a.b.c")
                        .variable("NO_COLOR", "")
                        .run("token", "inspect")
                        .out())
                .contains("\u001b[");
        assertThat(Ran.with("")
                        .atTerminal("a.b.c")
                        .variable("NO_COLOR", "0")
                        .run("token", "inspect")
                        .out())
                .doesNotContain("\u001b");
        assertThat(Ran.with("")
                        .atTerminal("a.b.c")
                        .variable("TERM", "dumb")
                        .run("token", "inspect")
                        .out())
                .doesNotContain("\u001b");
        assertThat(Ran.with("a.b.c").run("token", "inspect").out()).doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void shells_are_told_how_to_complete(String shell) {
        Ran ran = Ran.portcullis("completion", shell);
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("complete -F", "inspect", "--jwks");
    }

    /** What bash offers is what the command takes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "portcullis k|keys",
                "portcullis keys re|revoke rehash",
                "portcullis keys rehash --p|--pepper-file",
                "portcullis token inspect --j|--json --jwks",
                "portcullis keys issue --environment ''|live test",
                "portcullis keys verify --environments t|test",
                "portcullis keys import --format ''|csv jsonl",
                "portcullis completion ''|bash zsh"
            })
    void bash_completes(String line, String offered, @TempDir Path directory) throws Exception {
        Path script = Files.writeString(
                directory.resolve("completion.sh"),
                Ran.portcullis("completion", "bash").out());
        String ask = "compopt() { :; }; . " + script + "; COMP_WORDS=(" + line + ");"
                + " COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE=\"${COMP_WORDS[*]}\"; COMP_POINT=${#COMP_LINE};"
                + " _complete_portcullis; echo \"${COMPREPLY[*]}\"";
        Ran ran = Machine.run(directory, Map.of("PATH", "/usr/bin:/bin"), "", List.of("bash", "-c", ask));
        assertThat(ran).isEqualTo(new Ran(0, offered + "\n", ""));
    }

    @Test
    void a_fault_of_the_command_shows_no_message_of_a_library() {
        List<String> told = new ArrayList<>();
        Terminal terminal = new Terminal(
                java.io.InputStream.nullInputStream(),
                new java.io.PrintStream(java.io.OutputStream.nullOutputStream()),
                new java.io.PrintStream(java.io.OutputStream.nullOutputStream()) {
                    @Override
                    public void println(String line) {
                        told.add(line);
                    }
                },
                java.util.Map.of(),
                new Terminal.Attached(false, false, false),
                null);
        int exitCode = new Faults(terminal)
                .handleExecutionException(new IllegalStateException(SECRET), root(), root().parseArgs());
        assertThat(exitCode).isEqualTo(70);
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("portcullis: A fault in portcullis itself: java.lang.IllegalStateException at ");
        assertThat(told.toString()).doesNotContain("0123");
    }
}
