package dev.portcullis.auth.cli;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;

/** {@code portcullis completion}. */
@Command(
        name = "completion",
        description = {
            "Prints what makes a shell complete this command.",
            "",
            "For the running shell: source <(portcullis completion bash)"
        })
final class CompletionCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Supplier<CommandLine> commands;

    @Parameters(
            paramLabel = "SHELL",
            description = "bash or zsh.",
            converter = Shell.Converter.class,
            completionCandidates = Shell.Converter.class)
    private Shell shell = Shell.BASH;

    /** A shell that can complete. */
    enum Shell {
        BASH,
        ZSH;

        /** Reads a shell's name, and tells shells which there are. */
        static final class Converter implements ITypeConverter<Shell>, Iterable<String> {
            @Override
            public Iterator<String> iterator() {
                return List.of("bash", "zsh").iterator();
            }

            @Override
            public Shell convert(String text) {
                return switch (text) {
                    case "bash" -> BASH;
                    case "zsh" -> ZSH;
                    default -> throw Failure.misused("write bash or zsh");
                };
            }
        }
    }

    /**
     * The command.
     *
     * @param commands makes the whole tree of commands
     */
    CompletionCommand(Terminal terminal, Supplier<CommandLine> commands) {
        this.terminal = terminal;
        this.commands = commands;
    }

    /** The one script serves both; zsh takes it through its emulation of bash's completion. */
    @Override
    public Integer call() {
        CommandLine root = commands.get();
        String script = AutoComplete.bash(root.getCommandName(), root);
        if (shell == Shell.ZSH) {
            terminal.out().println("autoload -Uz compinit && compinit");
        }
        terminal.out().println(script);
        return ExitCode.OK;
    }
}
