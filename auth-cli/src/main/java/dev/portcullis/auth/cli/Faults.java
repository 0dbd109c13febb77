package dev.portcullis.auth.cli;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.apikey.KeyRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells what went wrong. Nothing that was typed is repeated but the names of options: what stands at the wrong place can
 * be a secret, and what is printed ends in logs. For the same reason no message of a library is passed on.
 */
final class Faults implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private static final Pattern OPTION_NAME = Pattern.compile("--[a-z][a-z-]{0,30}");

    private final Terminal terminal;

    Faults(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException fault, String[] arguments) {
        tell(message(fault));
        hint(fault.getCommandLine());
        return ExitCode.MISUSED;
    }

    private void hint(CommandLine line) {
        terminal.err().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
    }

    private static String message(ParameterException fault) {
        if (fault instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (fault instanceof MissingParameterException missing) {
            return missing.getMissing().isEmpty()
                    ? "An option lacks its value"
                    : "Missing: "
                            + missing.getMissing().stream().map(Faults::name).collect(Collectors.joining(", "));
        }
        String name = fault.getArgSpec() == null ? null : name(fault.getArgSpec());
        Failure told = failure(fault);
        if (told != null) {
            return name == null ? told.message() : name + ": " + told.message();
        }
        if (fault instanceof OverwrittenOptionException) {
            return name + " is given twice: keep one";
        }
        return name == null ? "The command line cannot be read" : name + " is not as it must be";
    }

    private static String unmatched(UnmatchedArgumentException fault) {
        List<String> unknown = new ArrayList<>();
        int others = 0;
        for (String argument : fault.getUnmatched()) {
            String name = argument.split("=", 2)[0];
            if (OPTION_NAME.matcher(name).matches()) {
                unknown.add(name);
            } else {
                others++;
            }
        }
        if (!unknown.isEmpty()) {
            return "There is no option " + String.join(", ", unknown);
        }
        return (others == 1 ? "An argument is" : others + " arguments are")
                + " too many, and not shown in case of a secret: secrets are read from standard input or asked for."
                + " Replace one that stood on a command line";
    }

    private static @Nullable Failure failure(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof Failure failure) {
                return failure;
            }
        }
        return null;
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    @Override
    public int handleExecutionException(Exception fault, CommandLine line, ParseResult parsed) {
        if (fault instanceof Failure failure) {
            tell(failure.message());
            if (!line.getSubcommands().isEmpty()) {
                hint(line);
            }
            return failure.exitCode();
        }
        if (fault instanceof KeyRefusedException refused) {
            Refusals.lines(refused, Refusals::option).forEach(this::tell);
            return Refusals.exitCode(refused);
        }
        if (fault instanceof AuthUnavailableException outage) {
            tell(outage.reason().detail() + Outage.hint(outage));
            return ExitCode.UNAVAILABLE;
        }
        StackTraceElement[] trace = fault.getStackTrace();
        tell("A fault in portcullis itself: " + fault.getClass().getName()
                + (trace.length == 0 ? "" : " at " + trace[0]));
        return ExitCode.FAULT;
    }

    private void tell(String message) {
        terminal.err().println(terminal.errorStyle().bad("portcullis:") + " " + message);
    }
}
