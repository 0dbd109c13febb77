package dev.portcullis.auth.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;

/** The command itself, which does nothing without one of its subcommands. */
@Command(
        name = "portcullis",
        description = {
            "Explains tokens and key sets, and manages API keys.",
            "",
            "A secret is read from standard input or asked for without being shown; it is never an argument, where"
                    + " every process of the machine could read it."
        },
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class)
final class Portcullis implements Callable<Integer> {

    private Portcullis() {}

    /** The whole tree of commands. */
    static CommandLine commandLine(Terminal terminal, Stores stores) {
        CommandLine line = new CommandLine(new Portcullis())
                .addSubcommand(group(new Group.OfToken(), new InspectCommand(terminal)))
                .addSubcommand(group(new Group.OfJWKS(), new CheckCommand(terminal)))
                .addSubcommand(group(
                        new Group.OfKeys(),
                        new IssueCommand(terminal, stores),
                        new ListCommand(terminal, stores),
                        new ShowCommand(terminal, stores),
                        new VerifyCommand(terminal, stores),
                        new RotateCommand(terminal, stores),
                        new RevokeCommand(terminal, stores),
                        new DeleteCommand(terminal, stores),
                        new ImportCommand(terminal, stores),
                        new RehashCommand(terminal, stores),
                        new AuditCommand(terminal, stores),
                        new GenerateCommand(terminal),
                        new SignCommand(terminal)))
                .addSubcommand(new CompletionCommand(terminal, () -> commandLine(terminal, stores)));
        Faults faults = new Faults(terminal);
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Prints the version and ends.")
                        .build());
        line.setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setAbbreviatedOptionsAllowed(false)
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(Help.defaultColorScheme(terminal.style().isColoured() ? Help.Ansi.ON : Help.Ansi.OFF))
                .setParameterExceptionHandler(faults)
                .setExecutionExceptionHandler(faults);
        layOut(line);
        return line;
    }

    private static CommandLine group(Group group, Object... commands) {
        CommandLine line = new CommandLine(group);
        for (Object command : commands) {
            line.addSubcommand(command);
        }
        return line;
    }

    private static void layOut(CommandLine line) {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put(" " + ExitCode.OK, "done; or nothing speaks against it");
        codes.put(" " + ExitCode.REFUSED, "it would be refused, is not usable, or is not there");
        codes.put(" " + ExitCode.MISUSED, "the command line, or a file that it names, is not as it must be");
        codes.put(" " + ExitCode.UNAVAILABLE, "the store or the network cannot be asked: nothing is known");
        codes.put(" " + ExitCode.UNDECIDED, "nothing speaks against it, but not everything was checked");
        codes.put(Integer.toString(ExitCode.FAULT), "a fault in the command itself");
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Prints this and ends.")
                        .build());
        line.getCommandSpec()
                .usageMessage()
                .parameterListHeading("%n")
                .optionListHeading(line.getCommandSpec().positionalParameters().isEmpty() ? "%n" : "")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(codes);
        line.getSubcommands().values().forEach(Portcullis::layOut);
    }

    @Override
    public Integer call() {
        throw Failure.misused("A command is missing");
    }
}
