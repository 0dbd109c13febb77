package dev.portcullis.auth.cli;

/** How the command ends; scripts depend on these numbers. */
final class ExitCode {

    /** What was asked for is done, or nothing speaks against it. */
    static final int OK = 0;

    /** It would be refused, it is not usable, or there is no such thing. */
    static final int REFUSED = 1;

    /** The command line, or what it points at, is not as it must be. */
    static final int MISUSED = 2;

    /** The store or the network cannot be asked: nothing is known. */
    static final int UNAVAILABLE = 3;

    /** Nothing speaks against it, but not everything was checked. */
    static final int UNDECIDED = 4;

    /** A fault in the command itself. */
    static final int FAULT = 70;

    private ExitCode() {}
}
