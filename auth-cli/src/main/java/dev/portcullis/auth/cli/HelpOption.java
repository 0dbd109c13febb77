package dev.portcullis.auth.cli;

import picocli.CommandLine.Option;

/** The option that every command has. */
final class HelpOption {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Prints this and ends.")
    private boolean wanted;

    @Override
    public String toString() {
        return "HelpOption[" + wanted + "]";
    }
}
