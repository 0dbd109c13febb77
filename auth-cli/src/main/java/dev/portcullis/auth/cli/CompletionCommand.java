package dev.portcullis.auth.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    @Mixin
    private final HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.", converter = Shell.Converter.class)
    private Shell shell;

    /** A shell that can complete. */
    enum Shell {
        BASH,
        ZSH;

        /** Reads a shell's name. */
        static final class Converter implements picocli.CommandLine.ITypeConverter<Shell> {
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

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The one script serves both; zsh takes it through its emulation of bash's completion. */
    @Override
    public Integer call() {
        String script = AutoComplete.bash(spec.root().name(), spec.root().commandLine());
        if (shell == Shell.ZSH) {
            terminal.out().println("autoload -Uz compinit && compinit");
        }
        terminal.out().println(script);
        return ExitCode.OK;
    }
}
