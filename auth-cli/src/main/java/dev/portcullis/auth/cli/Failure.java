package dev.portcullis.auth.cli;

/** Ends the command with a message for people and an exit code. The message never quotes what was typed or read. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Failure(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    static Failure refused(String message) {
        return new Failure(ExitCode.REFUSED, message);
    }

    static Failure misused(String message) {
        return new Failure(ExitCode.MISUSED, message);
    }

    int exitCode() {
        return exitCode;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
