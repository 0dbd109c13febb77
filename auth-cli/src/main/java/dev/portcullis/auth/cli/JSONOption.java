package dev.portcullis.auth.cli;

import picocli.CommandLine.Option;

/** Whether a program reads what is printed. */
final class JSONOption {

    @Option(names = "--json", description = "Prints JSON instead of text for people.")
    private boolean wanted;

    boolean isWanted() {
        return wanted;
    }
}
