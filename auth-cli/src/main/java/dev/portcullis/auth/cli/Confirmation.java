package dev.portcullis.auth.cli;

/** Asks before something that cannot be undone. */
final class Confirmation {

    private Confirmation() {}

    /**
     * Asks, unless it was said on the command line.
     *
     * @param what the question, without its question mark
     * @throws Failure if the answer is not yes, or there is nobody to ask
     */
    static void ask(Terminal terminal, boolean said, String what) {
        if (said) {
            return;
        }
        Keyboard keyboard = terminal.keyboard();
        if (keyboard == null) {
            throw Failure.misused("This cannot be undone, and there is no terminal to ask at: add --yes");
        }
        String answer = keyboard.shown(what + "? Type yes: ");
        if (answer == null || !answer.strip().equals("yes")) {
            throw Failure.refused("Nothing was done");
        }
    }
}
