package dev.portcullis.auth.cli;

import java.util.logging.LogManager;

/** The command {@code portcullis}; {@code --help} tells what there is. */
public final class Main {

    private Main() {}

    /**
     * Runs the command.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String... arguments) {
        // What libraries log is for servers, and can name a database with its user.
        LogManager.getLogManager().reset();
        System.exit(run(Terminal.ofProcess(), JDBCStores.existing(), arguments));
    }

    /** Runs the command, and gives its exit code. */
    static int run(Terminal terminal, Stores stores, String... arguments) {
        int exitCode = Portcullis.commandLine(terminal, stores).execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        return exitCode;
    }
}
