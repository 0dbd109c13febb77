package dev.portcullis.auth.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose keys a list is about. */
final class OwnerFilter {

    @Option(
            names = "--owner",
            paramLabel = "ACCOUNT",
            description = "Of this account's keys only; in the audit also of those that are deleted.")
    private @Nullable String owner;

    /** The account; null for all. */
    @Nullable
    String account() {
        return owner;
    }
}
